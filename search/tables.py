"""What can be found, as it stands in the database, and how far the index has followed."""

from piccolo.columns import UUID, Array, BigInt, Boolean, Date, Integer, Real, SmallInt, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

NOTHING = {
    **dict.fromkeys(
        ("category", "title", "body", "words", "commune", "department", "region", "path", "found_by"), "''"
    ),
    **dict.fromkeys(
        ("kind", "deal", "lat", "lon", "price_cents", "starts_on", "ends_on", "soonest_on", "sleeps", "expires_at"),
        "NULL",
    ),
    "author": "NULL",
    "days": "ARRAY[]::smallint[]",
    **dict.fromkeys(("periods", "traits"), "ARRAY[]::varchar[]"),
    "covers": "ARRAY[]::text[]",
    **dict.fromkeys(("has_photo", "has_helped"), "FALSE"),
    "helpful": "0",
    "published_at": "'epoch'",
}
"""What the columns hold of what is gone: nothing of a person, a place or a day."""


class SearchDocument(Table, tablename="search_document"):
    """A document of `search.contract`, written in the transaction of the change that made it; `search.keeping` is its
    only writer.

    `version` grows with every change; `indexed` is the version the index has, 0 while the first is on its way, NULL
    before; `refused` is one the engine will never take. What is not to be found any more `is_gone`, until the index has
    forgotten it too: that may take long, and its row says nothing else meanwhile. The column `found_by` (tsvector, made
    by the migration) holds the stems searched while the engine is away: A in the title, B elsewhere.
    """

    id = Varchar(length=64, primary_key=True, null=False, default=None)
    type = Varchar(length=10, null=False)
    is_gone = Boolean(null=False, default=False)
    version = BigInt(null=False)
    indexed = BigInt(null=True, default=None)
    refused = BigInt(null=True, default=None)
    category = Varchar(length=20, null=False, default="")
    kind = Varchar(length=10, null=True, default=None)
    deal = Varchar(length=10, null=True, default=None)
    title = Text(null=False)
    body = Text(null=False)
    words = Text(null=False, default="")
    commune = Varchar(length=5, null=False, default="")
    department = Varchar(length=3, null=False, default="")
    region = Varchar(length=3, null=False, default="")
    lat = Real(null=True, default=None)
    lon = Real(null=True, default=None)
    price_cents = Integer(null=True, default=None)
    starts_on = Date(null=True, default=None)
    ends_on = Date(null=True, default=None)
    soonest_on = Date(null=True, default=None)
    days = Array(base_column=SmallInt(), default=[])
    periods = Array(base_column=Varchar(length=10), default=[])
    traits = Array(base_column=Varchar(length=24), default=[])
    sleeps = SmallInt(null=True, default=None)
    published_at = Timestamptz()
    expires_at = Timestamptz(null=True, default=None)
    author = UUID(null=True, default=None)
    has_photo = Boolean(null=False, default=False)
    has_helped = Boolean(null=False, default=False)
    helpful = Integer(null=False, default=0)
    path = Text(null=False, default="")
    covers = Array(base_column=Text(), default=[])

    index_never_ahead = Check("indexed <= version")
    gone_says_nothing = Check(
        f"NOT is_gone OR ({', '.join(NOTHING)}) IS NOT DISTINCT FROM ({', '.join(NOTHING.values())})"
    )


class SearchRebuild(Table, tablename="search_rebuild"):
    """The index being built beside the live one: one row at most, so that another process can go on with it.

    `engine` says what the index is built of and where; `beside` is the engine's name for it, empty before it has begun;
    `last` the id reached; `done` and `total` count documents. With `derives` these are first derived again, and `step`
    says what of that goes on. `failed` says why it was given up.
    """

    id = SmallInt(primary_key=True, null=False, default=1)
    engine = Varchar(length=200, null=False)
    beside = Varchar(length=120, null=False, default="")
    step = Varchar(length=60, null=False, default="")
    last = Varchar(length=64, null=False, default="")
    done = Integer(null=False, default=0)
    total = Integer(null=False, default=0)
    derives = Boolean(null=False, default=False)
    asked_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)
    failed = Text(null=False, default="")

    only_one = Check("id = 1")
