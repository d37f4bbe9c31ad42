"""Appeals against decisions: six months, free, judged by somebody else (regulation (EU) 2022/2065, article 20)."""

import enum

from piccolo.columns import JSONB, UUID, BigSerial, Boolean, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from members.tables import Member
from moderation.cases.tables import Case
from moderation.decisions.tables import Decision


class AppealState(enum.StrEnum):
    open = "open"
    upheld = "upheld"
    rejected = "rejected"
    withdrawn = "withdrawn"


class Appeal(Table, tablename="appeal"):
    """One person contests one decision, once. `case` is what the desk shows of it.

    `sanction` is the measure contested alone, once: one confirmed when the appeal of the same person against the
    decision was already over. Of that decision and against the appellant, by a foreign key of three columns.
    `first_judge` and `until` are the decision's moderator and appeal_until, held by a foreign key of three columns
    (decision, first_judge, until), so that the checks here cannot be told otherwise. `until` follows appeal_until,
    which only moves on: six months from the confirmation of a measure too.
    """

    id = UUID(primary_key=True)
    decision = ForeignKey(Decision, null=False, on_delete=OnDelete.cascade)
    first_judge = UUID(null=False)
    until = Timestamptz()
    appellant = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    sanction = UUID(null=True, default=None)
    by_reporter = Boolean(null=False, default=False)
    case = ForeignKey(Case, null=False, unique=True, on_delete=OnDelete.cascade)
    opened_at = Timestamptz()
    state = Varchar(length=10, null=False, default=AppealState.open, choices=AppealState)
    judged_by = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.restrict)
    judged_at = Timestamptz(null=True, default=None)
    words = Text(null=False, default="")

    once_per_person = Unique(["decision", "appellant", "sanction"], nulls_distinct=False)
    measure_against_who_appeals = Check("sanction IS NULL OR NOT by_reporter")
    known_appeal_state = Check("state IN ('open', 'upheld', 'rejected', 'withdrawn')")
    in_time = Check("opened_at <= until")
    judged_by_another = Check("judged_by <> first_judge AND judged_by <> appellant")
    outcome_explained = Check(
        "(state IN ('upheld', 'rejected')) = (judged_by IS NOT NULL AND judged_at IS NOT NULL AND words <> '')"
    )


class AppealMessage(Table, tablename="appeal_message"):
    """What the appellant and the team say to each other about an appeal; members never read who of the team wrote."""

    id = BigSerial(primary_key=True)
    appeal = ForeignKey(Appeal, null=False, index=True, on_delete=OnDelete.cascade)
    by = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    by_team = Boolean(null=False, default=False)
    words = Text(null=False)
    said_at = Timestamptz()
    once = UUID(null=False, unique=True)

    says_something_of_it = Check("words <> ''")


class BeforeDecision(Table, tablename="before_decision"):
    """What stood just before a decision changed it, so that an upheld appeal gives it back.

    `stood` is the JSON of moderation.decisions.before.Before.
    """

    id = BigSerial(primary_key=True)
    decision = ForeignKey(Decision, null=False, unique=True, on_delete=OnDelete.cascade)
    stood = JSONB(null=False)
