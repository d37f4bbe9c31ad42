"""Money asked in the words of a text."""

import re

from moderation.rules.finders.registry import finder
from moderation.rules.reading import Place, Reading, matches

_PRICE = re.compile(r"(?<![\w,.])\d{1,5}(?:[.,]\d{1,2})?\s?(?:€|eur\b|euros?\b)")
_NOT_ASKED = re.compile(
    r"(?:paye|valait|achete|valeur|neuf|neuve|coutait|prix d'achat|caution|depot|timbres?|frais de port|envoi)"
    r"[^¶.!?\n]{0,25}$"
)


@finder
def asked_price(reading: Reading) -> list[Place]:
    """Prices in words, but what a thing once cost, a deposit or the postage."""
    asked = matches(_PRICE, reading.text)
    return [place for place in asked if not _NOT_ASKED.search(reading.text[max(0, place[0] - 45) : place[0]])]
