"""What the demo's members searched in vain, and the words Denis brought together since."""

from members.me import Me
from search.vocabulary.adding import Way, WordsForm, add
from search.vocabulary.unfound import note

WORDS = [
    (Way.same, "guitoune", "tente"),
    (Way.one_way, "mobilier", "canapé", "armoire", "table"),
]
IN_VAIN = {
    "kayak": ("anne", "bilal", "hugo", "ines", "karim"),
    "table de ping-pong": ("jules", "louise", "nicolas", "gaelle"),
    "métier à tisser": ("maelle", "farid", "chloe"),
    "théorbe": ("anne", "emilie"),
}
"""The last one is of too few to be shown."""


async def search_in_vain(cast: dict[str, Me]) -> None:
    for way, *terms in WORDS:
        await add(WordsForm(terms="\n".join(terms), way=way), cast["denis"])
    for words, members in IN_VAIN.items():
        for member in members:
            await note(words, cast[member].id)
