"""Coming back without an account: a code opens one conversation, for two hours after it was last looked at."""

import time
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from app import database
from app.client import address
from app.forms import Errors
from app.refusals import TooOften
from app.settings import settings
from app.signing import signed, unsigned
from app.throttle import throttle
from contacts.social.codes import hashed, masked, read

PATH = "/service-social"
LASTS = timedelta(hours=2)
PURPOSE = "social code"
TRIES, EVERY = 5, timedelta(minutes=15)
TRIES_OF_ALL, EVERY_OF_ALL = 20_000, timedelta(hours=1)
"""Eighty bits make guessing hopeless already: 20,000 tries an hour are 1.8e10 in a century, so that with ten thousand
conversations to be found one opens in a century out of 7 billion (2^80 / (1.8e10 * 1e4)). This brake on all addresses
together only spares the database. It is high on purpose: who reaches it keeps everybody out for the rest of the hour,
which takes 4,000 addresses at a time."""

NOT_ONE = "Un code a 16 lettres et chiffres, par exemple 7K2M-9QXA-…"
WRONG = "Ce code n’ouvre aucune conversation. Relisez-le lettre par lettre ; une conversation effacée ne s’ouvre plus."
TOO_OFTEN = "Trop d’essais en peu de temps. Patientez un quart d’heure, puis recommencez."


class Opened(NamedTuple):
    """The conversation a code opens, or what to say beside the field."""

    talk: UUID | None
    errors: Errors


async def open_by_code(typed: str, request: Request) -> Opened:
    """Counts the try before it looks: nobody guesses, from one address or from a thousand."""
    code = read(typed)
    try:
        await throttle("social.code", masked(address(request)), limit=TRIES, every=EVERY)
        if code:
            await throttle("social.code", "everybody", limit=TRIES_OF_ALL, every=EVERY_OF_ALL)
    except TooOften:
        return Opened(None, {"code": TOO_OFTEN})
    if code is None:
        return Opened(None, {"code": NOT_ONE})
    talk = await database.value("SELECT id FROM social_talk WHERE code_hash = $1", hashed(code))
    return Opened(talk, {} if talk else {"code": WRONG})


def cookie_name() -> str:
    return "__Secure-social" if settings().is_https else "social"


def cookie_for(talk: UUID) -> Cookie:
    """Sent to these pages alone, never from another site, never to a script."""
    return _cookie(signed(PURPOSE, [str(talk), int(time.time() + LASTS.total_seconds())]), int(LASTS.total_seconds()))


def no_cookie() -> Cookie:
    return _cookie("", 0)


def talk_of(connection: ASGIConnection) -> UUID | None:
    """The conversation this browser opened by its code, for two hours."""
    given = unsigned(PURPOSE, connection.cookies.get(cookie_name(), ""))
    if not given or given[1] < time.time():
        return None
    return UUID(given[0])


def _cookie(value: str, seconds: int) -> Cookie:
    return Cookie(
        key=cookie_name(),
        value=value,
        max_age=seconds,
        path=PATH,
        httponly=True,
        samesite="strict",
        secure=settings().is_https,
    )
