"""The lines under an ad's text, in words."""

from app.dates import in_words
from listings.content import Content
from listings.kinds import DEAL, KIND, Category
from places.communes import commune


def facts_of(content: Content) -> list[tuple[str, str]]:
    """As members read them: label and value."""
    place = commune(content.commune) if content.commune else None
    lines = [
        ("Type", KIND[content.kind] if content.kind else ""),
        ("Proposition", DEAL[content.deal] if content.deal else ""),
        ("Prix", f"{content.price_cents / 100:.2f}\u202f€".replace(".", ",") if content.price_cents else ""),
        ("Quantité", str(content.quantity) if content.quantity > 1 else ""),
        ("Commune", place.label if place else ""),
        ("Quand", content.schedule.in_words() if content.schedule else ""),
        (
            "Jusqu’au" if content.category is Category.local_offer else "Pour le",
            in_words(content.wanted_by) if content.wanted_by else "",
        ),
        *(content.particulars.facts() if content.particulars else []),
    ]
    return [(label, value) for label, value in lines if value]


def facts_for_the_team(content: Content) -> list[tuple[str, str]]:
    """The same, with what only its author and the moderators read."""
    return [*facts_of(content), *(content.particulars.for_the_team() if content.particulars else [])]
