"""How many, how long and how soon, as coarse as whoever opens their home can do with."""

from datetime import timedelta

NUMBERS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit"}
SOON = timedelta(weeks=3)


def people_in_words(party_size: int) -> str:
    return "une personne" if party_size == 1 else f"{NUMBERS.get(party_size, party_size)} personnes"


def nights_in_words(length: timedelta) -> str:
    """`quelques jours` under a week, then whole weeks, begun ones counted."""
    if length < timedelta(days=6):
        return "quelques jours"
    weeks = -(-length.days // 7)
    return "une semaine" if weeks == 1 else f"{NUMBERS.get(weeks, weeks)} semaines"


def soon_in_words(until_then: timedelta) -> str:
    return "dans les trois semaines qui viennent" if until_then < SOON else "dans les semaines qui viennent"
