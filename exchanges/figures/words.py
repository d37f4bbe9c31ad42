"""The French words of the figures."""

from datetime import date

from babel.dates import format_date
from msgspec.structs import replace

from exchanges.figures.report import Number, Report
from exchanges.homes.sheet import HOME_KIND
from exchanges.kinds import Form, Reason

ALL = "tous les foyers"
HOMES = {**{kind.value: word for kind, word in HOME_KIND.items()}, "": "Sans logement à prêter"}
FORMS = {
    Form.pair: "Échange à deux",
    Form.loop: "Boucle de trois ou quatre",
    Form.hospitality: "Accueil",
    Form.week_room: "Chambre en semaine",
}
REASONS = {
    Reason.weeks: "Les dates",
    Reason.place: "Le lieu",
    Reason.home: "Le logement",
    Reason.size: "La taille",
    Reason.other: "Autre raison",
}


def months_in_words(report: Report | None) -> list[Number]:
    """`novembre 2026`, the latest first."""
    months = report.months if report else ()
    return [
        replace(one, label=format_date(date.fromisoformat(f"{one.key}-01"), "MMMM y", locale="fr"))
        for one in reversed(months)
    ]
