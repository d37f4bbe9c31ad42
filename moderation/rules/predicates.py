"""What a rule may ask of the structured fields: dates, price, quantity, who writes. Named in `when`; all must hold.

A predicate is False where the field was not asked: nothing is ever concluded from what is not known.
"""

from collections.abc import Callable

from moderation.rules.verdict import Content

Predicate = Callable[[Content], bool]

PREDICATES: dict[str, Predicate] = {}

HIGH_PRICE_CENTS = 2_000_00
LOW_PRICE_CENTS = 60_00
NOTABLE_PRICE_CENTS = 300_00
MANY_THINGS = 20
NO_PRICE_DEALS = {"give", "lend"}


def predicate(function: Predicate) -> Predicate:
    PREDICATES[function.__name__] = function
    return function


@predicate
def dated(content: Content) -> bool:
    """A day stands in the fields: the first, the last, or the one by which an answer is wanted."""
    return any((content.starts_on, content.ends_on, content.wanted_by))


@predicate
def of_a_home(content: Content) -> bool:
    """The sheet of a home that is exchanged."""
    return content.category == "home"


@predicate
def overnight(content: Content) -> bool:
    """From one day to a later one."""
    return bool(content.starts_on and content.ends_on and content.starts_on < content.ends_on)


@predicate
def priced(content: Content) -> bool:
    return bool(content.price_cents)


@predicate
def given_or_lent(content: Content) -> bool:
    return content.deal in NO_PRICE_DEALS


@predicate
def sold(content: Content) -> bool:
    return content.deal == "sell"


@predicate
def high_price(content: Content) -> bool:
    return (content.price_cents or 0) > HIGH_PRICE_CENTS


@predicate
def notable_price(content: Content) -> bool:
    return (content.price_cents or 0) > NOTABLE_PRICE_CENTS


@predicate
def low_price(content: Content) -> bool:
    return 0 < (content.price_cents or 0) < LOW_PRICE_CENTS


@predicate
def many_things(content: Content) -> bool:
    return (content.quantity or 0) >= MANY_THINGS


@predicate
def new_author(content: Content) -> bool:
    """Somebody whose first texts are still read by a person."""
    return content.author is not None and not content.author.is_trusted


@predicate
def removed_before(content: Content) -> bool:
    return content.author is not None and content.author.removed > 0
