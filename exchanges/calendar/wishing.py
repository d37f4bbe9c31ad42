"""A list of wishes being written: what the page holds before it is saved."""

from types import SimpleNamespace
from typing import Annotated, Any, NamedTuple

import msgspec

from app.forms import Errors, Form
from exchanges.calendar.exchanger import ExchangerView, Household, Wished
from exchanges.calendar.saving import MOST_WISHES
from exchanges.calendar.words import IN_SETTING, NEED, SCOPE, WAY, WAY_HINT, wish_in_words
from exchanges.calendar.year import LARGEST_VERSION
from exchanges.kinds import Need, Scope, Setting, Way
from members.home_commune import meant, trouble
from places.communes import Place, commune
from places.departments import department, departments, region, regions
from places.folding import fold

KMS = (10, 20, 30, 50, 100, 200, 300)
SAVE, ADD = "save", "add"
Wishes = list[Wished]

CHOICES = SimpleNamespace(
    scopes=list(SCOPE.items()),
    kms=[(km, f"{km} km") for km in KMS],
    departments=[(one.code, one.label) for one in departments()],
    regions=[(one.code, one.name) for one in sorted(regions(), key=lambda one: fold(one.name))],
    settings=[(setting, words[0].upper() + words[1:]) for setting, words in IN_SETTING.items()],
    needs=list(NEED.items()),
    ways=[(way, words, WAY_HINT[way]) for way, words in WAY.items()],
)
"""What the page offers."""


class WishesForm(Form):
    """`wish` are those already on the page (`as_text`), `scope` and what follows the one being added. `do` saves, adds,
    or is `up-2`, `down-2`, `out-2` for the wish at that place."""

    party_size: Annotated[int, msgspec.Meta(ge=1, le=20)]
    needs: list[Need] = []
    ways: list[Way] = []
    wish: Annotated[list[Annotated[str, msgspec.Meta(max_length=40)]], msgspec.Meta(max_length=MOST_WISHES)] = []
    scope: Scope | None = None
    commune: Annotated[str, msgspec.Meta(max_length=120)] = ""
    commune_code: Annotated[str, msgspec.Meta(max_length=5)] = ""
    km: Annotated[int, msgspec.Meta(ge=5, le=300)] = 50
    department: Annotated[str, msgspec.Meta(max_length=3)] = ""
    region: Annotated[str, msgspec.Meta(max_length=3)] = ""
    setting: Setting | None = None
    version: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_VERSION)] = 1
    do: str = SAVE

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "party_size": "Indiquez combien vous êtes, de 1 à 20.",
            "wish": "Cette liste a été abîmée en route. Relisez-la, puis enregistrez-la.",
            "scope": "Choisissez ce que vous souhaitez.",
            "km": "Choisissez une distance.",
            "setting": "Choisissez une des réponses proposées.",
            "version": "Cette page a été abîmée en route. Relisez-la, puis enregistrez-la.",
        }

    @property
    def household(self) -> Household:
        return Household(
            party_size=self.party_size, needs=tuple(dict.fromkeys(self.needs)), ways=tuple(dict.fromkeys(self.ways))
        )

    @property
    def saves(self) -> bool:
        return self.do == SAVE

    @property
    def adds(self) -> bool:
        """Somebody who chose a place and saves means to add it."""
        return self.do == ADD or (self.saves and self.scope is not None)


class Written(NamedTuple):
    """The list as it stands on the page, what does not fit, and the communes the one being added may be."""

    wishes: Wishes
    errors: Errors = {}
    candidates: list[Place] = []
    added: bool = False

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each wish as a form sends it and in words."""
        return [(as_text(wish), wish_in_words(wish)) for wish in self.wishes]


def added(form: WishesForm) -> Written:
    """The list with the wish being written."""
    wishes = read_all(form.wish)
    if form.scope is None:
        return Written(wishes, {"scope": WishesForm.messages()["scope"]})
    place, candidates = meant(form.commune, form.commune_code) if form.scope is Scope.commune else (None, [])
    if form.scope is Scope.commune and place is None:
        return Written(wishes, {"commune": trouble(candidates)}, candidates)
    areas = {Scope.commune: place.code if place else None, Scope.department: form.department, Scope.region: form.region}
    wish = Wished(form.scope, areas.get(form.scope), form.km if place else None, form.setting)
    if not _is_sound(wish):
        return Written(wishes, {form.scope.value: "Choisissez dans la liste."})
    if wish in wishes:
        return Written(wishes, {"scope": "Ce souhait est déjà dans votre liste."})
    if len(wishes) >= MOST_WISHES:
        return Written(wishes, {"scope": f"Une liste tient en {MOST_WISHES} souhaits : retirez-en un d’abord."})
    return Written([*wishes, wish], added=True)


def moved(wishes: Wishes, do: str) -> Wishes:
    """The list after `up-2`, `down-2` or `out-2`; the same after anything else."""
    way, _, at = do.partition("-")
    places = {str(n): n for n in range(len(wishes))}
    if at not in places:
        return wishes
    here, others = places[at], [wish for n, wish in enumerate(wishes) if str(n) != at]
    match way:
        case "up":
            return [*others[: max(here - 1, 0)], wishes[here], *others[max(here - 1, 0) :]]
        case "down":
            return [*others[: here + 1], wishes[here], *others[here + 1 :]]
        case "out":
            return others
    return wishes


def as_given(kept: ExchangerView | None, sent: Any, written: Written) -> Any:
    """What the fields hold: what was typed, but for a wish that is now in the list; else what is kept."""
    if sent is None:
        household = kept.household if kept else Household()
        return {**msgspec.structs.asdict(household), "km": 50}
    if written.added:
        lists = {name: sent.getall(name, []) for name in ("needs", "ways")}
        return {"party_size": sent.get("party_size"), **lists, "km": 50}
    return sent


def as_text(wish: Wished) -> str:
    """As a form sends it: `commune:29019:50:sea`."""
    return f"{wish.scope.value}:{wish.area or ''}:{wish.km or ''}:{wish.setting.value if wish.setting else ''}"


def read_all(sent: list[Any]) -> Wishes:
    """Those of a form, each once; what no page of ours wrote is left out."""
    found = [wish for text in sent[:MOST_WISHES] if isinstance(text, str) and (wish := _read(text))]
    return list(dict.fromkeys(found))


def _read(text: str) -> Wished | None:
    parts = dict(zip(("scope", "area", "km", "setting"), text.split(":"), strict=False))
    try:
        wish = msgspec.convert({name: part for name, part in parts.items() if part}, Wished, strict=False)
    except msgspec.ValidationError:
        return None
    return wish if _is_sound(wish) else None


def _is_sound(wish: Wished) -> bool:
    area = wish.area or ""
    match wish.scope:
        case Scope.commune:
            return commune(area) is not None and wish.km is not None and 5 <= wish.km <= 300
        case Scope.department:
            return department(area) is not None and wish.km is None
        case Scope.region:
            return region(area) is not None and wish.km is None
    return wish.area is None and wish.km is None
