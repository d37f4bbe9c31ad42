"""How members of a confirmed swap are reached, the door of a home for a time, who read it, and what is prepared.

Like everything of an exchange it is sealed: printing a row tells none of it.
"""

from piccolo.columns import BigSerial, Date, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from exchanges.stays.kinds import Item, Part, Step
from exchanges.tables import Sealed, Stay, Swap
from listings.tables import Listing
from members.tables import Member


class ContactCard(Sealed, Table, tablename="contact_card"):
    """How one member is reached, and the way to their door; written once, shown in confirmed swaps only.

    `door` is the lines of the place, `way_in` how one gets in: both are erased thirty days after the last stay there.
    """

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, unique=True, on_delete=OnDelete.cascade)
    full_name = Varchar(length=80, null=False, default="", secret=True)
    telephone = Varchar(length=20, null=False, default="", secret=True)
    mail = Varchar(length=254, null=False, default="", secret=True)
    other_way = Varchar(length=160, null=False, default="", secret=True)
    door = Text(null=False, default="", secret=True)
    way_in = Text(null=False, default="", secret=True)
    written_at = Timestamptz()

    reached_somehow = Check("telephone <> '' OR mail <> '' OR other_way <> ''")


class Withheld(Sealed, Table, tablename="contact_withheld"):
    """A part of a member's card that the others of this swap may not read any more."""

    id = BigSerial(primary_key=True)
    swap = ForeignKey(Swap, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    part = Varchar(length=4, null=False, choices=Part)
    since = Timestamptz()

    withheld_once = Unique(["swap", "member", "part"])
    known_part = Check("part IN ('ways', 'door')")


class DoorReading(Sealed, Table, tablename="door_reading"):
    """A guest read the door of the home they come to; their host sees each of these."""

    id = BigSerial(primary_key=True)
    stay = ForeignKey(Stay, null=False, index=True, on_delete=OnDelete.cascade)
    reader = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    read_at = Timestamptz()


class Ticked(Sealed, Table, tablename="stay_ticked"):
    """A member prepared one thing of the list for this swap."""

    id = BigSerial(primary_key=True)
    swap = ForeignKey(Swap, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    item = Varchar(length=10, null=False, choices=Item)
    ticked_at = Timestamptz()

    ticked_once = Unique(["swap", "member", "item"])
    known_item = Check("item IN ('insurer', 'consent', 'inventory', 'keys', 'emergency')")


class Booklet(Sealed, Table, tablename="welcome_booklet"):
    """What guests need to know of a home, in Markdown; they read it from two days before their stay to a day after."""

    id = BigSerial(primary_key=True)
    home = ForeignKey(Listing, null=False, unique=True, on_delete=OnDelete.cascade)
    words = Text(null=False, secret=True)
    written_at = Timestamptz()

    welcomes_with_words = Check("words <> ''")


class StayReminder(Sealed, Table, tablename="stay_reminder"):
    """A member of this swap was told, once, that the stays which begin on `first` are that near."""

    id = BigSerial(primary_key=True)
    swap = ForeignKey(Swap, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    first = Date(null=False)
    step = Varchar(length=2, null=False, choices=Step)
    sent_at = Timestamptz()

    reminded_once = Unique(["swap", "member", "first", "step"])
    known_step = Check("step IN ('21', '14', '2', '1')")
