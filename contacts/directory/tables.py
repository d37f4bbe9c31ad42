"""Who can be asked, for which places and kinds of question, and when they can be met."""

from piccolo.columns import (
    UUID,
    Array,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    OnDelete,
    SmallInt,
    Text,
    Time,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check
from piccolo.table import Table

from contacts.kinds import ContactKind
from members.tables import Body, Member


class Contact(Table, tablename="contact"):
    """`departments` and `communes` are whom it is for, none of either for everywhere; `topics` what it answers, none
    for everything. `commune` is where it can be met, `place` the words that lead there; `line` a number as dialled in
    France. `member` is the account that answers for it: a social worker's conversations, a correspondent's offers.
    `import_key` is its line in the administrators' file, so that importing again changes it instead of adding one. The
    database keeps `folded` (the name without capitals and accents) and `is_everywhere` itself."""

    id = UUID(primary_key=True)
    kind = Varchar(length=20, null=False, choices=ContactKind)
    name = Varchar(length=120, null=False)
    about = Text(null=False, default="")
    departments = Array(base_column=Varchar(length=3), default=[])
    communes = Array(base_column=Varchar(length=5), default=[])
    topics = Array(base_column=Varchar(length=20), default=[])
    commune = Varchar(length=5, null=True, default=None)
    place = Text(null=False, default="")
    line = Varchar(length=20, null=False, default="")
    mail = Varchar(length=254, null=False, default="")
    url = Text(null=False, default="")
    body = ForeignKey(Body, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    member = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    is_shown = Boolean(null=False, default=True)
    import_key = Varchar(length=60, null=True, default=None, unique=True)
    checked_on = Date(null=False)
    changed_at = Timestamptz()

    known_contact = Check("kind IN ('correspondent', 'delegation', 'social_worker', 'agency')")
    named = Check("name <> ''")


class Permanence(Table, tablename="permanence"):
    """A moment of each week at which a contact can be met; `weekday` is 0 (Monday) to 6. Without `place` it is the
    contact's own."""

    id = BigSerial(primary_key=True)
    contact = ForeignKey(Contact, null=False, index=True, on_delete=OnDelete.cascade)
    weekday = SmallInt(null=False)
    starts = Time(null=False)
    ends = Time(null=False)
    place = Text(null=False, default="")
    by_appointment = Boolean(null=False, default=False)

    a_weekday = Check("weekday BETWEEN 0 AND 6")
    ends_after_it_starts = Check("starts < ends")


class ClosedDays(Table, tablename="closed_days"):
    """Days on which a contact cannot be met, the last one included."""

    id = BigSerial(primary_key=True)
    contact = ForeignKey(Contact, null=False, index=True, on_delete=OnDelete.cascade)
    first = Date(null=False)
    last = Date(null=False)
    why = Varchar(length=120, null=False, default="")

    closed_in_order = Check("first <= last")


class ContactImport(Table, tablename="contact_import"):
    """A file of contacts: shown first for what it would change, then brought in once, with the report of it as JSON."""

    id = UUID(primary_key=True)
    sent_by = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    written = Text(null=False)
    sent_at = Timestamptz()
    applied_at = Timestamptz(null=True, default=None)
    report = Text(null=True, default=None)

    told_once_applied = Check("(applied_at IS NULL) = (report IS NULL)")
