"""What the page of an offer's form needs, whether shown for the first time or again with its messages."""

from collections.abc import Mapping
from typing import Any

from app.forms import Errors
from benefits.kinds import RUBRIC
from listings.content import Content
from listings.writing.written_places import choices
from partners.kinds import OFFER_ICON, OFFER_KIND, READERS
from partners.writing.written import typed_again

LABELS = {
    "offer_kind": "Genre",
    "title": "Titre",
    "partner": "Partenaire ou équipement",
    "body": "Ce que c’est",
    "conditions": "Conditions",
    "for_whom": "Pour qui",
    "how": "Comment en profiter",
    "url": "Page sur Internet",
    "commune": "Commune",
    "departments": "Départements",
    "rubric": "Rubrique",
    "starts_on": "À partir du",
    "ends_on": "Jusqu’au",
    "readers": "Qui peut la lire",
    "agreement": "Accord du partenaire",
    "agreed_on": "Date de l’accord",
    "reference": "Votre référence",
}
"""Of each field that may be wrong, in the order of the form."""


def form_context(
    content: Content, sent: Mapping[str, Any] | None = None, errors: Errors | None = None
) -> dict[str, Any]:
    """`sent` is what was typed, when the form is shown again; otherwise the content fills it."""
    typed = typed_again(content) if sent is None else sent
    wrong = {name: errors[name] for name in LABELS if name in errors} if errors else {}
    return {
        "sent": typed,
        "errors": wrong,
        "labels_of_fields": LABELS,
        "kinds": [(one.value, words, "", OFFER_ICON[one]) for one, words in OFFER_KIND.items()],
        "readers": [(one.value, words) for one, words in READERS.items()],
        "rubrics": [(one.value, words) for one, words in RUBRIC.items()],
        "place_choices": [(one, one) for one in choices(str(typed.get("commune") or "")) if "commune" in wrong],
    }
