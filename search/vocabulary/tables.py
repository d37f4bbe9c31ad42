"""The words administrators add to those of the site, and what was searched and found nothing."""

from piccolo.columns import (
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check
from piccolo.table import Table

from members.tables import Member


class Synonym(Table, tablename="search_synonym"):
    """Expressions that mean the same; `one_way`, who asks for the first also finds the others, and not the reverse.

    One that is withdrawn stays, for whoever reads the log.
    """

    id = BigSerial(primary_key=True)
    terms = Array(base_column=Text(), default=[])
    one_way = Boolean(null=False, default=False)
    added_by = ForeignKey(Member, null=True, default=None, on_delete=OnDelete.set_null, index=True)
    added_at = Timestamptz()
    withdrawn_by = ForeignKey(Member, null=True, default=None, on_delete=OnDelete.set_null, index=True)
    withdrawn_at = Timestamptz(null=True, default=None)

    some_terms = Check("cardinality(terms) BETWEEN 2 AND 8")


class Unfound(Table, tablename="search_unfound"):
    """Something searched that found nothing. `about` tells it from others without saying what it is; the words
    themselves are written down once three members at least searched them. Nobody's name, and nothing older than thirty
    days.

    A member-day is a member on a day, however often they tried. Each member has one of 63 bits of `seats`, for these
    words alone, as hundreds of others have: different bits are different members, and no bit tells who.
    """

    about = Varchar(length=64, primary_key=True, null=False, default=None)
    words = Varchar(length=80, null=False, default="")
    member_days = Integer(null=False, default=1)
    seats = BigInt(null=False, default=0)
    first_on = Date(null=False)
    last_on = Date(null=False)

    words_of_several_only = Check("words = '' OR bit_count(seats::bit(64)) >= 3")


class UnfoundOnce(Table, tablename="search_unfound_once"):
    """That a member of the day was counted, for the rest of that day: a keyed digest tells neither who nor what."""

    mark = Varchar(length=64, primary_key=True, null=False, default=None)
    day = Date(null=False)
