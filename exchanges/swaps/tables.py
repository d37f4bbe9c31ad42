"""The days that are proposed for a stay while not everybody has agreed to them. Sealed like what they are about."""

from piccolo.columns import Array, BigSerial, Date, ForeignKey, OnDelete, SmallInt, Timestamptz
from piccolo.constraints import Check
from piccolo.table import Table

from exchanges.tables import Sealed, Stay
from members.tables import Member


class ProposedDays(Sealed, Table, tablename="proposed_days"):
    """The latest proposal for a stay, from the day `first` to the day `last`; the days of the stay itself are those
    that stand meanwhile, and are held. Gone once everybody agreed to it, or somebody did not."""

    id = BigSerial(primary_key=True)
    stay = ForeignKey(Stay, null=False, unique=True, on_delete=OnDelete.cascade)
    proposed_by = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    first = Date(null=False)
    last = Date(null=False)
    days = Array(base_column=SmallInt(), default=[])
    proposed_at = Timestamptz()

    first_before_last = Check("first < last")
