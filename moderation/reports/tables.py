"""What members tell the team of."""

import enum

from piccolo.columns import UUID, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from members.tables import Member
from moderation.cases.tables import Case


class ReportReason(enum.StrEnum):
    reveals = "reveals"
    dishonest = "dishonest"
    hurtful = "hurtful"
    forbidden = "forbidden"
    market = "market"
    other = "other"


class ReportOutcome(enum.StrEnum):
    founded = "founded"
    unfounded = "unfounded"
    abusive = "abusive"


class Report(Table, tablename="report"):
    """`outcome` is what came of it, empty until somebody decided."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, null=False, index=True, on_delete=OnDelete.cascade)
    reporter = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    reason = Varchar(length=20, null=False, choices=ReportReason)
    words = Text(null=False, default="")
    made_at = Timestamptz()
    outcome = Varchar(length=10, null=False, default="")

    once_per_case = Unique(["case", "reporter"])
    known_reason = Check("reason IN ('reveals', 'dishonest', 'hurtful', 'forbidden', 'market', 'other')")
    known_outcome_of_report = Check("outcome IN ('', 'founded', 'unfounded', 'abusive')")
