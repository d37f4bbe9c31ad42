"""Cases: one thing to judge, what it said when it was noticed, and what the team says of it among themselves."""

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
from messaging.tables import Message
from thanks.tables import Thanks


class CaseKind(enum.StrEnum):
    listing = "listing"
    edit = "edit"
    reply = "reply"
    thanks = "thanks"
    message = "message"
    appeal = "appeal"


class Case(Table, tablename="moderation_case"):
    """One thing to judge. At most one open case per thing: later reports and notices join it.

    `risk` is 0 (a first publication) to 100 (must not wait). The queue is in order of `press_at`, the deadline brought
    forward by the risk and by the record of the rules and reporters: as it never moves back, no case waits for ever.
    `version` is compared when someone claims or decides, so that two moderators never both do. `likeness` is the same
    for texts that say the same. A case of kind `appeal` is about a decision; `listing` is then its ad. `erased_at` is
    when nobody could contest it any more: the evidence went, and with it what had been removed.
    """

    id = UUID(primary_key=True)
    kind = Varchar(length=10, null=False, choices=CaseKind)
    listing = ForeignKey(Listing, null=False, index=True, on_delete=OnDelete.cascade)
    edit = ForeignKey(Edit, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    reply = ForeignKey(Reply, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    thanks = ForeignKey(Thanks, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    message = ForeignKey(Message, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    author = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    category = Varchar(length=20, null=False)
    department = Varchar(length=3, null=False)
    risk = SmallInt(null=False, default=0)
    due_at = Timestamptz()
    press_at = Timestamptz()
    findings = JSONB(null=False, default="[]")
    likeness = Varchar(length=64, null=False, default="")
    opened_at = Timestamptz()
    first_read_at = Timestamptz(null=True, default=None)
    version = Integer(null=False, default=1)
    claimed_by = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    claimed_until = Timestamptz(null=True, default=None)
    handed_to = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    closed_at = Timestamptz(null=True, default=None)
    erased_at = Timestamptz(null=True, default=None)

    known_kind = Check("kind IN ('listing', 'edit', 'reply', 'thanks', 'message', 'appeal')")
    names_its_thing = Check(
        "(kind = 'edit') = (edit IS NOT NULL) AND (kind = 'reply') = (reply IS NOT NULL)"
        " AND (kind = 'thanks') = (thanks IS NOT NULL) AND (kind = 'message') = (message IS NOT NULL)"
    )
    claim_is_whole = Check("(claimed_by IS NULL) = (claimed_until IS NULL)")
    never_by_the_author = Check("claimed_by <> author")


class EvidenceWhy(enum.StrEnum):
    hold = "hold"
    report = "report"
    notice = "notice"


class Evidence(Table, tablename="evidence"):
    """What a thing said when it was held, reported or notified, whatever its author did since.

    `content` is the JSON of cases/evidence.py: title, body, facts, photos and, of a private message, the few around it;
    `digest` is its SHA-256 in hexadecimal, so that the same words are kept once per case.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, null=False, on_delete=OnDelete.cascade)
    why = Varchar(length=10, null=False, choices=EvidenceWhy)
    content = JSONB(null=False)
    digest = Varchar(length=64, null=False)
    taken_at = Timestamptz()

    once_per_words = Unique(["case", "digest"])
    known_why = Check("why IN ('hold', 'report', 'notice')")


class EvidencePhoto(Table, tablename="evidence_photo"):
    """A photo that stays on disk as long as the evidence does."""

    id = BigSerial(primary_key=True)
    evidence = ForeignKey(Evidence, null=False, index=True, on_delete=OnDelete.cascade)
    photo = UUID(null=False, index=True)


class CaseNote(Table, tablename="case_note"):
    """What a moderator tells the others of a case; never read by members."""

    id = BigSerial(primary_key=True)
    case = ForeignKey(Case, null=False, index=True, on_delete=OnDelete.cascade)
    by = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    words = Text(null=False)
    written_at = Timestamptz()

    not_empty = Check("words <> ''")


class Tie(Table, tablename="moderator_tie"):
    """A moderator knows a member too well to judge them: same household, friend, opponent. Their own declaration."""

    id = BigSerial(primary_key=True)
    moderator = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    declared_at = Timestamptz()

    declared_once = Unique(["moderator", "member"])
    tied_to_another = Check("moderator <> member")
