"""What a home says of itself: the details of a listing of category `home`. Never when it is free."""

import enum

import msgspec

from exchanges.kinds import Setting
from listings.particulars import Details


class HomeKind(enum.StrEnum):
    house = "house"
    flat = "flat"
    studio = "studio"
    room = "room"


class Occupancy(enum.StrEnum):
    """By what title the member lives there; each has its own legal reminder."""

    owner = "owner"
    tenant = "tenant"
    social_tenant = "social_tenant"
    service_housing = "service_housing"


class Amenity(enum.StrEnum):
    wifi = "wifi"
    washing_machine = "washing_machine"
    dishwasher = "dishwasher"
    garden = "garden"
    balcony = "balcony"
    parking = "parking"
    cot = "cot"
    high_chair = "high_chair"
    toys = "toys"
    bicycles = "bicycles"
    desk = "desk"
    near_station = "near_station"


class Access(enum.StrEnum):
    step_free = "step_free"
    lift = "lift"
    wide_doors = "wide_doors"
    walk_in_shower = "walk_in_shower"


class Room(enum.StrEnum):
    """What a photo shows."""

    living = "living"
    kitchen = "kitchen"
    bedroom = "bedroom"
    bathroom = "bathroom"
    outside = "outside"
    around = "around"


class Beds(msgspec.Struct, frozen=True, omit_defaults=True):
    double: int = 0
    single: int = 0
    sofa: int = 0


HOME_KIND = {
    HomeKind.house: "Maison",
    HomeKind.flat: "Appartement",
    HomeKind.studio: "Studio",
    HomeKind.room: "Chambre",
}
OCCUPANCY = {
    Occupancy.owner: "propriétaire",
    Occupancy.tenant: "locataire",
    Occupancy.social_tenant: "locataire d’un logement social",
    Occupancy.service_housing: "en logement de fonction ou de service",
}
AMENITY = {
    Amenity.wifi: "wifi",
    Amenity.washing_machine: "lave-linge",
    Amenity.dishwasher: "lave-vaisselle",
    Amenity.garden: "jardin",
    Amenity.balcony: "balcon ou terrasse",
    Amenity.parking: "place de stationnement",
    Amenity.cot: "lit de bébé",
    Amenity.high_chair: "chaise haute",
    Amenity.toys: "jeux d’enfants",
    Amenity.bicycles: "vélos",
    Amenity.desk: "bureau",
    Amenity.near_station: "gare ou arrêt proche",
}
ACCESS = {
    Access.step_free: "de plain-pied",
    Access.lift: "ascenseur",
    Access.wide_doors: "portes larges",
    Access.walk_in_shower: "douche sans marche",
}
SETTING = {
    Setting.sea: "mer",
    Setting.mountain: "montagne",
    Setting.countryside: "campagne",
    Setting.town: "ville",
}
ROOM = {
    Room.living: "Séjour",
    Room.kitchen: "Cuisine",
    Room.bedroom: "Chambre",
    Room.bathroom: "Salle d’eau",
    Room.outside: "Extérieur",
    Room.around: "Alentours",
}
HOUSE_RULES = "Règles de la maison"


class Sheet(Details, frozen=True, omit_defaults=True, kw_only=True):
    """`sleeps` is how many people sleep there; `rooms` says what a photo, by its id, shows; `week_room` that a room is
    lent from Monday to Thursday while its host is there. `agreement`: who lives in service housing has their
    administration's written agreement. Neither it nor the occupancy is a fact readers see."""

    home_kind: HomeKind
    sleeps: int
    bedrooms: int = 1
    beds: Beds = Beds()
    occupancy: Occupancy
    agreement: bool = False
    settings: tuple[Setting, ...] = ()
    amenities: tuple[Amenity, ...] = ()
    access: tuple[Access, ...] = ()
    pets_welcome: bool = False
    smoking: bool = False
    house_rules: str = ""
    week_room: bool = False
    rooms: dict[str, Room] = {}

    def facts(self) -> list[tuple[str, str]]:
        return [
            ("Logement", HOME_KIND[self.home_kind]),
            ("Couchages", str(self.sleeps)),
            ("Chambres", str(self.bedrooms)),
            *_listed("Autour", [SETTING[one] for one in self.settings]),
            *_listed("Équipements", [AMENITY[one] for one in self.amenities]),
            *_listed("Accès", [ACCESS[one] for one in self.access]),
            ("Animaux", "bienvenus" if self.pets_welcome else "non"),
            ("Tabac", "accepté" if self.smoking else "non"),
            *([("Chambre en semaine", "du lundi au jeudi, l’hôte est là")] if self.week_room else []),
            *([(HOUSE_RULES, self.house_rules)] if self.house_rules else []),
        ]

    def for_the_team(self) -> list[tuple[str, str]]:
        beds = beds_in_words(self.beds)
        return [("Lits", beds)] if beds else []


def beds_in_words(beds: Beds) -> str:
    """`1 lit double, 3 lits simples`; empty when nobody said."""
    counted = ((beds.double, "lit double", "lits doubles"), (beds.single, "lit simple", "lits simples"),
               (beds.sofa, "canapé-lit", "canapés-lits"))  # fmt: skip
    return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counted if number)


def _listed(label: str, words: list[str]) -> list[tuple[str, str]]:
    return [(label, ", ".join(words))] if words else []
