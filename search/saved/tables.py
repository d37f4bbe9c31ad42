"""Searches a member keeps, and the ads found for them."""

from piccolo.columns import (
    UUID,
    Array,
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from members.tables import Member
from search.saved.paces import Pace


class SavedSearch(Table, tablename="saved_search"):
    """What a member wants to hear of. `asked` is the query of the list's address, in one order and without a sort; with
    `both_places` its distance also counts from where the member is moving to.

    All from `derived_with` on is derived from it by search.saved.criteria, for one ad to be compared with every search
    at once: `keys` are looked up in an index, then `wanted` (a tsquery, made by the migration: words and facets) and
    the other columns are compared. `lats`, `lons` (degrees) and `kms` are circles, any of which will do.
    `changed_at` is when it last began to ask for this, `widen_told_at` when its member was last told to ask for more.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    asked = Text(null=False)
    both_places = Boolean(null=False, default=False)
    pace = Varchar(length=10, null=False, choices=Pace)
    saved_at = Timestamptz()
    changed_at = Timestamptz()
    widen_told_at = Timestamptz(null=True, default=None)
    derived_with = Varchar(length=80, null=False, default="")
    keys = Array(base_column=Text(), default=[])
    lats = Array(base_column=DoublePrecision(), default=[])
    lons = Array(base_column=DoublePrecision(), default=[])
    kms = Array(base_column=DoublePrecision(), default=[])
    on_or_after = Date(null=True, default=None)
    on_or_before = Date(null=True, default=None)
    price_max_cents = Integer(null=True, default=None)

    saved_once = Unique(["member", "asked"])
    known_pace = Check("pace IN ('at_once', 'daily', 'weekly', 'paused')")
    asks_for_something = Check("asked <> ''")
    whole_circles = Check("cardinality(lats) = cardinality(lons) AND cardinality(lats) = cardinality(kms)")

    def __str__(self) -> str:  # Piccolo's own prints what the member looks for
        return f"SavedSearch {self.id}"

    __repr__ = __str__


class Alert(Table, tablename="search_alert"):
    """An ad found for a member: once, whichever of their searches found it and however often it changes.

    It is told from `due_at` on; without one it is known to the member already, or not to be told. `searches` are those
    of theirs that found it, the quickest first, also once deleted; it is told as found by the first that is left. No
    foreign key: holding each search found would take five times as long as finding them.
    """

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    document = Varchar(length=64, null=False)  # of search_document, which forgets what is gone
    searches = Array(base_column=UUID(), default=[])
    found_at = Timestamptz()
    due_at = Timestamptz(null=True, default=None)
    told_at = Timestamptz(null=True, default=None)

    told_of_once = Unique(["member", "document"])
    told_when_due = Check("told_at IS NULL OR due_at IS NOT NULL")
