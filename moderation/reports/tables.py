"""What members tell the team of."""

import enum

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Text, Timestamptz, Varchar
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
    """`outcome` is what came of it, empty until somebody decided.

    `thing` is what was reported (`listing:…`, `reply:…`, `thanks:…`, `message:…`) and `edition` a digest of what it
    said then: a person reports one edition of a thing once, for ever. `judged_edition` is what it said when somebody
    decided. The database fills all three, and refuses a report of another thing than its case's. `read_lately` is one
    that opened no case, because the same edition had been read and left a few days before.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, null=False, index=True, on_delete=OnDelete.cascade)
    reporter = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    thing = Varchar(length=60, null=False, default="")
    edition = Varchar(length=32, null=False, default="")
    judged_edition = Varchar(length=32, null=False, default="")
    reason = Varchar(length=20, null=False, choices=ReportReason)
    words = Text(null=False, default="")
    made_at = Timestamptz()
    read_lately = Boolean(null=False, default=False)
    outcome = Varchar(length=10, null=False, default="")

    once_per_edition = Unique(["reporter", "thing", "edition"])
    names_its_edition = Check("thing <> '' AND edition <> ''")
    known_reason = Check("reason IN ('reveals', 'dishonest', 'hurtful', 'forbidden', 'market', 'other')")
    known_outcome_of_report = Check("outcome IN ('', 'founded', 'unfounded', 'abusive')")
