"""What each category asks: only what a helper needs, never why (DESIGN 3.1)."""

import enum

from exchanges.homes.sheet import Sheet
from listings.kinds import Category
from listings.particulars import Details
from partners.sheet import OfferSheet


class AgeBand(enum.StrEnum):
    baby = "baby"
    toddler = "toddler"
    child = "child"
    teen = "teen"


class Home(enum.StrEnum):
    theirs = "theirs"
    mine = "mine"
    either = "either"


class Species(enum.StrEnum):
    dog = "dog"
    cat = "cat"
    small = "small"
    bird = "bird"
    farmyard = "farmyard"
    other = "other"


class Condition(enum.StrEnum):
    new = "new"
    very_good = "very_good"
    good = "good"
    worn = "worn"


class Task(enum.StrEnum):
    moving = "moving"
    errands = "errands"
    tutoring = "tutoring"
    handiwork = "handiwork"
    garden = "garden"
    paperwork = "paperwork"
    tools = "tools"
    other = "other"


AGE_BAND = {
    AgeBand.baby: "moins de 3 ans",
    AgeBand.toddler: "3 à 5 ans",
    AgeBand.child: "6 à 10 ans",
    AgeBand.teen: "11 ans et plus",
}
HOME = {Home.theirs: "chez la famille", Home.mine: "chez la personne qui aide", Home.either: "chez l’un ou l’autre"}
SPECIES = {
    Species.dog: "chien",
    Species.cat: "chat",
    Species.small: "petit animal (lapin, rongeur)",
    Species.bird: "oiseau",
    Species.farmyard: "animal de basse-cour",
    Species.other: "autre animal",
}
CONDITION = {
    Condition.new: "neuf",
    Condition.very_good: "très bon état",
    Condition.good: "bon état",
    Condition.worn: "état d’usage",
}
TASK = {
    Task.moving: "déménagement",
    Task.errands: "courses",
    Task.tutoring: "aide aux devoirs",
    Task.handiwork: "bricolage",
    Task.garden: "jardin",
    Task.paperwork: "démarches",
    Task.tools: "outils",
    Task.other: "autre coup de main",
}


class Childcare(Details, frozen=True):
    children: int = 1
    ages: tuple[AgeBand, ...] = ()
    home: Home = Home.theirs

    def facts(self) -> list[tuple[str, str]]:
        return [
            ("Enfants", str(self.children)),
            *([("Âges", ", ".join(AGE_BAND[age] for age in self.ages))] if self.ages else []),
            ("Garde", HOME[self.home]),
        ]


class SchoolRun(Details, frozen=True):
    """`school` is the INSEE code of the school's commune; the school itself is never named."""

    school: str
    seats: int = 1

    def facts(self) -> list[tuple[str, str]]:
        return [("Commune de l’école", _place(self.school)), ("Places", str(self.seats))]


class PetCare(Details, frozen=True):
    species: tuple[Species, ...] = ()
    home: Home = Home.theirs

    def facts(self) -> list[tuple[str, str]]:
        where = {Home.theirs: "au domicile de l’animal", Home.mine: "chez la personne qui garde"}
        return [
            ("Animal", ", ".join(SPECIES[one] for one in self.species)),
            ("Garde", where.get(self.home, HOME[self.home])),
        ]


class Classified(Details, frozen=True):
    condition: Condition | None = None

    def facts(self) -> list[tuple[str, str]]:
        return [("État", CONDITION[self.condition])] if self.condition else []


class HelpingHand(Details, frozen=True):
    task: Task = Task.other

    def facts(self) -> list[tuple[str, str]]:
        return [("Coup de main", TASK[self.task])]


class Ride(Details, frozen=True):
    """`to` is the INSEE code of the commune of arrival; the ad's own commune is where it starts."""

    to: str
    seats: int = 1

    def facts(self) -> list[tuple[str, str]]:
        return [("Arrivée", _place(self.to)), ("Places", str(self.seats))]


class Tip(Details, frozen=True):
    """`summary` is what to remember, in one line; its author may write it once the discussion took place."""

    summary: str = ""

    def facts(self) -> list[tuple[str, str]]:
        return [("En bref", self.summary)] if self.summary else []


DETAILS: dict[Category, type[Details]] = {
    Category.childcare: Childcare,
    Category.school_run: SchoolRun,
    Category.pet_care: PetCare,
    Category.classifieds: Classified,
    Category.helping_hand: HelpingHand,
    Category.rides: Ride,
    Category.tips: Tip,
    Category.home: Sheet,
    Category.local_offer: OfferSheet,
}


def _place(code: str) -> str:
    from places.communes import commune

    found = commune(code)
    return found.label if found else code
