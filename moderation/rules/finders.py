"""What a pattern cannot tell: checksums, numbers said in words, disguised addresses, prices.

A finder takes a Reading and answers with the places it speaks of, or with `True` when it speaks of a structured field.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from moderation.rules.reading import Place, Reading, matches, without

Found = list[Place] | Literal[True]
Finder = Callable[[Reading], Found]

AFinder = TypeVar("AFinder", bound=Finder)

FINDERS: dict[str, Finder] = {}

HIGH_PRICE_CENTS = 2_000_00
NO_PRICE_DEALS = {"give", "lend"}


def finder(function: AFinder) -> AFinder:
    FINDERS[function.__name__] = function
    return function


# --- numbers that carry their own proof ---

_NIR = re.compile(r"(?<!\w)[1-478](?:[\s._/-]{0,2}\d){5}[\s._/-]{0,2}[\dab](?:[\s._/-]{0,2}\d){6,8}(?!\w)")
_NIR_AS_PRINTED = re.compile(r"[1-478]\s\d\d\s\d\d\s\d[\dab]\s\d{3}\s\d{3}(?:\s\d\d)?")
_MONTHS = {*range(1, 13), *range(20, 43), *range(50, 100)}


@finder
def nir(reading: Reading) -> list[Place]:
    """Social security numbers: 15 signs with a right key, or 13 grouped as they are printed on the card."""
    return [match.span() for match in _NIR.finditer(reading.text) if _is_nir(match.group())]


def _is_nir(written: str) -> bool:
    digits = re.sub(r"[^0-9ab]", "", written)
    if len(digits) not in {13, 15} or int(digits[3:5]) not in _MONTHS:
        return False
    if len(digits) == 13:
        return _NIR_AS_PRINTED.fullmatch(written) is not None
    body = digits[:13].replace("a", "0").replace("b", "0")
    # Corsica counts as 19 and 18 in the key: 2A… less one million, 2B… less two, once the letter is read as a zero.
    number = int(body) - {"a": 1_000_000, "b": 2_000_000}.get(digits[6], 0)
    return 97 - number % 97 == int(digits[13:])


_IBAN_LENGTHS = {
    "at": 20, "be": 16, "ch": 21, "de": 22, "es": 24, "fr": 27, "gb": 22, "ie": 22,
    "it": 27, "lt": 20, "lu": 20, "mc": 27, "nl": 18, "pl": 28, "pt": 25,
}  # fmt: skip
_IBAN = re.compile(rf"(?<!\w)(?:{'|'.join(_IBAN_LENGTHS)})[\s.-]?\d[\s.-]?\d(?:[\s.-]?[a-z0-9]){{12,24}}")


@finder
def iban(reading: Reading) -> list[Place]:
    """Bank account numbers whose remainder by 97 is right."""
    candidates = ((match.start(), _iban_end(match.group())) for match in _IBAN.finditer(reading.text))
    return [(start, start + length) for start, length in candidates if length]


def _iban_end(written: str) -> int:
    """How many characters of the text the number takes; 0 when it is no account number."""
    positions = [index for index, character in enumerate(written) if character.isalnum()]
    length = _IBAN_LENGTHS[written[:2]]
    if len(positions) < length:
        return 0
    number = "".join(written[index] for index in positions[:length])
    proof = "".join(str(int(character, 36)) for character in number[4:] + number[:4])
    return positions[length - 1] + 1 if int(proof) % 97 == 1 else 0


_CARD = re.compile(r"(?<!\w)[3-6](?:[\s.-]?\d){14,15}(?!\w)")


@finder
def payment_card(reading: Reading) -> list[Place]:
    return [match.span() for match in _CARD.finditer(reading.text) if _passes_luhn(match.group())]


def _passes_luhn(written: str) -> bool:
    digits = [int(character) for character in reversed(written) if character.isdigit()]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[1::2])
    return len(set(digits)) > 1 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


# --- ways to be reached ---

_UNITS = {
    "zero": 0, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
_TENS = {"dix": 10, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quatre-vingt": 80}
_TENS |= {"quatre-vingts": 80, "quatre vingt": 80, "quatre vingts": 80, "septante": 70, "huitante": 80, "nonante": 90}
_NUMBER_WORD = "|".join(sorted([*_TENS, *_UNITS], key=len, reverse=True))
_NUMBER_TOKEN = re.compile(rf"\b(?:{_NUMBER_WORD}|\d{{1,10}})\b")
_SAID = re.compile(rf"\b(?:{_NUMBER_WORD})\b")
_PHONE_DIGITS = re.compile(
    r"(?<![\w+])(?:(?:\+|00)\s?33[\s.-]?(?:\(0\)\s?)?|[0o][\s.-]?)[1-9](?:\s?:\s)?(?:[\s./_,-]{0,3}[\do]){8}(?!\w)"
)
_IN_BETWEEN = re.compile(r"[\s.,/_-]{1,3}")
_JOINT = re.compile(r"[\s-]|[\s-]et[\s-]")


@finder
def phone_number(reading: Reading) -> list[Place]:
    """French phone numbers in figures, in words ("zéro six douze…") or in a mixture of both."""
    found = [place for place in matches(_PHONE_DIGITS, reading.text) if _mostly_digits(reading.text[slice(*place)])]
    found += without(_spoken_numbers(reading.text), found)
    return without(sorted(found), sorted(nir(reading) + iban(reading) + payment_card(reading)))


def _mostly_digits(written: str) -> bool:
    return sum(character.isdigit() for character in written) >= 7


@dataclass
class _Said:
    """One number as it was said ("soixante-dix-huit"), and where."""

    value: int
    digits: str
    start: int
    end: int
    in_words: bool


def _spoken_numbers(text: str) -> list[Place]:
    if not _SAID.search(text):
        return []
    found: list[Place] = []
    numbers = _numbers(text)
    for index, number in enumerate(numbers):
        if number.digits[0] == "0" and (not found or found[-1][1] <= number.start):
            found += _phone_from(text, numbers[index : index + 10])
    return found


def _phone_from(text: str, numbers: list[_Said]) -> list[Place]:
    digits = ""
    for previous, number in zip([None, *numbers], numbers, strict=False):
        if previous and not _IN_BETWEEN.fullmatch(text, previous.end, number.start):
            return []
        digits += number.digits
        if len(digits) >= 10:
            said = any(number.in_words for number in numbers) and re.fullmatch(r"0[1-9]\d{8}", digits)
            return [(numbers[0].start, number.end)] if said else []
    return []


def _numbers(text: str) -> list[_Said]:
    numbers: list[_Said] = []
    for token in _NUMBER_TOKEN.finditer(text):
        word = token.group()
        value = _TENS.get(word, _UNITS.get(word))
        last = numbers[-1] if numbers else None
        if value is None:
            numbers.append(_Said(-1, word, *token.span(), in_words=False))
        elif last and last.in_words and _joins(last, value) and _JOINT.fullmatch(text, last.end, token.start()):
            # "soixante", then "dix", then "huit" are one number.
            numbers[-1] = _Said(last.value + value, str(last.value + value), last.start, token.end(), in_words=True)
        else:
            numbers.append(_Said(value, str(value), *token.span(), in_words=True))
    return numbers


def _joins(last: _Said, value: int) -> bool:
    if last.value in {60, 80}:
        return 0 < value < 17
    if last.value in {10, 70, 90}:
        return 6 < value < 10
    return last.value in {20, 30, 40, 50} and 0 < value < 10


_AT = re.compile(r"\s?[(\[{<]?\s?(?:@|\b(?:arobase|arobas|arrobase)\b|(?<=[(\[{<])\s?at\s?(?=[)\]}>]))\s?[)\]}>]?\s?")
_DOT = r"\s?[(\[]?(?:\.|\b(?:point|dot)\b)[)\]]?\s?"
_DOMAIN = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}?{_DOT}[a-z]{{2,10}}\b")
_LOCAL_PART = re.compile(r"[\w.+-]{1,64}$")
_KNOWN_HOST = re.compile(
    r"\b[\w.+-]{2,64}\s(?:chez|at|a)\s(?:gmail|hotmail|outlook|yahoo|orange|wanadoo|laposte|free|sfr|icloud|proton\w{0,5})"
    r"(?:\s?(?:\.|point|dot)\s?(?:com|fr|net|me))\b"
)


@finder
def email_address(reading: Reading) -> list[Place]:
    """E-mail addresses, also with "arobase", "(at)" or "chez gmail point com"."""
    found = [place for match in _AT.finditer(reading.text) if (place := _address_around(reading.text, match))]
    return sorted(found + without(matches(_KNOWN_HOST, reading.text), found))


def _address_around(text: str, at: re.Match[str]) -> Place | None:
    domain = _DOMAIN.match(text, at.end())
    local = _LOCAL_PART.search(text[max(0, at.start() - 64) : at.start()])
    if not domain or not local:
        return None
    return at.start() - len(local.group()), domain.end()


# --- prices ---

_PRICE = re.compile(r"(?<![\w,.])\d{1,5}(?:[.,]\d{1,2})?\s?(?:€|eur\b|euros?\b)")
_GIFT_CONTEXT = re.compile(
    r"(?:paye|valait|achete|valeur|neuf|neuve|coutait|prix d'achat|caution|depot|timbres?|frais de port|envoi)"
    r"[^¶.!?\n]{0,25}$"
)


@finder
def price_on_a_gift(reading: Reading) -> Found:
    """A thing given or lent that still asks for money, in its price or in its words."""
    if reading.content.deal not in NO_PRICE_DEALS:
        return []
    if reading.content.price_cents:
        return True
    asked = matches(_PRICE, reading.text)
    return [place for place in asked if not _GIFT_CONTEXT.search(reading.text[max(0, place[0] - 45) : place[0]])]


@finder
def high_price(reading: Reading) -> Found:
    return True if (reading.content.price_cents or 0) > HIGH_PRICE_CENTS else []
