"""What the rules said of a text, and the other ads they speak of, as a moderator reads it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from app import database
from listings.access import visible_to
from listings.kinds import Status
from members.me import Me
from moderation.rules import Finding


class Other(msgspec.Struct, frozen=True):
    """Another ad a rule speaks of, which the moderator may read."""

    id: UUID
    title: str
    status: Status
    sent_at: datetime

    @property
    def path(self) -> str:
        return f"/annonces/{self.id}"


class Remark(msgspec.Struct, frozen=True):
    """What one rule said and the words it said it of, or the ad; `is_other_hidden` when that ad is out of the scope of
    who reads, or gone."""

    message: str
    rule: str
    words: tuple[str, ...]
    is_care: bool
    other: Other | None = None
    is_other_hidden: bool = False


def remarks_of(findings: Sequence[Finding], texts: Mapping[str, str]) -> list[Remark]:
    """`texts` is what the rules were given, by field, as this moderator reads it."""
    return [
        Remark(
            message=finding.to_moderators or finding.message,
            rule=finding.rule,
            words=tuple(
                dict.fromkeys(texts[span.field][span.start : span.end] for span in finding.spans if span.field in texts)
            ),
            is_care=finding.rule.startswith("care."),
        )
        for finding in findings
    ]


async def with_others(remarks: Sequence[Remark], findings: Sequence[Finding], me: Me) -> Sequence[Remark]:
    """Each leads to the other ad it speaks of, where this moderator may read it."""
    if not any(finding.other for finding in findings):
        return remarks
    condition, given = visible_to(me, first=2)
    found = await database.rows(
        "SELECT id, title, status, coalesce(published_at, submitted_at, updated_at) AS sent_at FROM listing"
        f" WHERE id = ANY($1::uuid[]) AND {condition}",
        [finding.other for finding in findings if finding.other],
        *given,
    )
    others = {row["id"]: Other(row["id"], row["title"], Status(row["status"]), row["sent_at"]) for row in found}
    return [
        msgspec.structs.replace(remark, other=others.get(finding.other), is_other_hidden=finding.other not in others)
        if finding.other
        else remark
        for remark, finding in zip(remarks, findings, strict=True)
    ]
