"""Exchanges in French words."""

from datetime import date

from app.dates import DAYS, in_words
from exchanges.kinds import Form, Reason, State

FORM = {
    Form.pair: "Échange à deux",
    Form.loop: "Échange en boucle",
    Form.hospitality: "Accueil sans contrepartie",
    Form.week_room: "Chambre en semaine",
}
STATE = {
    State.proposed: "Proposé",
    State.accepted: "Accepté, jours à convenir",
    State.confirmed: "Confirmé",
    State.done: "Terminé",
    State.dissolved: "N’aura pas lieu",
}
TONE = {
    State.proposed: "",
    State.accepted: "",
    State.confirmed: "good",
    State.done: "still",
    State.dissolved: "still",
}
REASON = {
    Reason.weeks: "Les semaines ne me vont plus",
    Reason.place: "Je n’ai pas envie d’aller par là",
    Reason.home: "Ce logement ne me convient pas",
    Reason.size: "La taille ne convient pas",
    Reason.other: "Une autre raison",
}


def fit_in_words(score: int) -> str:
    """`score` is from 0 to 100."""
    if score >= 80:
        return "Répond à tout ce que vous avez demandé"
    return "Répond bien à vos souhaits" if score >= 55 else "Répond à l’essentiel de vos souhaits"


def span_in_words(first: date, last: date, days: tuple[int, ...] = ()) -> str:
    """`du samedi 4 juillet au samedi 11 juillet`; with weekdays: `le lundi et le mardi, du … au …`."""
    span = f"du {in_words(first)} au {in_words(last)}"
    if not days:
        return span
    named = [f"le {DAYS[day]}" for day in sorted(days)]
    listed = f"{', '.join(named[:-1])} et {named[-1]}" if len(named) > 1 else named[0]
    return f"{listed}, {span}"
