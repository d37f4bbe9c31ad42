"""What a member said of their exchanges, in French words."""

from datetime import date, timedelta

from babel.dates import format_date

from exchanges.calendar.exchanger import Household, Length, Wished
from exchanges.kinds import Need, Scope, Setting, Way
from places.communes import commune
from places.departments import department, region

SCOPE = {
    Scope.commune: "Autour d’une commune",
    Scope.department: "Un département",
    Scope.region: "Une région",
    Scope.overseas: "L’outre-mer",
    Scope.anywhere: "N’importe où",
}
IN_SETTING = {
    Setting.sea: "à la mer",
    Setting.mountain: "à la montagne",
    Setting.countryside: "à la campagne",
    Setting.town: "en ville",
}
NEED = {
    Need.step_free: "Logement de plain-pied",
    Need.pets: "Nos animaux viennent avec nous",
    Need.no_smoking: "Logement non-fumeur",
}
WAY = {
    Way.other_weeks: "Chacun ses semaines",
    Way.loop: "Les boucles à trois ou quatre",
    Way.hosting: "Prêter sans contrepartie",
    Way.hosted: "Être accueilli sans contrepartie",
}
WAY_HINT = {
    Way.other_weeks: "Vous partez à Pâques, ils viennent en août.",
    Way.loop: "Vous allez à Brest, Brest va à Annecy, Annecy vient chez vous : bien plus de familles partent.",
    Way.hosting: "Votre logement est libre et vous n’avez pas besoin d’un autre, ces semaines-là.",
    Way.hosted: "Possible aussi quand vous n’avez pas de logement à proposer.",
}
GIVE_OR_TAKE = ("Ces semaines-là exactement", "À une semaine près", "À deux semaines près")


def wish_in_words(wish: Wished) -> str:
    """`À moins de 50 km de Brest (29), à la mer`."""
    where = _where(wish)
    return f"{where}, {IN_SETTING[wish.setting]}" if wish.setting else where


def household_in_words(household: Household) -> str:
    """`4 personnes, logement de plain-pied`."""
    people = "1 personne" if household.party_size == 1 else f"{household.party_size} personnes"
    return ", ".join([people, *(_lower(NEED[need]) for need in household.needs)])


def length_in_words(length: Length) -> str:
    """`1 à 2 semaines, à une semaine près`."""
    least, most = length.least_weeks, length.most_weeks
    weeks = f"{least} à {most}" if least < most else str(most)
    about = f", {_lower(GIVE_OR_TAKE[length.give_or_take])}" if length.give_or_take else ""
    return f"{weeks} semaine{'s' if most > 1 else ''}{about}"


def week_in_words(saturday: date) -> str:
    """`du 3 au 10 juillet`, `du 31 juil. au 7 août`."""
    after = saturday + timedelta(weeks=1)
    if saturday.month == after.month:
        return f"du {_day(saturday)} au {_day(after)} {_month(after)}"
    return f"du {_day(saturday)} {_month(saturday, 'MMM')} au {_day(after)} {_month(after, 'MMM')}"


def _where(wish: Wished) -> str:
    match wish.scope:
        case Scope.commune:
            place = commune(wish.area or "")
            return f"À moins de {wish.km} km de {place.label if place else wish.area}"
        case Scope.department:
            found = department(wish.area or "")
            return found.label if found else f"Département {wish.area}"
        case Scope.region:
            named = region(wish.area or "")
            return named.name if named else f"Région {wish.area}"
        case Scope.overseas:
            return "Outre-mer"
    return "N’importe où"


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _month(day: date, pattern: str = "MMMM") -> str:
    return str(format_date(day, pattern, locale="fr"))
