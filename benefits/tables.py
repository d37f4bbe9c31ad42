"""What is counted of rights, and what a member no longer wants to see of them."""

import enum

from piccolo.columns import BigSerial, Date, ForeignKey, Integer, OnDelete, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from members.tables import Member


class Use(enum.StrEnum):
    opened = "opened"
    simulated = "simulated"
    contacted = "contacted"


class BenefitUse(Table, tablename="benefit_use"):
    """How often something of the rights was used on a day: of whom, nothing is known. `thing` is `prestation/<id>`,
    `simulateur/<id>`, `evenement/<id>`, `contact` or `service-social`."""

    id = BigSerial(primary_key=True)
    on = Date(null=False)
    use = Varchar(length=10, null=False, choices=Use)
    thing = Varchar(length=80, null=False)
    times = Integer(null=False)

    once_a_day = Unique(["on", "use", "thing"])
    known_use = Check("use IN ('opened', 'simulated', 'contacted')")
    some_times = Check("times > 0")


class HiddenBridge(Table, tablename="hidden_bridge"):
    """A member wants no rights shown beside the ads of this category."""

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    category = Varchar(length=20, null=False)

    hidden_once = Unique(["member", "category"])
