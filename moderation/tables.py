"""Cases, what led to them, what was decided, and the log nobody can rewrite."""

import enum

from piccolo.columns import (
    JSONB,
    UUID,
    BigSerial,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from listings.tables import Edit, Listing, Reply
from members.tables import Member
from thanks.tables import Thanks


class CaseKind(enum.StrEnum):
    listing = "listing"
    edit = "edit"
    reply = "reply"
    thanks = "thanks"


class Case(Table, tablename="moderation_case"):
    """One thing to judge. At most one open case per thing: later reports join it.

    `risk` orders the queue (0 a first publication, 100 a rule that must not wait); `version` is compared when someone
    claims or decides, so that two moderators never both do.
    """

    id = UUID(primary_key=True)
    kind = Varchar(length=10, null=False, choices=CaseKind)
    listing = ForeignKey(Listing, null=False, index=True, on_delete=OnDelete.cascade)
    edit = ForeignKey(Edit, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    reply = ForeignKey(Reply, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    thanks = ForeignKey(Thanks, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    author = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    category = Varchar(length=20, null=False)
    department = Varchar(length=3, null=False)
    risk = SmallInt(null=False, default=0)
    due_at = Timestamptz()
    findings = JSONB(null=False, default="[]")
    opened_at = Timestamptz()
    version = Integer(null=False, default=1)
    claimed_by = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    claimed_until = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)

    known_kind = Check("kind IN ('listing', 'edit', 'reply', 'thanks')")
    names_its_thing = Check(
        "(kind = 'edit') = (edit IS NOT NULL) AND (kind = 'reply') = (reply IS NOT NULL)"
        " AND (kind = 'thanks') = (thanks IS NOT NULL)"
    )
    claim_is_whole = Check("(claimed_by IS NULL) = (claimed_until IS NULL)")
    never_by_the_author = Check("claimed_by <> author")


class ReportReason(enum.StrEnum):
    reveals = "reveals"
    dishonest = "dishonest"
    hurtful = "hurtful"
    forbidden = "forbidden"
    market = "market"
    other = "other"


class Report(Table, tablename="report"):
    id = UUID(primary_key=True)
    case = ForeignKey(Case, null=False, index=True, on_delete=OnDelete.cascade)
    reporter = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    reason = Varchar(length=20, null=False, choices=ReportReason)
    words = Text(null=False, default="")
    made_at = Timestamptz()

    once_per_case = Unique(["case", "reporter"])
    known_reason = Check("reason IN ('reveals', 'dishonest', 'hurtful', 'forbidden', 'market', 'other')")


class DecisionKind(enum.StrEnum):
    approve = "approve"
    ask_changes = "ask_changes"
    remove = "remove"


class Decision(Table, tablename="decision"):
    """What a moderator decided of a case, once. `words` is what the author reads."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, null=False, unique=True, on_delete=OnDelete.cascade)
    moderator = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.restrict)
    author = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    kind = Varchar(length=20, null=False, choices=DecisionKind)
    reason = Varchar(length=40, null=False, default="")
    words = Text(null=False, default="")
    decided_at = Timestamptz()

    known_decision = Check("kind IN ('approve', 'ask_changes', 'remove')")
    explained = Check("kind = 'approve' OR (reason <> '' AND words <> '')")
    never_ones_own = Check("moderator <> author")


class AuditEntry(Table, tablename="audit_entry"):
    """Who did what to what. A trigger refuses every change: a wrong entry is followed by another, never edited."""

    id = BigSerial(primary_key=True)
    at = Timestamptz()
    actor = UUID(null=True, default=None)  # no foreign key: the log outlives the account
    action = Varchar(length=60, null=False)
    subject_kind = Varchar(length=30, null=False)
    subject = Varchar(length=40, null=False)
    facts = JSONB(null=False, default="{}")
