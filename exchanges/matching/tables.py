"""What matching works on: each exchanger in numbers, who fits whose home, who is to be looked at again.

All of it is derived from `exchanger`, `planned_week`, `wish` and `listing`, sealed like them, and can be made again.
"""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Real,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from exchanges.tables import Exchanger, Sealed
from listings.tables import Listing
from members.tables import Member


class Entrant(Sealed, Table, tablename="match_entrant"):
    """An exchanger who may be matched, as last read; no row for one who is paused or suspended.

    `home` is theirs while it is published, and nothing of the place is known without one. `settings`, `allows` (what
    the home does for a need), `needs` and `ways` are bits in the order of the enums of exchanges.kinds. Weeks are bits
    as exchanges.matching.ring reads them, those already held left out. `wanted_by` counts those who fit this home,
    `wants` the homes that fit this member, of all and not only of those kept in `match_fit`.
    """

    exchanger = ForeignKey(Exchanger, primary_key=True, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, unique=True, on_delete=OnDelete.cascade)
    home = ForeignKey(Listing, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    latitude = Real(null=True, default=None)
    longitude = Real(null=True, default=None)
    department = Varchar(length=3, null=True, default=None, index=True)
    region = Varchar(length=3, null=True, default=None, index=True)
    settings = SmallInt(null=False, default=0)
    allows = SmallInt(null=False, default=0)
    sleeps = SmallInt(null=False, default=0)
    party_size = SmallInt(null=False)
    needs = SmallInt(null=False, default=0)
    ways = SmallInt(null=False, default=0)
    least_weeks = SmallInt(null=False)
    most_weeks = SmallInt(null=False)
    give_or_take = SmallInt(null=False, default=0)
    free_low = BigInt(null=False, default=0)
    free_high = BigInt(null=False, default=0)
    away_low = BigInt(null=False, default=0)
    away_high = BigInt(null=False, default=0)
    waits_since = Timestamptz()
    wanted_by = Integer(null=False, default=0)
    wants = Integer(null=False, default=0)

    home_has_a_place = Check(
        "(home IS NULL) = (latitude IS NULL) AND (home IS NULL) = (longitude IS NULL)"
        " AND (home IS NULL) = (department IS NULL) AND (home IS NULL) = (region IS NULL)"
    )


class Fit(Sealed, Table, tablename="match_fit"):
    """The guest may stay in the host's home. `score`, 0 to 100, says how well; `same` that both are away, and both
    homes free, in a common run of weeks. Of somebody whom very many fit, a share is kept.
    """

    id = BigSerial(primary_key=True)
    guest = ForeignKey(Exchanger, null=False, on_delete=OnDelete.cascade)
    host = ForeignKey(Exchanger, null=False, index=True, on_delete=OnDelete.cascade)
    score = SmallInt(null=False)
    same = Boolean(null=False)

    one_fit_each = Unique(["guest", "host"])
    never_ones_own_home = Check("guest <> host")
    known_score = Check("score BETWEEN 0 AND 100")


class MatchAsked(Sealed, Table, tablename="match_asked"):
    """A member whose weeks, wishes or home changed. Each asking is a row: nobody waits to add one."""

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    asked_at = Timestamptz()


class MatchRun(Sealed, Table, tablename="match_run"):
    """What a search for everybody came to. `served` counts the households in the exchanges chosen, `bound` how many no
    choice could exceed; `exact` says that no better choice exists among those looked at. `proposed` may be less than
    chosen: what changed meanwhile is not proposed. Of a day the last one is
    kept."""

    id = BigSerial(primary_key=True)
    began_at = Timestamptz()
    ended_at = Timestamptz()
    households = Integer(null=False)
    fits = Integer(null=False)
    pairs = Integer(null=False)
    loops_of_three = Integer(null=False)
    loops_of_four = Integer(null=False)
    hosted = Integer(null=False)
    served = Integer(null=False)
    bound = Integer(null=False)
    exact = Boolean(null=False)
    proposed = Integer(null=False)

    never_above_the_bound = Check("served <= bound AND bound <= households")
