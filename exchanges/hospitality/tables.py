"""Who is left without a roof shortly before a stay, and who nearby was asked to be their host."""

from piccolo.columns import UUID, BigSerial, Date, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from exchanges.tables import Sealed, Stay, Swap
from listings.tables import Listing
from members.tables import Member


class HospitalityCall(Sealed, Table, tablename="hospitality_call"):
    """A roof is looked for in place of the lost `stay`, around its commune (an INSEE code), from the day `first` to the
    day `last`, until `until`. Those asked learn neither who it is for nor the days.
    """

    id = UUID(primary_key=True)
    stay = ForeignKey(Stay, null=False, unique=True, on_delete=OnDelete.cascade)
    guest = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    commune = Varchar(length=5, null=False)
    department = Varchar(length=3, null=False)
    first = Date(null=False)
    last = Date(null=False)
    opened_at = Timestamptz()
    until = Timestamptz(null=False)
    closed_at = Timestamptz(null=True, default=None)
    ended = Varchar(length=10, null=True, default=None)

    called_for_some_days = Check("first < last")
    known_end_of_call = Check("ended IN ('hosted', 'elsewhere', 'stopped', 'over')")
    ended_when_closed = Check("(closed_at IS NULL) = (ended IS NULL)")


class AskedToHost(Sealed, Table, tablename="hospitality_asked"):
    """A member asked to be the host, once. `swap` is what was proposed to the guest after a yes.

    `moot` is for two whom a block kept apart when one would have been asked, or their yes proposed: nothing comes of it
    for good. Whoever blocks one member after the other would otherwise learn by the effect who the guest is.
    """

    id = BigSerial(primary_key=True)
    call = ForeignKey(HospitalityCall, null=False, on_delete=OnDelete.cascade)
    host = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    home = ForeignKey(Listing, null=False, index=True, on_delete=OnDelete.cascade)
    asked_at = Timestamptz()
    said = Varchar(length=5, null=True, default=None)
    said_at = Timestamptz(null=True, default=None)
    swap = ForeignKey(Swap, null=True, default=None, index=True, on_delete=OnDelete.set_null)

    asked_once = Unique(["call", "host"])
    yes_or_no = Check("said IN ('yes', 'no', 'moot')")
    said_at_a_moment = Check("(said IS NULL) = (said_at IS NULL)")
