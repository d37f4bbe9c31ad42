"""Euros, as the family benefits round and French writes them."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency, format_decimal

CENT = Decimal("0.01")


def to_the_cent(euros: Decimal) -> Decimal:
    return euros.quantize(CENT, ROUND_HALF_UP)


def net_of_crds(gross: Decimal, rate: Decimal) -> Decimal:
    """What is paid of `gross`, in euros, rounded once, to the nearest cent.

    No text says where the cents of the CRDS go: an amount the family funds publish may be one cent away.
    """
    return to_the_cent(gross * (1 - rate))


def in_euros(euros: Decimal) -> str:
    """`1 234,56 €`, and `700 €` where there are no cents; never cut at the end of a line."""
    whole = euros == euros.to_integral_value()
    return format_currency(
        euros, "EUR", format="#,##0\xa0¤" if whole else None, currency_digits=not whole, locale="fr"
    ).replace("\xa0", "\u202f")


def in_percent(rate: Decimal) -> str:
    """`20,234 %` of 0.20234."""
    return format_decimal(rate * 100, format="#,##0.####", locale="fr") + "\u202f%"
