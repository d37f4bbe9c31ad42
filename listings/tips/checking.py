"""Members say whether a tip still holds: one word each, which they may change."""

import enum
from datetime import timedelta
from uuid import UUID

from app import database
from app.database import transaction
from app.forms import Form
from app.refusals import Refused
from app.throttle import throttle
from listings.ad import Ad
from listings.kinds import Status
from listings.life.renewing import prolong_tip
from listings.tips.access import ENDED
from members.me import Me
from moderation import audit
from notifications.notifying import notify
from notifications.topics import Topic
from search.keeping import keep_indexed

ENOUGH_DOUBTS = 3
"""How many members without a later « oui » make a tip doubtful."""
AN_HOUR = 60


class Still(enum.StrEnum):
    yes = "oui"
    no = "non"


class CheckForm(Form):
    still: Still

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"still": "Choisissez une des deux réponses."}


async def check(ad: Ad, by: Me, still: Still) -> None:
    """Keeps what `by` says in place of what they said before. A « oui » prolongs the tip; the doubt too many is told to
    its author, once. Raises Refused when the tip is no longer online."""
    await throttle("tip_check", str(by.id), limit=AN_HOUR, every=timedelta(hours=1))
    async with transaction():
        status = await database.value("SELECT status FROM listing WHERE id = $1 FOR NO KEY UPDATE", ad.id)
        if status != Status.published:
            raise Refused(ENDED)
        before = await doubts(ad.id)
        await _write_down(ad.id, by.id, still)
        if still is Still.yes:
            await prolong_tip(ad.id)
        elif before < ENOUGH_DOUBTS <= await doubts(ad.id):
            await notify(ad.author, Topic.tip_doubted, thing=ad.id, about=ad.title, path=f"/annonces/{ad.id}")
        await keep_indexed(ad.id)  # where it stands among tips alike
        await audit.record("tip.checked", by=by.id, kind="listing", subject=ad.id, still=still.value)


async def doubts(tip: UUID) -> int:
    """How many said that it no longer holds since somebody last said that it does."""
    return await database.value(f"SELECT {DOUBTS}", tip)


DOUBTS = """(
    SELECT count(*)::int FROM tip_check WHERE listing = $1 AND NOT still_true AND checked_at > coalesce(
        (SELECT max(checked_at) FROM tip_check WHERE listing = $1 AND still_true), '-infinity'))"""


async def _write_down(tip: UUID, by: UUID, still: Still) -> None:
    await database.execute(
        "INSERT INTO tip_check (listing, member, still_true, checked_at) VALUES ($1, $2, $3, clock_timestamp())"
        " ON CONFLICT (listing, member) DO UPDATE SET still_true = excluded.still_true,"
        " checked_at = excluded.checked_at",
        tip,
        by,
        still is Still.yes,
    )
