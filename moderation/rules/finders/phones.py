"""Phone numbers, whatever the way they are written or said."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from moderation.rules.finders.proofs import iban, nir, payment_card
from moderation.rules.finders.registry import finder
from moderation.rules.finders.spoken import Said, numbers_said
from moderation.rules.reading import Place, Reading, matches, without

# A helpline or a company's number is nobody's privacy.
_PUBLIC = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
}

_TEN_FIGURES = re.compile(
    r"(?<![\w+])(?:(?:\+|00)\s?33[\s.-]?(?:\(0\)\s?)?|[0o][\s.-]?)[1-9](?:\s?:\s)?(?:[\s./_,-]{0,3}[\do]){8}(?!\w)"
)
_FOREIGN = re.compile(r"(?<![\w+])(?:\+|00)\s?(?!33|0)\d{1,3}(?:[\s./_,()-]{0,2}\d){5,12}(?!\w)")


@finder
def phone_number(reading: Reading) -> list[Place]:
    """Phone numbers in figures, in words ("zéro six douze…") or in a mixture of both, but those of public services."""
    written = [*matches(_TEN_FIGURES, reading.text), *matches(_FOREIGN, reading.text)]
    found = [place for place in sorted(written) if _is_private(reading.text[slice(*place)])]
    found += without(_said(reading.text), found)
    if not found:
        return []
    return without(sorted(found), sorted(nir(reading) + iban(reading) + payment_card(reading)))


def _is_private(written: str) -> bool:
    """Ten figures are a number even in a range nobody was given yet; abroad, only the plan of the country tells."""
    if sum(character.isdigit() for character in written) < 7:
        return False
    digits = "".join(character for character in written.replace("o", "0") if character.isdigit() or character == "+")
    try:
        number = phonenumbers.parse(digits.replace("+330", "+33"), "FR")
    except NumberParseException:
        return False
    if phonenumbers.number_type(number) in _PUBLIC:
        return False
    return (
        phonenumbers.is_possible_number(number) if number.country_code == 33 else phonenumbers.is_valid_number(number)
    )


def _said(text: str) -> list[Place]:
    """Ten figures of which some are said in words."""
    found: list[Place] = []
    numbers = numbers_said(text)
    for index, number in enumerate(numbers):
        if number.digits[0] == "0" and (not found or found[-1][1] <= number.start):
            place = _ten_figures(text, numbers, index)
            found += [place] if place else []
    return found


_IN_BETWEEN = re.compile(r"[\s.,/_-]{1,3}")


def _ten_figures(text: str, numbers: list[Said], first: int) -> Place | None:
    digits, previous = "", None
    for number in numbers[first : first + 10]:
        if previous and not _IN_BETWEEN.fullmatch(text, previous.end, number.start):
            return None
        digits, previous = digits + number.digits, number
        if len(digits) >= 10:
            said = any(one.in_words for one in numbers[first : numbers.index(number, first) + 1])
            return (numbers[first].start, number.end) if said and len(digits) == 10 and _is_private(digits) else None
    return None
