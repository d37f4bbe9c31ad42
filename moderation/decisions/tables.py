"""What was decided, and the statement of reasons that goes with it (regulation (EU) 2022/2065, article 17)."""

import enum

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from members.tables import Member
from moderation.cases.tables import Case


class DecisionKind(enum.StrEnum):
    approve = "approve"
    ask_changes = "ask_changes"
    remove = "remove"


class Ground(enum.StrEnum):
    charter = "charter"
    law = "law"


class Detection(enum.StrEnum):
    """How the thing came before a moderator."""

    rules = "rules"
    report = "report"
    notice = "notice"
    team = "team"


class Decision(Table, tablename="decision"):
    """What a moderator decided of a case, once. Always by a person; `detection` says whether rules had found it.

    `reason` is the article of the charter, `law` the text of law when the ground is the law; `facts` what was found,
    `words` what the author reads. What it does to the text lasts until corrected, or for good; only sanctions have an
    end. Until `appeal_until`, at least six months (article 20), the author and reporters may appeal; `overturned_at` is
    when an appeal was upheld. `reference` is drawn by the database: D-2026-000123.
    """

    id = UUID(primary_key=True)
    reference = Varchar(length=20, null=False, unique=True)
    case = ForeignKey(Case, null=False, unique=True, on_delete=OnDelete.cascade)
    moderator = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.restrict)
    author = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    kind = Varchar(length=20, null=False, choices=DecisionKind)
    ground = Varchar(length=10, null=False, default="", choices=Ground)
    reason = Varchar(length=40, null=False, default="")
    law = Varchar(length=200, null=False, default="")
    facts = Text(null=False, default="")
    words = Text(null=False, default="")
    detection = Varchar(length=10, null=False, default=Detection.team, choices=Detection)
    found_automatically = Boolean(null=False, default=False)
    decided_at = Timestamptz()
    appeal_until = Timestamptz()
    overturned_at = Timestamptz(null=True, default=None)

    known_decision = Check("kind IN ('approve', 'ask_changes', 'remove')")
    known_detection = Check("detection IN ('rules', 'report', 'notice', 'team')")
    complete_statement = Check(
        "kind = 'approve' OR (ground IN ('charter', 'law') AND (ground <> 'law' OR law <> '') AND reason <> ''"
        " AND facts <> '' AND words <> '')"
    )
    six_months_to_appeal = Check("appeal_until >= decided_at + interval '6 months'")
    never_ones_own = Check("moderator <> author")
