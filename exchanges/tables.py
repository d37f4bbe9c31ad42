"""Who exchanges homes, when and where (sealed), what was proposed to whom, and the days that are held.

A home is a `listing` of category `home`: it is written, read over, reported and contested like an ad. What stands here
is never shown to another member unless a docstring says so; printing a row tells none of it.
"""

from piccolo.columns import (
    UUID,
    Array,
    BigSerial,
    Boolean,
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

from exchanges.kinds import Answer, Ended, Form, Origin, Reason, Scope, Setting, State
from listings.tables import Listing
from members.tables import Member
from messaging.tables import Conversation


class Sealed:
    """Piccolo prints every column of a row; of these only which one it is."""

    def __str__(self) -> str:
        return f"{type(self).__name__} {getattr(self, 'id', '')}"

    __repr__ = __str__


class Exchanger(Sealed, Table, tablename="exchanger"):
    """A member who wants to exchange. `party_size` is how many travel, children included; `needs` are
    exchanges.kinds.Need, `ways` exchanges.kinds.Way. A stay lasts `least_weeks` to `most_weeks`; a week noted may be
    `give_or_take` weeks earlier or later. Waiting since `waits_since`, which starts again once served.
    """

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, unique=True, on_delete=OnDelete.cascade)
    party_size = SmallInt(null=False, default=2)
    needs = Array(base_column=Varchar(length=20), default=[])
    ways = Array(base_column=Varchar(length=20), default=[])
    least_weeks = SmallInt(null=False, default=1)
    most_weeks = SmallInt(null=False, default=2)
    give_or_take = SmallInt(null=False, default=0)
    waits_since = Timestamptz()
    served_at = Timestamptz(null=True, default=None)
    paused_at = Timestamptz(null=True, default=None)
    changed_at = Timestamptz()
    version = Integer(null=False, default=1)

    some_travel = Check("party_size BETWEEN 1 AND 20")
    some_weeks = Check("least_weeks BETWEEN 1 AND most_weeks AND most_weeks <= 8")
    known_flexibility = Check("give_or_take BETWEEN 0 AND 2")
    known_needs = Check("needs <@ ARRAY['step_free', 'pets', 'no_smoking']::varchar[]")
    known_ways = Check("ways <@ ARRAY['other_weeks', 'loop', 'hosting', 'hosted']::varchar[]")


class PlannedWeek(Sealed, Table, tablename="planned_week"):
    """Of one member, a week from a Saturday to the next: whether their home is free, whether they can travel."""

    id = BigSerial(primary_key=True)
    exchanger = ForeignKey(Exchanger, null=False, on_delete=OnDelete.cascade)
    saturday = Date(null=False)
    home_free = Boolean(null=False, default=False)
    can_travel = Boolean(null=False, default=False)

    each_week_once = Unique(["exchanger", "saturday"])
    from_a_saturday = Check("extract(isodow FROM saturday) = 6")
    one_or_the_other = Check("home_free OR can_travel")


class Wish(Sealed, Table, tablename="wish"):
    """Where a member would like to stay. `area` is the INSEE code of the commune, department or region, `km` the radius
    around the commune; `setting` narrows it down ("anywhere by the sea"). `place` is its order, from 0.
    """

    id = BigSerial(primary_key=True)
    exchanger = ForeignKey(Exchanger, null=False, on_delete=OnDelete.cascade)
    place = SmallInt(null=False)
    scope = Varchar(length=12, null=False, choices=Scope)
    area = Varchar(length=5, null=True, default=None)
    km = SmallInt(null=True, default=None)
    setting = Varchar(length=12, null=True, default=None, choices=Setting)

    each_place_once = Unique(["exchanger", "place"])
    known_scope = Check("scope IN ('commune', 'department', 'region', 'overseas', 'anywhere')")
    known_setting = Check("setting IN ('sea', 'mountain', 'countryside', 'town')")
    names_its_place = Check("(scope IN ('commune', 'department', 'region')) = (area IS NOT NULL)")
    radius_of_a_commune = Check("(scope = 'commune') = (km IS NOT NULL) AND (km IS NULL OR km BETWEEN 5 AND 300)")
    at_most_twelve = Check("place BETWEEN 0 AND 11")


class Declined(Sealed, Table, tablename="home_declined"):
    """A member said no to a home, and why: it is not proposed to them again for a while."""

    id = BigSerial(primary_key=True)
    exchanger = ForeignKey(Exchanger, null=False, on_delete=OnDelete.cascade)
    home = ForeignKey(Listing, null=False, index=True, on_delete=OnDelete.cascade)
    reason = Varchar(length=10, null=False, choices=Reason)
    words = Text(null=False, default="")
    declined_at = Timestamptz()

    declined_once = Unique(["exchanger", "home"])
    known_reason = Check("reason IN ('weeks', 'place', 'home', 'size', 'other')")


