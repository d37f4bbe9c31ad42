"""How each rule is switched, and how often it spoke."""

import enum

from piccolo.columns import BigSerial, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from members.tables import Member
from moderation.cases.tables import Case
from moderation.rules.verdict import Mode


class RuleSwitch(Table, tablename="rule_switch"):
    """A rule that is not in the mode of the ruleset file; without a row it is."""

    rule = Varchar(length=60, primary_key=True)
    mode = Varchar(length=10, null=False, choices=Mode)
    why = Text(null=False)
    switched_by = ForeignKey(Member, null=True, default=None, on_delete=OnDelete.set_null)
    switched_at = Timestamptz()

    known_mode = Check("mode IN ('on', 'shadow', 'off')")
    switched_for_a_reason = Check("why <> ''")


class Moment(enum.StrEnum):
    """When a text was read."""

    submission = "submission"
    edit = "edit"
    renewal = "renewal"
    reply = "reply"
    message = "message"
    thanks = "thanks"
    profile = "profile"


class RuleHit(Table, tablename="rule_hit"):
    """One rule spoke once of one text. Neither the text nor its author is kept; the case, if one was opened, is."""

    id = BigSerial(primary_key=True)
    at = Timestamptz(index=True)
    rule = Varchar(length=60, null=False, index=True)
    version = Integer(null=False)
    action = Varchar(length=10, null=False)
    mode = Varchar(length=10, null=False, choices=Mode)
    moment = Varchar(length=12, null=False, choices=Moment)
    case = ForeignKey(Case, null=True, default=None, index=True, on_delete=OnDelete.set_null)

    counted_mode = Check("mode IN ('on', 'shadow')")
