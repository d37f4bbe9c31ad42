"""What members searched and did not find: words alone, once several looked for them, for thirty days."""

import hashlib
import hmac
import re
from datetime import date, timedelta
from uuid import UUID

import msgspec

from app import database
from app.dates import today
from app.settings import settings
from moderation.desk.masking import masked
from search.pages.pinning import pinned_guide
from search.words.forms import clean, tokens

KEPT = timedelta(days=30)
SHOWN_FROM = 3
"""Members before the words themselves are written down; the table refuses them earlier."""
SEATS = 63
SHOWN = 100
LONGEST = 80
MOST_WORDS = 6
_OF_SOMEBODY = re.compile(r"@|https?:|www\.|(?:\d\D{0,3}){5}", re.IGNORECASE)
"""What can be an address, a number of a person or a postcode with a street: never kept, however many look for it."""


class Missed(msgspec.Struct, frozen=True):
    """`member_days` counts each member once a day; `since` is when it was first missed."""

    words: str
    member_days: int
    since: date


async def note(words: str, member: UUID) -> None:
    """To be called when a search by words alone found nothing. The same member counts once a day.

    A need that a page of the site covers was answered: who was in distress is not counted at all.
    """
    typed = " ".join(clean(words).lower().split())
    asked = sorted({token.stem for token in tokens(typed)})
    if asked and len(asked) <= MOST_WORDS and not _is_private(typed) and not pinned_guide(typed):
        what, day = " ".join(asked), today()
        about, mark = _digest("unfound", what), _digest("unfound once", f"{day} {member} {what}")
        await database.execute(_NOTE, about, typed, mark, day, SHOWN_FROM, 1 << _seat(member, what))


async def most_missed() -> list[Missed]:
    """The most missed first; none that fewer than SHOWN_FROM members missed, none older than thirty days."""
    found = await database.rows(_MOST_MISSED, today() - KEPT, SHOWN)
    return [Missed(row["words"], row["member_days"], row["first_on"]) for row in found]


async def forget_unfound() -> None:
    """What was first missed thirty days ago goes, and yesterday's members cannot be told any more."""
    await database.execute("DELETE FROM search_unfound WHERE first_on <= $1", today() - KEPT)
    await database.execute("DELETE FROM search_unfound_once WHERE day < $1", today())


def _is_private(typed: str) -> bool:
    return len(typed) > LONGEST or bool(_OF_SOMEBODY.search(typed)) or masked(typed) != typed


def _seat(member: UUID, what: str) -> int:
    """The same on every day; of two members the same now and then, who then count as one."""
    return int(_digest("unfound seat", f"{member} {what}"), 16) % SEATS


def _digest(purpose: str, what: str) -> str:
    return hmac.new(settings().secret.encode(), f"{purpose}:{what}".encode(), hashlib.sha256).hexdigest()


_NOTE = """
WITH counted AS (
    INSERT INTO search_unfound_once (mark, day) VALUES ($3, $4) ON CONFLICT (mark) DO NOTHING RETURNING mark
)
INSERT INTO search_unfound AS u (about, words, member_days, seats, first_on, last_on)
SELECT $1, '', 1, $6, $4, $4 FROM counted
ON CONFLICT (about) DO UPDATE SET member_days = u.member_days + 1, last_on = excluded.last_on,
    seats = u.seats | excluded.seats,
    words = CASE WHEN u.words = '' AND bit_count((u.seats | excluded.seats)::bit(64)) >= $5 THEN $2 ELSE u.words END
"""
_MOST_MISSED = """
SELECT words, member_days, first_on FROM search_unfound WHERE words <> '' AND first_on > $1
ORDER BY member_days DESC, last_on DESC, words LIMIT $2
"""
