"""What members ask the search: addresses of each kind, all different, so that nothing kept answers them."""

from collections.abc import Callable
from random import Random
from urllib.parse import urlencode

from app.demo_crowd.people import somewhere
from app.demo_crowd.phrases import phrases

THINGS = ("baby", "furniture", "sport", "home", "tool", "culture", "chore", "garden", "load", "paper", "subject", "dog")
OTHERS = (
    "nounou mercredi", "baby-sitting samedi soir", "garde partagée", "covoiturage gare", "promener chien midi",
    "aide aux devoirs anglais", "déménagement samedi", "pousette", "velo electrique", "machine a laver", "nourrir chat",
    "trajet école matin", "carton demenagement", "coup de main jardin", "tondeuse", "traduction courrier",
)  # fmt: skip
DEPARTMENTS = ("29", "35", "75", "69", "13", "59", "33", "31", "974", "44", "67", "06")
CATEGORIES = ("childcare", "pet_care", "classifieds", "helping_hand", "rides")

Asked = list[str]


def words(chance: Random) -> str:
    """A thing, sometimes with the town it is wanted in, sometimes without its accents."""
    if chance.random() < 0.25:
        return chance.choice(OTHERS)
    thing = chance.choice(phrases().words[chance.choice(THINGS)])
    return f"{thing} {somewhere(chance).name}" if chance.random() < 0.2 else thing


def _place(chance: Random) -> str:
    return somewhere(chance).label


def _filtered(chance: Random) -> dict[str, object]:
    return {"q": words(chance), "categorie": chance.choice(CATEGORIES), "departement": chance.choice(DEPARTMENTS)}


def _days(chance: Random) -> dict[str, object]:
    """Without words: what everybody has is counted."""
    days = sorted(chance.sample(range(7), 2))
    return {"jours": days, "moments": chance.choice(["morning", "evening"]), "departement": chance.choice(DEPARTMENTS)}


def _near(chance: Random) -> dict[str, object]:
    return {"q": words(chance), "commune": _place(chance), "rayon": chance.choice([10, 25, 50])}


def _nearest(chance: Random) -> dict[str, object]:
    return {"q": words(chance), "commune": _place(chance), "tri": "nearest"}


def _suggested(chance: Random) -> dict[str, object]:
    typed = words(chance)
    return {"q": typed[: chance.randint(3, 8)]}


KINDS: dict[str, tuple[str, Callable[[Random], dict[str, object]]]] = {
    "words": ("/annonces", lambda chance: {"q": words(chance)}),
    "words, category, department": ("/annonces", _filtered),
    "days and period, no words": ("/annonces", _days),
    "words, within some km": ("/annonces", _near),
    "words, nearest first": ("/annonces", _nearest),
    "the one box": ("/recherche", lambda chance: {"q": words(chance)}),
    "suggestions": ("/suggestions", _suggested),
}


def addresses(kind: str, how_many: int, seed: int) -> Asked:
    """Each once; a kind that does not have so many different ones asks some again."""
    path, asked = KINDS[kind]
    chance = Random(f"{kind} {seed}")
    found: dict[str, None] = {}
    for _ in range(how_many * 4):
        found[f"{path}?{urlencode(asked(chance), doseq=True)}"] = None
        if len(found) == how_many:
            break
    return list(found)
