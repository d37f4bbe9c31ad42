"""The searches the demo's members keep, what they searched in vain, and the words Denis brought together since."""

from litestar.datastructures import MultiDict

from listings.reading.filters import Filters
from members.me import Me
from search.saved.paces import Pace
from search.saved.saving import save
from search.vocabulary.adding import Way, WordsForm, add
from search.vocabulary.unfound import note

WORDS: list[tuple[Way, list[str]]] = [
    (Way.same, ["guitoune", "tente"]),
    (Way.one_way, ["mobilier", "canapé", "armoire", "table"]),
]
IN_VAIN = {
    "kayak": ("anne", "bilal", "hugo", "ines", "karim"),
    "table de ping-pong": ("jules", "louise", "nicolas", "gaelle"),
    "métier à tisser": ("maelle", "farid", "chloe"),
    "théorbe": ("anne", "emilie"),
}
"""The last one is of too few to be shown."""
KEPT = [
    ("anne", Pace.at_once, {"q": "cartons déménagement"}),
    ("anne", Pace.weekly, {"categorie": "childcare", "type": "offer", "departement": "29"}),
    ("bilal", Pace.at_once, {"q": "poussette", "nature": "give"}),
    ("emilie", Pace.daily, {"categorie": "pet_care", "rayon": "25"}),
    ("karim", Pace.weekly, {"q": "vélo enfant", "prix_max": "60"}),
]


async def keep_searches(cast: dict[str, Me]) -> None:
    """Before the ads are written: those that answer are told as they would have been."""
    for name, pace, asked in KEPT:
        await save(cast[name], Filters.of(MultiDict(asked)), pace)


async def search_in_vain(cast: dict[str, Me]) -> None:
    for way, terms in WORDS:
        await add(WordsForm(terms="\n".join(terms), way=way), cast["denis"])
    for words, members in IN_VAIN.items():
        for member in members:
            await note(words, cast[member].id)
