"""What the figures of exchanges are made of: who was served after what wait, without who, and a page of them a day."""

from piccolo.columns import JSONB, BigSerial, Date, ForeignKey, Integer, OnDelete, SmallInt, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from exchanges.kinds import Form
from exchanges.tables import Sealed, Swap


class HouseholdServed(Sealed, Table, tablename="household_served"):
    """A household goes somewhere by the `swap` everybody agreed on, after `waited_days`. `home_kind` and `leaves` (the
    region of its home) are empty for a guest without a home; `reaches` is the region it goes to.
    """

    id = BigSerial(primary_key=True)
    swap = ForeignKey(Swap, null=False, on_delete=OnDelete.cascade)
    place = SmallInt(null=False)
    form = Varchar(length=12, null=False, choices=Form)
    home_kind = Varchar(length=10, null=True, default=None)
    leaves = Varchar(length=3, null=True, default=None)
    reaches = Varchar(length=3, null=True, default=None)
    waited_days = Integer(null=False)
    served_at = Timestamptz()

    served_once = Unique(["swap", "place"])
    waited_some_time = Check("waited_days >= 0")


class ExchangeFigures(Table, tablename="exchange_figures"):
    """The figures of one day, the JSON of exchanges.figures.report.Report; no number under five is in it."""

    day = Date(primary_key=True, default=None)
    made_at = Timestamptz()
    figures = JSONB(null=False)
