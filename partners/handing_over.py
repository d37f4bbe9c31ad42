"""Offers whose author is no longer a correspondent of where they are valid: an administrator hands them over to one who
is, or withdraws them. Until then they stay, to their end."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.dates import in_words
from app.refusals import AlreadyDone, Refused
from listings.life.steps import Step, hold, move
from listings.life.term import last_day
from listings.writing.waiting_edits import withdraw_waiting_edit
from moderation import audit
from notifications.notifying import notify
from notifications.topics import Topic
from partners.sheet import names_of
from partners.territory import guard_territory
from partners.writing.beginning import body_of
from search.keeping import keep_indexed

GONE = "Cette offre n’est plus en ligne, ou elle vient d’être confiée à quelqu’un d’autre."
HERE = "/administration/offres"
MOST = 200


class Orphan(msgspec.Struct, frozen=True):
    """`takers` are correspondents of everywhere it is valid: (id, name and body)."""

    id: UUID
    title: str
    body: str
    departments: str
    until: str
    takers: list[tuple[UUID, str]]


async def orphans() -> list[Orphan]:
    """The soonest to end first. 2 queries."""
    takers = await database.rows(_CORRESPONDENTS)
    return [_orphan(row, takers) for row in await database.rows(_ORPHANS, MOST)]


def _orphan(row: Any, takers: Sequence[Any]) -> Orphan:
    codes = tuple(row["codes"])
    fit = [one for one in takers if one["member"] != row["author"] and _covers(one["departments"], codes)]
    return Orphan(
        id=row["id"],
        title=row["title"],
        body=row["body"] or "",
        departments=", ".join(names_of(codes)),
        until=in_words(last_day(row["expires_at"], row["department"])),
        takers=[(one["member"], ", ".join(filter(None, (one["first_name"], one["body"])))) for one in fit],
    )


def _covers(territory: Sequence[str], departments: Sequence[str]) -> bool:
    return not territory or set(departments) <= set(territory)


async def hand_over(listing: UUID, to: UUID, by: UUID) -> None:
    """The offer is theirs from now on, in the name of their body; a change that waits is withdrawn, and both are told.
    Raises OutsideTerritory when they are no correspondent of everywhere it is valid, AlreadyDone when it is theirs,
    Refused when it is not online."""
    async with transaction():
        row = await _hold_online(listing)
        details = msgspec.json.decode(row["details"])
        await guard_territory(details.get("departments", []), to)
        if row["author"] == to:
            raise AlreadyDone(HERE)
        await withdraw_waiting_edit(listing)
        named = msgspec.json.encode({**details, "body": await body_of(to)}).decode()
        await database.execute(
            "UPDATE listing SET author = $2, details = $3::text::jsonb, version = version + 1 WHERE id = $1",
            listing,
            to,
            named,
        )
        await keep_indexed(listing)
        own = {row["author"]: (Topic.offer_handed_over, f"/offres/{listing}")}
        own[to] = (Topic.offer_entrusted, f"/correspondance/{listing}")
        for member, (topic, path) in sorted(own.items()):
            await notify(member, topic, thing=listing, about=row["title"], path=path)
        await audit.record("offer.handed_over", by=by, kind="listing", subject=listing)


async def withdraw_offer(listing: UUID, by: UUID) -> None:
    """An administrator takes it off the site, and its author is told. Raises AlreadyDone when it was withdrawn,
    Refused when it is not online for another reason."""
    async with transaction():
        await hold(listing)
        if await database.value(f"SELECT EXISTS (SELECT FROM listing WHERE id = $1 AND {_WITHDRAWN})", listing):
            raise AlreadyDone(HERE)
        row = await _hold_online(listing)
        await withdraw_waiting_edit(listing)
        await move(listing, Step.withdraw)
        await notify(row["author"], Topic.offer_withdrawn, thing=listing, about=row["title"], path=f"/offres/{listing}")
        await audit.record("offer.withdrawn", by=by, kind="listing", subject=listing)


async def _hold_online(listing: UUID) -> Any:
    await hold(listing)
    row = await database.row(f"SELECT author, title, details FROM listing WHERE id = $1 AND {_ONLINE}", listing)
    if row is None:
        raise Refused(GONE)
    return row


_ONLINE = "category = 'local_offer' AND status = 'published'"
_WITHDRAWN = "category = 'local_offer' AND status = 'closed' AND outcome = 'withdrawn'"
_CODES = "ARRAY(SELECT jsonb_array_elements_text(coalesce(l.details -> 'departments', '[]')))"
_ORPHANS = f"""
SELECT l.id, l.title, l.author, l.department, l.expires_at, l.details ->> 'body' AS body, {_CODES} AS codes
FROM listing l LEFT JOIN role r ON r.member = l.author AND r.kind = 'correspondent'
WHERE l.category = 'local_offer' AND l.status = 'published'
    AND (r.id IS NULL OR NOT (cardinality(r.departments) = 0 OR r.departments::text[] @> {_CODES}))
ORDER BY l.expires_at, l.id LIMIT $1
"""
_CORRESPONDENTS = """
SELECT r.member, r.departments, m.first_name, (
    SELECT b.name FROM membership s JOIN body b ON b.id = s.body WHERE s.member = r.member ORDER BY s.since LIMIT 1
) AS body FROM role r JOIN member m ON m.id = r.member
WHERE r.kind = 'correspondent' AND m.suspended_until IS NULL ORDER BY m.first_name, r.member
"""
