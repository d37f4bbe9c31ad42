"""Private answers to an ad, who was chosen for what, and who comes on a day the chosen one cannot.

A slot names what a helper takes: `""` the whole thing (a single ad without days), `"0"`–`"6"` a day of the week
(0 is Monday), `"2026-12-05"` a date. A slot has as many seats as the ad's quantity.
"""

import enum

from piccolo.columns import (
    UUID,
    Array,
    BigSerial,
    Date,
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

from listings.tables import Listing
from members.tables import Member
from messaging.tables import Conversation


class AnswerState(enum.StrEnum):
    waiting = "waiting"
    chosen = "chosen"
    listed = "listed"
    asked = "asked"
    declined = "declined"
    withdrawn = "withdrawn"


class Courtesy(Table, tablename="courtesy"):
    """A word on its way to those who were not chosen. It is empty when the site speaks for nobody: an ad that expired
    or was removed."""

    id = UUID(primary_key=True)
    listing = ForeignKey(Listing, null=False, index=True, on_delete=OnDelete.cascade)
    words = Text(null=False, default="")
    said_at = Timestamptz()


class MemberCourtesy(Table, tablename="member_courtesy"):
    """The word a member last sent to those they did not choose, proposed to them the next time."""

    member = ForeignKey(Member, primary_key=True, null=False, on_delete=OnDelete.cascade)
    words = Text(null=False)


class Answer(Table, tablename="answer"):
    """A member's structured answer: when they can, from where, a word. One per ad and helper.

    `slots` are those of the ad they can take, `availability` says in words what slots cannot, `commune` (INSEE code)
    where they start from. `listed` waits in the order of `turn`; `asked` was offered a place and may say yes until
    `asked_until`. `settled_at` is when the ad's author last decided; `courtesy` the word that has still to reach them.
    """

    id = UUID(primary_key=True)
    listing = ForeignKey(Listing, null=False, on_delete=OnDelete.cascade)
    helper = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    conversation = ForeignKey(Conversation, null=False, unique=True, on_delete=OnDelete.cascade)
    slots = Array(base_column=Varchar(length=10), default=[])
    availability = Varchar(length=200, null=False, default="")
    commune = Varchar(length=5, null=False)
    word = Text(null=False, default="")
    state = Varchar(length=10, null=False, default=AnswerState.waiting, choices=AnswerState)
    turn = Integer(null=True, default=None)
    asked_until = Timestamptz(null=True, default=None)
    answered_at = Timestamptz()
    settled_at = Timestamptz(null=True, default=None)
    courtesy = ForeignKey(Courtesy, null=True, default=None, index=True, on_delete=OnDelete.set_null)

    one_answer_per_helper = Unique(["listing", "helper"])
    known_state = Check("state IN ('waiting', 'chosen', 'listed', 'asked', 'declined', 'withdrawn')")
    has_a_turn = Check("state NOT IN ('listed', 'asked') OR turn IS NOT NULL")
    asked_until_a_moment = Check("(state = 'asked') = (asked_until IS NOT NULL)")


class Commitment(Table, tablename="commitment"):
    """Somebody takes a seat of a slot: a chosen helper, or the ad's own author in a shared rota.

    For a day of the week it holds from `since` on, up to and with `last_day` once it has ended. While `ended_at` is
    empty the seat is taken (two partial unique indexes: one person per seat, one seat per person and slot). Who takes
    one single day of a weekly slot takes no seat of the week: the slot is that date, and `ended_at` is `agreed_at`.
    """

    id = UUID(primary_key=True)
    listing = ForeignKey(Listing, null=False, index=True, on_delete=OnDelete.cascade)
    helper = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    slot = Varchar(length=10, null=False, default="")
    seat = SmallInt(null=False, default=1)
    agreed_at = Timestamptz()
    since = Date(null=False)
    last_day = Date(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)

    some_seat = Check("seat BETWEEN 1 AND 99")


class Release(Table, tablename="slot_release"):
    """One day of a commitment its helper cannot come, and who comes instead.

    `due_at` is when the next step of finding somebody is due, empty once nothing is left to do. `uncovered_at` is when
    the ad's author was told that nobody could.
    """

    id = UUID(primary_key=True)
    commitment = ForeignKey(Commitment, null=False, on_delete=OnDelete.cascade)
    day = Date(null=False, index=True)
    released_at = Timestamptz()
    covered_by = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    covered_at = Timestamptz(null=True, default=None)
    due_at = Timestamptz(null=True, default=None)
    uncovered_at = Timestamptz(null=True, default=None)

    one_release_per_day = Unique(["commitment", "day"])


class Circle(enum.StrEnum):
    rota = "rota"
    wider = "wider"


class Call(Table, tablename="slot_call"):
    """A member asked to take a released day: those of the rota one after the other, then the wider circle at once."""

    id = BigSerial(primary_key=True)
    release = ForeignKey(Release, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    circle = Varchar(length=10, null=False, choices=Circle)
    asked_at = Timestamptz()
    until = Timestamptz(null=False)
    said = Varchar(length=10, null=True, default=None)

    one_call_each = Unique(["release", "member"])
    known_circle = Check("circle IN ('rota', 'wider')")
    known_word = Check("said IN ('yes', 'no', 'silence')")


class EveningReminder(Table, tablename="evening_reminder"):
    """Who was reminded of a day's commitments: once, however often the job runs."""

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    day = Date(null=False, index=True)
    sent_at = Timestamptz()

    one_reminder_per_day = Unique(["member", "day"])
