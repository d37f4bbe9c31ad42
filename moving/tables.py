"""Where a member will soon live. Told to nobody else: not in the log, not in the index, not in a notification."""

from piccolo.columns import BigSerial, ForeignKey, OnDelete, SmallInt, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from members.tables import Member
from moving.seasons import Season


class Moving(Table, tablename="moving"):
    """A second commune (INSEE code), from a season on; it counts for two seasons (moving/seasons.py)."""

    member = ForeignKey(Member, primary_key=True, null=False, on_delete=OnDelete.cascade)
    commune = Varchar(length=5, null=False)
    season = Varchar(length=6, null=False, choices=Season)
    year = SmallInt(null=False)
    declared_at = Timestamptz()

    known_season = Check("season IN ('spring', 'summer', 'autumn', 'winter')")
    plausible_year = Check("year BETWEEN 2020 AND 2100")

    def __str__(self) -> str:  # Piccolo's own prints the commune
        return f"Moving {self.member}"

    __repr__ = __str__


class MovingStep(Table, tablename="moving_step"):
    """A line of the list of a move that a member has ticked; `step` is one of moving/steps.py."""

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    step = Varchar(length=20, null=False)
    done_at = Timestamptz()

    once_per_step = Unique(["member", "step"])
