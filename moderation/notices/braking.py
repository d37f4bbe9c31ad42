"""What keeps machines from filling the form, without asking people to prove that they are none.

Three things only: a field people do not see, the time since the form was opened, signed by us, and a brake per network
address. Nothing is loaded from elsewhere, nobody is followed, and what was typed is always kept.
"""

import time
from datetime import timedelta

from app.refusals import TooOften
from app.signing import signed, unsigned
from app.throttle import throttle
from members.emails import same_address

PURPOSE = "notice form"
AT_LEAST = 4
"""Seconds: nobody fills the form faster."""
AT_MOST = 24 * 3600
"""Seconds: a form opened once is not sent a thousand times for ever."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

TRAP = "Ce champ est un piège pour les robots\u202f: videz-le, puis envoyez de nouveau."
TOO_FAST = "C’est allé très vite\u202f: relisez votre signalement, puis envoyez-le de nouveau."
TOO_OLD = "Cette page est restée ouverte longtemps\u202f: relisez votre signalement, puis envoyez-le de nouveau."


def opened_now() -> str:
    """What the form carries to tell when it was opened."""
    return signed(PURPOSE, int(time.time()))


def too_fast_or_old(opened: str | None) -> str:
    """Why a form opened then is not taken now; empty when it is."""
    since = unsigned(PURPOSE, opened or "")
    if not isinstance(since, int) or time.time() - since > AT_MOST:
        return TOO_OLD
    return TOO_FAST if time.time() - since < AT_LEAST else ""


async def brake_visitor(address: str) -> None:
    """Wide per network address: a whole barracks may stand behind one."""
    await throttle("notice-from", address, limit=20, every=HOUR)


async def may_be_written_to(email: str) -> bool:
    """Whether a receipt is sent there, too. Anybody may type the address of another: nobody's letter box is filled, and
    nobody is kept from sending a notice because somebody else used their address."""
    try:
        await throttle("notice-by", same_address(email), limit=5, every=HOUR)
    except TooOften:
        return False
    return True


async def brake_member(member: str) -> None:
    await throttle("notice-of", member, limit=20, every=DAY)