class Swap(Sealed, Table, tablename="swap"):
    """Two to four households, or a host and a guest. Until it is `accepted` nobody in it knows who the others are.

    `score` is how well it fits, 0 to 100. `answer_by` is when a silence declines; `version` grows with every change of
    its days, so that nobody agrees to days they did not read. `once` is drawn with the form of a request.
    """

    id = UUID(primary_key=True)
    form = Varchar(length=12, null=False, choices=Form)
    origin = Varchar(length=10, null=False, choices=Origin)
    state = Varchar(length=10, null=False, default=State.proposed, choices=State)
    score = SmallInt(null=False, default=0)
    asked_by = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    version = Integer(null=False, default=1)
    once = UUID(null=True, default=None, unique=True)
    proposed_at = Timestamptz()
    answer_by = Timestamptz()
    accepted_at = Timestamptz(null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    ended_why = Varchar(length=10, null=True, default=None, choices=Ended)

    known_form = Check("form IN ('pair', 'loop', 'hospitality', 'week_room')")
    known_origin = Check("origin IN ('matched', 'requested')")
    known_state = Check("state IN ('proposed', 'accepted', 'confirmed', 'done', 'dissolved')")
    known_ending = Check(
        "ended_why IN ('declined', 'silence', 'withdrawn', 'taken', 'home_gone', 'blocked', 'suspended', 'no_days')"
    )
    asked_by_somebody = Check("(origin = 'requested') = (asked_by IS NOT NULL)")
    ended_for_a_reason = Check("(state = 'dissolved') = (ended_why IS NOT NULL)")
    ended_once = Check("(state IN ('done', 'dissolved')) = (ended_at IS NOT NULL)")
    confirmed_after_accepted = Check("state <> 'confirmed' OR (accepted_at IS NOT NULL AND confirmed_at IS NOT NULL)")


class Party(Sealed, Table, tablename="swap_party"):
    """A member in a swap, at `place` 0 to 3 of the loop, and what they said. `home` is theirs; a guest may have none.
    `agreed_version` is the `Swap.version` whose days they agreed to. Whoever would learn most by being asked is
    `asked_last`: until everybody else said yes it is as if there were nothing. `reminded_at` is when they were
    told, once, that their time to answer runs out."""

    id = BigSerial(primary_key=True)
    swap = ForeignKey(Swap, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    home = ForeignKey(Listing, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    place = SmallInt(null=False)
    answer = Varchar(length=10, null=False, default=Answer.asked, choices=Answer)
    answered_at = Timestamptz(null=True, default=None)
    agreed_version = Integer(null=True, default=None)
    asked_last = Boolean(null=False, default=False)
    reminded_at = Timestamptz(null=True, default=None)

    in_a_swap_once = Unique(["swap", "member"])
    one_party_a_place = Unique(["swap", "place"])
    known_answer = Check("answer IN ('asked', 'accepted', 'declined', 'silent', 'withdrawn')")
    up_to_four = Check("place BETWEEN 0 AND 3")


class Stay(Sealed, Table, tablename="stay"):
    """One guest in one home, from the day `first` to the day `last`, when they leave; unknown until days are proposed.
    `days` are the weekdays (0 Monday) of a week_room. `conversation` is where guest and host talk, once accepted.
    """

    id = UUID(primary_key=True)
    swap = ForeignKey(Swap, null=False, on_delete=OnDelete.cascade)
    guest = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    host = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    home = ForeignKey(Listing, null=False, index=True, on_delete=OnDelete.cascade)
    first = Date(null=True, default=None)
    last = Date(null=True, default=None)
    days = Array(base_column=SmallInt(), default=[])
    conversation = ForeignKey(Conversation, null=True, default=None, index=True, on_delete=OnDelete.set_null)

    one_stay_each = Unique(["swap", "guest", "home"])
    never_at_home = Check("guest <> host")
    whole_days = Check("(first IS NULL) = (last IS NULL) AND first < last")


class Engagement(Sealed, Table, tablename="engagement"):
    """Days a member is held by a swap that everybody accepted, as guest or as host; gone when it is dissolved.

    The migration adds `span`, the member's number and the days as one range of whole numbers, and the exclusion
    constraint `engaged_once` on it: nobody is in two accepted swaps for overlapping days, whoever writes at once. A
    week_room holds no days: its host is at home.
    """

    id = BigSerial(primary_key=True)
    swap = ForeignKey(Swap, null=False, index=True, on_delete=OnDelete.cascade)
    exchanger = ForeignKey(Exchanger, null=False, index=True, on_delete=OnDelete.cascade)
    first = Date(null=False)
    last = Date(null=False)

    some_days = Check("first < last")
