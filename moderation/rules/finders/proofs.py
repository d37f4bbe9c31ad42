"""Numbers that carry their own proof: social security, bank account, payment card."""

import re
from functools import cache

from stdnum import iban as account
from stdnum import luhn, numdb
from stdnum.fr import nir as social_security

from moderation.rules.finders.registry import finder
from moderation.rules.reading import Place, Reading

_NIR = re.compile(r"(?<!\w)[1-478](?:[\s._/-]{0,2}\d){5}[\s._/-]{0,2}[\dab](?:[\s._/-]{0,2}\d){6,8}(?!\w)")
_NIR_AS_PRINTED = re.compile(r"[1-478]\s\d\d\s\d\d\s\d[\dab]\s\d{3}\s\d{3}(?:\s\d\d)?")
_MONTHS = {*range(1, 13), *range(20, 43), *range(50, 100)}


@finder
def nir(reading: Reading) -> list[Place]:
    """Social security numbers: 15 signs with a right key, or 13 grouped as they are printed on the card."""
    return [match.span() for match in _NIR.finditer(reading.text) if _is_nir(match.group())]


def _is_nir(written: str) -> bool:
    digits = _letters_and_digits(written)
    if len(digits) not in {13, 15} or int(digits[3:5]) not in _MONTHS:
        return False
    if len(digits) == 13:
        return _NIR_AS_PRINTED.fullmatch(written) is not None
    return social_security.is_valid(digits)


# Seen from each place on, so that what only looks like an account cannot swallow the one behind it.
_IBAN = re.compile(r"(?<!\w)(?=([a-z]{2}[\s.-]?\d[\s.-]?\d(?:[\s.-]?[a-z0-9]){11,30}))")
_ACCOUNTS = numdb.get("iban")


@finder
def iban(reading: Reading) -> list[Place]:
    """Bank account numbers of the length their country gives them and with a right key."""
    candidates = ((match.start(), _iban_end(match.group(1))) for match in _IBAN.finditer(reading.text))
    found: list[Place] = []
    for start, length in candidates:
        if length and (not found or found[-1][1] <= start):
            found.append((start, start + length))
    return found


def _iban_end(written: str) -> int:
    """How many characters of the text the number takes; 0 when it is no account number."""
    length = _iban_length(written[:2].upper())
    positions = [index for index, character in enumerate(written) if character.isalnum()][:length]
    if not length or len(positions) < length:
        return 0
    return (
        positions[-1] + 1
        if account.is_valid("".join(written[index] for index in positions), check_country=False)
        else 0
    )


@cache
def _iban_length(country: str) -> int:
    """0 for letters that are no country."""
    known = _ACCOUNTS.info(country)[0][1].get("bban")
    return 4 + sum(map(int, re.findall(r"(\d+)!", known))) if known else 0


_CARD = re.compile(r"(?<!\w)[3-6](?:[\s.-]?\d){14,15}(?!\w)")


@finder
def payment_card(reading: Reading) -> list[Place]:
    return [match.span() for match in _CARD.finditer(reading.text) if _is_card(_letters_and_digits(match.group()))]


def _is_card(digits: str) -> bool:
    return len(set(digits)) > 1 and luhn.is_valid(digits)


def _letters_and_digits(written: str) -> str:
    return "".join(character for character in written if character.isalnum())
