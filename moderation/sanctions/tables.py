"""Measures against a member, from a warning to exclusion, each with its reasons and, but for the last, its end."""

import enum

from piccolo.columns import UUID, ForeignKey, OnDelete, SmallInt, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from members.tables import Member
from moderation.decisions.tables import Decision


class SanctionKind(enum.StrEnum):
    """From the lightest to the heaviest; no_reporting (article 23 of the regulation) is for abusive reports."""

    warn = "warn"
    review_first = "review_first"
    no_reporting = "no_reporting"
    no_posting = "no_posting"
    suspension = "suspension"
    exclusion = "exclusion"


class SanctionState(enum.StrEnum):
    proposed = "proposed"
    active = "active"
    refused = "refused"
    ended = "ended"
    lifted = "lifted"


class Sanction(Table, tablename="sanction"):
    """Taken with a decision. A suspension or an exclusion is only proposed until a second moderator says yes."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    decision = ForeignKey(Decision, null=False, index=True, on_delete=OnDelete.cascade)
    kind = Varchar(length=20, null=False, choices=SanctionKind)
    reason = Varchar(length=40, null=False)
    facts = Text(null=False)
    words = Text(null=False)
    days = SmallInt(null=True, default=None)
    state = Varchar(length=10, null=False, choices=SanctionState)
    proposed_by = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.restrict)
    confirmed_by = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.restrict)
    proposed_at = Timestamptz()
    starts_at = Timestamptz(null=True, default=None)
    ends_at = Timestamptz(null=True, default=None)

    known_sanction = Check("kind IN ('warn', 'review_first', 'no_reporting', 'no_posting', 'suspension', 'exclusion')")
    known_sanction_state = Check("state IN ('proposed', 'active', 'refused', 'ended', 'lifted')")
    complete_reasons = Check("reason <> '' AND facts <> '' AND words <> ''")
    heavy_needs_two = Check(
        "kind NOT IN ('suspension', 'exclusion') OR state IN ('proposed', 'refused')"
        " OR (confirmed_by IS NOT NULL AND confirmed_by <> proposed_by)"
    )
    not_against_oneself = Check("proposed_by <> member AND confirmed_by <> member")
    starts_when_active = Check("state IN ('proposed', 'refused') OR starts_at IS NOT NULL")
    has_an_end = Check(
        "CASE WHEN kind IN ('no_reporting', 'no_posting', 'suspension')"
        " THEN state IN ('proposed', 'refused') OR ends_at > starts_at ELSE ends_at IS NULL END"
    )
