"""The school calendar people of a department live by.

Zones A, B and C group académies, unchanged since the arrêté of 16 April 2015 but for the names of regions (the lists
below: arrêté of 15 December 2020, NOR MENE2032706A). Elsewhere the recteur or the territory sets the calendar (code de
l'éducation, D. 521-6 and D. 521-7).
"""

import enum


class SchoolZone(enum.StrEnum):
    a = "A"
    b = "B"
    c = "C"
    corse = "corse"
    guadeloupe = "guadeloupe"
    martinique = "martinique"
    guyane = "guyane"
    reunion = "reunion"
    mayotte = "mayotte"
    saint_pierre_et_miquelon = "saint_pierre_et_miquelon"
    polynesie = "polynesie"
    nouvelle_caledonie = "nouvelle_caledonie"
    wallis_et_futuna = "wallis_et_futuna"

    @property
    def holidays(self) -> str:
        """`vacances de la zone B`, `vacances scolaires de La Réunion`."""
        return f"vacances scolaires {_OF[self]}" if self in _OF else f"vacances de la zone {self.value}"

    @property
    def words(self) -> str:
        """`zone B`, `calendrier de La Réunion`."""
        return f"calendrier {_OF[self]}" if self in _OF else f"zone {self.value}"


MAINLAND_ZONES = (SchoolZone.a, SchoolZone.b, SchoolZone.c)
_OF = {
    SchoolZone.corse: "de Corse",
    SchoolZone.guadeloupe: "de Guadeloupe",
    SchoolZone.martinique: "de Martinique",
    SchoolZone.guyane: "de Guyane",
    SchoolZone.reunion: "de La Réunion",
    SchoolZone.mayotte: "de Mayotte",
    SchoolZone.saint_pierre_et_miquelon: "de Saint-Pierre-et-Miquelon",
    SchoolZone.polynesie: "de Polynésie française",
    SchoolZone.nouvelle_caledonie: "de Nouvelle-Calédonie",
    SchoolZone.wallis_et_futuna: "de Wallis-et-Futuna",
}

_MAINLAND = {
    # Besançon, Bordeaux, Clermont-Ferrand, Dijon, Grenoble, Limoges, Lyon, Poitiers
    SchoolZone.a: "25 39 70 90  24 33 40 47 64  03 15 43 63  21 58 71 89  07 26 38 73 74  19 23 87  01 42 69"
    "  16 17 79 86",
    # Aix-Marseille, Amiens, Lille, Nancy-Metz, Nantes, Nice, Normandie, Orléans-Tours, Reims, Rennes, Strasbourg
    SchoolZone.b: "04 05 13 84  02 60 80  59 62  54 55 57 88  44 49 53 72 85  06 83  14 27 50 61 76"
    "  18 28 36 37 41 45  08 10 51 52  22 29 35 56  67 68",
    # Créteil, Montpellier, Paris, Toulouse, Versailles
    SchoolZone.c: "77 93 94  11 30 34 48 66  75  09 12 31 32 46 65 81 82  78 91 92 95",
}
_ELSEWHERE = {
    "2A": SchoolZone.corse,
    "2B": SchoolZone.corse,
    "971": SchoolZone.guadeloupe,
    "972": SchoolZone.martinique,
    "973": SchoolZone.guyane,
    "974": SchoolZone.reunion,
    "975": SchoolZone.saint_pierre_et_miquelon,
    "976": SchoolZone.mayotte,
    "977": SchoolZone.guadeloupe,  # Saint-Barthélemy and Saint-Martin belong to the académie of Guadeloupe
    "978": SchoolZone.guadeloupe,
    "986": SchoolZone.wallis_et_futuna,
    "987": SchoolZone.polynesie,
    "988": SchoolZone.nouvelle_caledonie,
}
_ZONES = {code: zone for zone, codes in _MAINLAND.items() for code in codes.split()} | _ELSEWHERE


def school_zone(department: str | None) -> SchoolZone | None:
    """None where there is no school (984, 989) and where no department is known."""
    return _ZONES.get(department or "")
