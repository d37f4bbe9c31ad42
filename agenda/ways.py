"""Where a day of the agenda leads its reader: only to pages that open for them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from agenda.periods import Week
from answers.rota.access import TAKES_PART
from answers.rota.duties import Duty
from answers.rota.open_days import call_path
from app import database
from app.dates import now
from listings.kinds import Status


class Ways(msgspec.Struct, frozen=True):
    """`ad` is None once the ad has ended for somebody who never talked about it. `day` is the week of the rota, or for
    who stands in from the wider circle the page of that day."""

    ad: str | None
    day: str | None
    talk: str | None


async def ways_of(member: UUID, duties: Sequence[Duty]) -> list[Ways]:
    """In the order of `duties`. One query, two for who stands in for somebody."""
    ads = list({duty.listing for duty in duties})
    found = await database.rows(_ADS, ads, member, now().date() - timedelta(days=1)) if ads else []
    by_ad = {row["listing"]: row for row in found}
    talks = {(row["listing"], row["helper"]): row["talk"] for row in found if row["talk"]}
    standing_in = await _released(member, ads) if any(_stands_in(duty, member) for duty in duties) else {}
    return [_ways(member, duty, by_ad[duty.listing], talks, standing_in) for duty in duties]


_ADS = f"""
SELECT l.id AS listing, l.status, {TAKES_PART} AS is_of_rota, c.helper, c.id AS talk
FROM listing l LEFT JOIN conversation c ON c.listing = l.id AND $2 IN (c.author, c.helper)
WHERE l.id = ANY($1)
"""
_RELEASED = """
SELECT r.commitment, r.day, r.id FROM slot_release r JOIN commitment k ON k.id = r.commitment
WHERE r.covered_by = $1 AND k.listing = ANY($2)
"""


async def _released(member: UUID, ads: Sequence[UUID]) -> dict[tuple[UUID, date], UUID]:
    rows = await database.rows(_RELEASED, member, ads)
    return {(row["commitment"], row["day"]): row["id"] for row in rows}


def _stands_in(duty: Duty, member: UUID) -> bool:
    return duty.state == "covered" and duty.helper == member


def _ways(
    member: UUID,
    duty: Duty,
    ad: Any,
    talks: dict[tuple[UUID, UUID], UUID],
    standing_in: dict[tuple[UUID, date], UUID],
) -> Ways:
    is_author = duty.author == member
    talk = talks.get((duty.listing, duty.helper if is_author else member))
    release = standing_in.get((duty.commitment, duty.day))
    opens = is_author or talk or ad["status"] == Status.published
    return Ways(
        ad=f"/annonces/{duty.listing}" if opens else None,
        day=_week(duty) if ad["is_of_rota"] else call_path(release) if release else None,
        talk=f"/messages/{talk}" if talk else None,
    )


def _week(duty: Duty) -> str:
    return f"/annonces/{duty.listing}/semaine?semaine={Week.of(duty.day).name}"
