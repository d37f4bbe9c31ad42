"""Measures against the cast, as the desk takes them."""

from typing import Any
from uuid import UUID

from app import database
from app.database import transaction
from members.tables import Member
from moderation.sanctions.confirming import confirm
from moderation.sanctions.imposing import impose
from moderation.sanctions.tables import SanctionKind
from tests.helpers.ads import removed
from tests.helpers.cases import case_of, opened
from tests.helpers.decisions import decided
from tests.moderation.cases.people import as_me

FACTS = "Passage relevé dans votre texte : « un lapin à vendre »."
SAID = "Ce que vous proposez ne passe pas par une annonce ici."


async def judged(author: Member, moderator: Member, **given: Any) -> UUID:
    """The decision that removed an ad of theirs."""
    ad = await removed(author, "classifieds", **given)
    await opened(ad)
    case = (await case_of(ad.id))["id"]
    await database.execute("UPDATE moderation_case SET closed_at = now() WHERE id = $1", case)
    return await decided(case, moderator.id, author.id, "remove", "forbidden", SAID)


async def taken(
    member: Member, kind: str, days: int | None = None, *, by: Member, second: Member | None = None
) -> UUID:
    """A measure, with the removal it goes with; a heavy one waits unless `second` says yes."""
    decision = await judged(member, by)
    async with transaction():
        sanction = await impose(decision, member.id, SanctionKind(kind), days, "forbidden", FACTS, SAID, by.id)
    if second:
        await confirm(await the_sanction(sanction), as_me(second))
    return sanction


async def warned_about_reports(member: Member, *, by: Member) -> UUID:
    """The warning that comes before their reporting may be closed."""
    decision = await judged(member, by)
    async with transaction():
        return await impose(decision, member.id, SanctionKind.warn, None, "good_faith", FACTS, SAID, by.id)


async def the_sanction(sanction: UUID) -> Any:
    return await database.row("SELECT * FROM sanction WHERE id = $1", sanction)


async def state_of(sanction: UUID) -> str:
    return str((await the_sanction(sanction))["state"])


async def over(sanction: UUID) -> None:
    """Its time is past, and nobody has noticed yet."""
    await database.execute(
        "UPDATE sanction SET starts_at = now() - interval '9 days', ends_at = now() - interval '1 minute'"
        " WHERE id = $1",
        sanction,
    )
    await database.execute(
        "UPDATE member m SET suspended_until = CASE WHEN s.kind = 'suspension' THEN s.ends_at ELSE suspended_until END,"
        " no_posting_until = CASE WHEN s.kind = 'no_posting' THEN s.ends_at ELSE no_posting_until END"
        " FROM sanction s WHERE s.id = $1 AND m.id = s.member",
        sanction,
    )
