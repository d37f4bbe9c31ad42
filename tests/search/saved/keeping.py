"""Members who keep searches, and what they were told."""

from uuid import UUID

from litestar.datastructures import MultiDict

from app import database
from listings.reading.filters import Filters
from members.tables import Member
from search.saved.paces import Pace
from search.saved.saving import save
from tests.moderation.cases.people import as_me


async def keeps(member: Member, pace: Pace = Pace.at_once, *, both_places: bool = False, **asked: object) -> UUID:
    """A search saved by a member; `asked` is named as in the address, a list has several values."""
    pairs = [
        (name, str(one)) for name, value in asked.items() for one in (value if isinstance(value, list) else [value])
    ]
    me = as_me(await Member.objects().get(Member.id == member.id), is_moderator=False)
    return await save(me, Filters.of(MultiDict(pairs)), pace, both_places=both_places)


async def told(member: Member) -> list[tuple[str, int]]:
    """Names of the searches and how many ads each was told to have found, while unread."""
    found = await database.rows(
        "SELECT about, times FROM notification WHERE member = $1 AND topic = 'search_found' AND read_at IS NULL"
        " ORDER BY about",
        member.id,
    )
    return [(row["about"], row["times"]) for row in found]


async def noted() -> list[tuple[UUID, str]]:
    """Whom what was found for, in no order that matters."""
    found = await database.rows("SELECT member, document FROM search_alert WHERE due_at IS NOT NULL")
    return sorted((row["member"], row["document"]) for row in found)
