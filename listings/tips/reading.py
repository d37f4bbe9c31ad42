"""What a tip's page says beside the tip: its best answer, and whether it still holds."""

from datetime import datetime

import msgspec

from app import database
from app.dates import in_words, moment
from app.settings import PARIS
from listings.ad import Ad
from listings.tips.access import has_in_hand
from listings.tips.checking import DOUBTS, ENOUGH_DOUBTS
from members.me import Me


class Best(msgspec.Struct, frozen=True):
    """The best answer, as its page shows it on top."""

    id: int
    name: str
    body: str
    said_at: datetime

    @property
    def at_text(self) -> str:
        return moment(self.said_at)


class TipPage(msgspec.Struct, frozen=True, kw_only=True):
    """`checks` are the members who found that it still holds, `said` what this one found; None when nothing yet."""

    best: Best | None
    checks: int
    last_at: datetime | None
    doubts: int
    said: bool | None
    has_summary: bool
    is_in_hand: bool
    """Whether this member may mark the best answer."""

    @property
    def is_doubtful(self) -> bool:
        return self.doubts >= ENOUGH_DOUBTS

    @property
    def checked_text(self) -> str:
        """`Vérifié par 4 membres, la dernière fois le mardi 3 mars`, or nothing."""
        if self.last_at is None:
            return ""
        day = in_words(self.last_at.astimezone(PARIS).date())
        if self.checks == 1:
            return f"Vérifié par un membre, le {day}."
        return f"Vérifié par {self.checks} membres, la dernière fois le {day}."


async def tip_page(ad: Ad, me: Me) -> TipPage:
    row = await database.row(_TIP, ad.id, me.id, list(me.hidden))
    if row is None:
        raise LookupError(ad.id)
    return TipPage(
        best=Best(row["best"], row["first_name"], row["body"], row["said_at"]) if row["best"] else None,
        checks=row["checks"],
        last_at=row["last_at"],
        doubts=row["doubts"],
        said=row["said"],
        has_summary=bool(ad.content.details.get("summary")),
        is_in_hand=has_in_hand(ad, me),
    )


_TIP = f"""
SELECT r.id AS best, r.body, r.said_at, m.first_name, checked.*, {DOUBTS} AS doubts
FROM (
    SELECT count(*) FILTER (WHERE still_true)::int AS checks, max(checked_at) FILTER (WHERE still_true) AS last_at,
        bool_or(still_true) FILTER (WHERE member = $2) AS said
    FROM tip_check WHERE listing = $1
) checked
LEFT JOIN tip ON tip.listing = $1
LEFT JOIN reply r ON r.id = tip.best AND r.state = 'published' AND r.author <> ALL($3::uuid[])
LEFT JOIN member m ON m.id = r.author
"""
