"""Ads, what stands under them, and the edits that wait for a reader."""

from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Real,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from listings.kinds import Category, Deal, Kind, Outcome, Status
from members.tables import Member


class Listing(Table, tablename="listing"):
    """An ad. `details` and `schedule` are the JSON of the structs in listings/content.py.

    `commune` is an INSEE code; `latitude` and `longitude` (degrees) are the commune's centre, never an address.
    `price_cents` is in euro cents. `version` grows with every change a reader could see. `places` is what there is to
    take (the quantity, times the days of a schedule), `reserved` how many are taken; `renewals` counts the times its
    author prolonged it. It is out of sight since `set_aside_at` while its author is suspended; `back_at` is when it
    came back, from there or after an appeal.
    """

    id = UUID(primary_key=True)
    author = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    category = Varchar(length=20, null=False, choices=Category)
    kind = Varchar(length=10, null=True, default=None, choices=Kind)
    deal = Varchar(length=10, null=True, default=None, choices=Deal)
    status = Varchar(length=10, null=False, default=Status.draft, choices=Status)
    title = Varchar(length=100, null=False, default="")
    body = Text(null=False, default="")
    details = JSONB(null=False, default="{}")
    schedule = JSONB(null=True, default=None)
    starts_on = Date(null=True, default=None)
    ends_on = Date(null=True, default=None)
    wanted_by = Date(null=True, default=None)
    quantity = SmallInt(null=False, default=1)
    places = Integer(null=False, default=1)
    reserved = Integer(null=False, default=0)
    price_cents = Integer(null=True, default=None)
    commune = Varchar(length=5, null=True, default=None)
    department = Varchar(length=3, null=True, default=None)
    region = Varchar(length=3, null=True, default=None)
    latitude = Real(null=True, default=None)
    longitude = Real(null=True, default=None)
    photos = Array(base_column=UUID(), default=[])
    replies = Integer(null=False, default=0)
    version = BigInt(null=False, default=1)
    created_at = Timestamptz()
    updated_at = Timestamptz()
    submitted_at = Timestamptz(null=True, default=None)
    published_at = Timestamptz(null=True, default=None)
    expires_at = Timestamptz(null=True, default=None)
    renewed_at = Timestamptz(null=True, default=None)
    renewals = Integer(null=False, default=0)
    reminded_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    outcome = Varchar(length=10, null=True, default=None, choices=Outcome)
    set_aside_at = Timestamptz(null=True, default=None)
    back_at = Timestamptz(null=True, default=None)

    known_category = Check(
        "category IN ('childcare', 'school_run', 'pet_care', 'classifieds', 'helping_hand', 'rides', 'tips', 'home',"
        " 'local_offer')"
    )
    known_kind = Check("kind IN ('request', 'offer')")
    known_deal = Check("deal IN ('give', 'lend', 'sell', 'seek')")
    known_status = Check("status IN ('draft', 'pending', 'published', 'closed', 'removed', 'aside')")
    known_outcome = Check("outcome IN ('fulfilled', 'withdrawn', 'expired')")
    price_only_when_sold = Check("price_cents IS NULL OR (deal = 'sell' AND price_cents > 0)")
    published_is_complete = Check(
        "status NOT IN ('pending', 'published') OR"
        " (title <> '' AND body <> '' AND commune IS NOT NULL AND department IS NOT NULL)"
    )
    published_has_dates = Check("status <> 'published' OR (published_at IS NOT NULL AND expires_at IS NOT NULL)")
    closed_has_outcome = Check("(status = 'closed') = (outcome IS NOT NULL AND closed_at IS NOT NULL)")
    aside_since_a_moment = Check("(status = 'aside') = (set_aside_at IS NOT NULL)")
    some_quantity = Check("quantity BETWEEN 1 AND 99")
    never_overbooked = Check("reserved >= 0 AND reserved <= places")


class Photo(Table, tablename="photo"):
    """An uploaded picture, re-encoded. The files are named by the id; nothing of the original is kept.

    `fingerprint` is its perceptual hash (64 bits, read as a signed number): alike pictures differ in few bits.
    """

    id = UUID(primary_key=True)
    listing = ForeignKey(Listing, null=False, index=True, on_delete=OnDelete.cascade)
    width = Integer(null=False)
    height = Integer(null=False)
    fingerprint = BigInt(null=True, default=None)
    added_at = Timestamptz()


class Edit(Table, tablename="listing_edit"):
    """A change of a published ad that waits for a moderator; the old text stays visible meanwhile.

    `content` is the JSON of `listings.content.Content`.
    """

    id = UUID(primary_key=True)
    listing = ForeignKey(Listing, null=False, on_delete=OnDelete.cascade)
    content = JSONB(null=False)
    made_at = Timestamptz()
    state = Varchar(length=10, null=False, default="waiting")

    known_state = Check("state IN ('waiting', 'accepted', 'refused', 'withdrawn')")


class Reply(Table, tablename="reply"):
    """A public question or answer under an ad. `held` waits for a moderator and is seen by its author only.

    `parent` is the reply it answers (itself without a parent: one level), `quotes` the one it cites. `waiting_body` is
    a change that waits for a moderator while the old words stay, `refused_body` one that a moderator sent back. Of a
    `deleted` one only the trace is left; one `withdrawn` was taken back before anybody could read it. One `removed` by
    a moderator loses its words once nobody may appeal any more. `version` grows with every change; `once`
    is drawn with the form, so that a request sent twice is one reply.
    """

    id = BigSerial(primary_key=True)
    listing = ForeignKey(Listing, null=False, on_delete=OnDelete.cascade)
    author = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    parent: ForeignKey = ForeignKey("self", null=True, default=None, index=True, on_delete=OnDelete.cascade)
    quotes: ForeignKey = ForeignKey("self", null=True, default=None, index=True, on_delete=OnDelete.set_null)
    body = Text(null=False)
    waiting_body = Text(null=True, default=None)
    refused_body = Text(null=True, default=None)
    state = Varchar(length=10, null=False, default="published")
    said_at = Timestamptz()
    edited_at = Timestamptz(null=True, default=None)
    version = Integer(null=False, default=1)
    once = UUID(null=True, default=None, unique=True)

    known_state = Check("state IN ('published', 'held', 'removed', 'deleted', 'withdrawn')")
    says_something = Check(
        "CASE WHEN state IN ('deleted', 'withdrawn') THEN body = '' ELSE body <> '' OR state = 'removed' END"
    )


class Tip(Table, tablename="tip"):
    """What a discussion came to, beside an ad of category tips: its best answer. The line that sums it up is one of the
    ad's details: it is screened, held and compared with the rest of what its author wrote.
    """

    listing = ForeignKey(Listing, primary_key=True, null=False, on_delete=OnDelete.cascade)
    best = ForeignKey(Reply, null=True, default=None, index=True, on_delete=OnDelete.set_null)


class TipCheck(Table, tablename="tip_check"):
    """Whether a tip still held, for a member, on a day."""

    id = BigSerial(primary_key=True)
    listing = ForeignKey(Listing, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    still_true = Boolean(null=False)
    checked_at = Timestamptz()

    one_check_each = Unique(["listing", "member"])


class Sale(Table, tablename="sale"):
    """An ad that put something on sale, kept when the ad is erased: sales are counted per member and calendar year."""

    listing = UUID(primary_key=True, default=None)  # no foreign key: the count outlives the ad
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    year = SmallInt(null=False)
    put_on_sale_at = Timestamptz()
