"""The list of a move: what there is to do, in order, and the ads of both places that help."""

import enum
from datetime import datetime
from uuid import UUID

import msgspec

from app import database
from app.french import of
from app.refusals import NotHere
from contacts.directory.asking import contacts_near
from exchanges.homes.reading.filters import HomeFilters
from listings.kinds import Category, Deal, Kind
from listings.reading.filters import Filters
from places.communes import Place

Link = tuple[str, str]
"""Words and address."""


class Step(enum.StrEnum):
    boxes = "boxes"
    give = "give"
    hands = "hands"
    pets = "pets"
    papers = "papers"
    rights = "rights"
    stay = "stay"
    childcare = "childcare"
    school = "school"
    equip = "equip"
    tips = "tips"


GROUPS: dict[str, tuple[Step, ...]] = {
    "Avant de partir": (Step.rights, Step.boxes, Step.give, Step.papers, Step.stay),
    "Le jour du déménagement": (Step.hands, Step.pets),
    "Une fois sur place": (Step.childcare, Step.school, Step.equip, Step.tips),
}
WORDS = {
    Step.boxes: (
        "Trouver des cartons",
        "D’autres viennent de vider les leurs ; demandez aussi des couvertures.",
    ),
    Step.give: ("Donner ce que vous n’emportez pas", "Moins à porter pour vous, et quelqu’un d’équipé près d’ici."),
    Step.papers: (
        "Prévenir de votre nouvelle adresse",
        "Assurance du logement et de la voiture, banque, impôts, caisse d’allocations, assurance maladie, énergie,"
        " courrier.",
    ),
    Step.rights: (
        "Voir ce qui vous est dû",
        "Aide à l’installation, prêt, indemnités : certaines se demandent avant de partir. Et vos contacts là-bas.",
    ),
    Step.stay: (
        "Dormir sur place avant d’emménager",
        "Un échange de logement, une chambre en semaine : le temps de visiter, d’inscrire les enfants.",
    ),
    Step.hands: (
        "Réunir quelques bras",
        "Demandez assez tôt, en disant combien de personnes, combien d’étages et s’il y a du lourd.",
    ),
    Step.pets: ("Faire garder votre animal", "Une journée au calme, loin des portes ouvertes et des cartons."),
    Step.childcare: ("Faire garder vos enfants", "Regardez tôt : les habitudes se prennent avant la rentrée."),
    Step.school: ("Partager le trajet de l’école", "Une famille voisine fait peut-être déjà le chemin chaque matin."),
    Step.equip: ("S’équiper sur place", "À donner ou à prêter près de chez vous : inutile de tout racheter."),
    Step.tips: ("Lire et laisser une astuce", "Ce que les membres conseillent à qui arrive ; bientôt, le vôtre."),
}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A step as one member sees it."""

    step: Step
    links: list[Link]
    done_at: datetime | None

    @property
    def title(self) -> str:
        return WORDS[self.step][0]

    @property
    def text(self) -> str:
        return WORDS[self.step][1]


def list_for(places: tuple[Place, ...], done: dict[str, datetime]) -> dict[str, list[Line]]:
    """The lines by part of the move. `places` are home and, when it is declared, the place one is going to."""
    return {
        part: [Line(step=step, links=_links(step, places), done_at=done.get(step)) for step in steps]
        for part, steps in GROUPS.items()
    }


async def steps_done(member: UUID) -> dict[str, datetime]:
    rows = await database.rows("SELECT step, done_at FROM moving_step WHERE member = $1", member)
    return {row["step"]: row["done_at"] for row in rows}


async def tick(member: UUID, step: str, *, done: bool) -> None:
    """Ticks a step or takes the tick away; twice is once. Raises NotHere for a step that is not on the list."""
    if step not in set(Step):
        raise NotHere
    if done:
        await database.execute(
            "INSERT INTO moving_step (member, step, done_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING",
            member,
            step,
        )
    else:
        await database.execute("DELETE FROM moving_step WHERE member = $1 AND step = $2", member, step)


def _links(step: Step, places: tuple[Place, ...]) -> list[Link]:
    """Ads of home for what is done before leaving, of the other place for what comes after, of both for cartons."""
    before, after = places[:1], places[-1:]
    match step:
        case Step.boxes:
            return [*_near(places, "Cartons", q="cartons"), _ask("Demander des cartons", Category.classifieds)]
        case Step.give:
            return [
                _ask("Publier un don", Category.classifieds),
                *_near(before, "Ce que l’on cherche", categorie=Category.classifieds, nature=Deal.seek),
            ]
        case Step.rights:
            return [
                ("Le guide de la mutation", "/droits/evenements/mutation"),
                ("À quoi ai-je droit ?", "/droits/mes-droits"),
                *[(f"Contacts près {of(place.name)}", contacts_near(place)) for place in after],
            ]
        case Step.stay:
            return [
                *[
                    (f"Logements près {of(place.name)}", HomeFilters(departement=place.department).address())
                    for place in after
                ],
                ("Mes échanges", "/moi/echanges"),
            ]
        case Step.hands:
            offers = _near(places, "Coups de main proposés", categorie=Category.helping_hand, type=Kind.offer)
            return [_ask("Demander un coup de main", Category.helping_hand), *offers]
        case Step.pets:
            return _near(before, "Gardes d’animaux proposées", categorie=Category.pet_care, type=Kind.offer)
        case Step.childcare:
            return _near(after, "Gardes d’enfants proposées", categorie=Category.childcare, type=Kind.offer)
        case Step.school:
            return _near(after, "Trajets d’école", categorie=Category.school_run)
        case Step.equip:
            return [
                *_near(after, "À donner", categorie=Category.classifieds, nature=Deal.give),
                *_near(after, "À prêter", categorie=Category.classifieds, nature=Deal.lend),
            ]
        case Step.tips:
            return [*_near(after, "Bons procédés", categorie=Category.tips), _ask("Partager le vôtre", Category.tips)]
    return []


def _near(places: tuple[Place, ...], words: str, **filters: object) -> list[Link]:
    """One link for each place, narrowed to its department."""
    return [
        (f"{words} près {of(place.name)}", Filters(departement=place.department, **filters).address())  # type: ignore[arg-type]
        for place in places
    ]


def _ask(words: str, category: Category) -> Link:
    return words, f"/annonces/nouvelle?categorie={category}"
