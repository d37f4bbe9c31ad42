"""Passwords: hashed with Argon2id in a few threads of their own, and what makes one too weak.

A hash costs tens of milliseconds and 19 MiB; run in the event loop it would stop every page for as long, and fifty at
once would take a gigabyte. The pool's size bounds both.
"""

import asyncio
import os
import re
import sys
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.settings import settings

SHORTEST, LONGEST = 12, 256
T = TypeVar("T")

_COMMONEST = frozenset(
    """
    000000000000 111111111111 123456789012 1234567890123 12345678901234 123456789123 1234567891011 0123456789ab
    012345678910 987654321012 azertyuiop12 azertyuiop123 azertyuiop1234 azertyuiopqs azertyuiopqsd azertyqwerty
    azerty123456 qwertyuiop12 qwertyuiop123 qwertyuiopas qwerty123456 1q2w3e4r5t6y 1a2z3e4r5t6y aqwzsxedcrfv
    qazwsxedcrfv abcdefghijkl abcdefghijklm abcdef123456 abcd12345678 motdepasse12 motdepasse123 motdepasse1234
    monmotdepasse monmotdepasse1 lemotdepasse motdepassemotdepasse password1234 password12345 password123456
    passwordpassword mypassword123 iloveyou1234 jetaimetresfort jetaimejetaime jetaimepourlavie jetaimemonamour
    bonjourbonjour bonjour12345 bonjour123456 soleilsoleil soleil123456 chocolat1234 doudoudoudou loulouloulou
    marseille13000 administrateur administrator entraide1234 entraideentraide bienvenue123 bienvenue1234 changemoi123
    letmeinletmein football1234 princesse123 tototototototo testtesttest nicolas12345 camille12345 liberteegalite
    """.split()
)


async def hash_password(password: str) -> str:
    return await _beside(lambda: _hasher().hash(_same_everywhere(password)))


async def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password. With None (no such account) it takes as long to say no."""

    def verify() -> bool:
        try:
            return _hasher().verify(password_hash or _nobodys_hash(), _same_everywhere(password)) and bool(
                password_hash
            )
        except (VerificationError, InvalidHashError):
            return False

    return await _beside(verify)


def is_outdated(password_hash: str) -> bool:
    """Whether the settings ask for more, or less, work than this hash was made with."""
    return _hasher().check_needs_rehash(password_hash)


def weakness(password: str, *, email: str = "", first_name: str = "") -> str | None:
    """What to do about a password that is too easy to guess, in French; None when it is good."""
    if len(password) < SHORTEST:
        return f"Choisissez au moins {SHORTEST} caractères. Quatre mots sans rapport font un bon mot de passe."
    if len(password) > LONGEST:
        return f"Choisissez au plus {LONGEST} caractères."
    plain = _plain(password)
    if plain in _COMMONEST or _COMMONEST & {password.casefold()} or len(set(password)) < 5 or _repeats(plain):
        return "Ce mot de passe est trop courant. Essayez quatre mots sans rapport entre eux."
    if len(_without(plain, email, email.partition("@")[0], first_name)) < 6:
        return "Ce mot de passe ressemble trop à votre nom ou à votre adresse. Essayez quatre mots sans rapport."
    return None


def _same_everywhere(password: str) -> bytes:
    """One keyboard sends é as one character, another as two."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if c.isalnum())


def _repeats(plain: str) -> bool:
    return re.fullmatch(r"(.{1,4}?)\1+.{0,3}", plain) is not None


def _without(plain: str, *parts: str) -> str:
    for part in sorted(filter(None, map(_plain, parts)), key=len, reverse=True):
        plain = plain.replace(part, "") if len(part) >= 3 else plain
    return plain


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher(
        time_cost=settings().argon2_time_cost, memory_cost=settings().argon2_memory_kib, parallelism=1
    )


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher().hash("no account has this password")


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings().argon2_at_once, thread_name_prefix="argon2", initializer=_give_way)


def _give_way() -> None:
    """Pages come first: on Linux a thread can be nicer than its process, elsewhere this does nothing."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)


# The server forks its workers: threads do not follow, and the first hash would wait for them for ever.
os.register_at_fork(after_in_child=_threads.cache_clear)


async def _beside(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads(), work)
