"""The measures, from the lightest to the heaviest: how they are called, how long they last, who takes them."""

from datetime import datetime, timedelta

import msgspec

from app.dates import moment
from moderation.sanctions.tables import SanctionKind

ANSWERED_WITHIN = timedelta(days=30)
"""How long a heavy measure waits for a second yes: later, it would fall on somebody for what is long past."""
NO_END = 9999
"""The year in which a measure without an end ends: what Python makes of PostgreSQL's infinity."""


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """`says` is the sentence its member reads. `days` are the lengths offered, `most` the longest there is; both are
    empty for what has no end. A heavy one needs a second moderator's yes."""

    label: str
    says: str
    days: tuple[int, ...] = ()
    most: int = 0
    is_heavy: bool = False
    icon: str = "scale"


MEASURES = {
    SanctionKind.warn: Measure(
        label="Avertissement",
        says="C’est un avertissement\u202f: rien n’est limité. Si cela se répète, une mesure plus forte pourra suivre.",
        icon="triangle-alert",
    ),
    SanctionKind.review_first: Measure(
        label="Relecture avant publication",
        says="Vos prochaines publications sont relues par une personne avant d’être en ligne, comme au début.",
        icon="eye",
    ),
    SanctionKind.no_reporting: Measure(
        label="Signalement fermé pour un temps",
        says="Vous ne pouvez plus signaler pendant ce temps. Le reste du site vous reste ouvert.",
        days=(7, 30, 90),
        most=180,
        icon="flag",
    ),
    SanctionKind.no_posting: Measure(
        label="Publication fermée pour un temps",
        says="Vous ne pouvez ni publier ni répondre pendant ce temps. Vous pouvez lire, et continuer vos"
        " conversations.",
        days=(3, 7, 14, 30),
        most=90,
        icon="pencil",
    ),
    SanctionKind.suspension: Measure(
        label="Suspension",
        says="Votre accès est suspendu pendant ce temps, et vos annonces sont mises de côté. Elles reviennent à la fin,"
        " avec le temps qu’il leur restait.",
        days=(7, 14, 30, 90),
        most=365,
        is_heavy=True,
        icon="lock-keyhole",
    ),
    SanctionKind.exclusion: Measure(
        label="Exclusion",
        says="Votre accès est fermé, sans limite de durée, et vos annonces ne sont plus visibles.",
        is_heavy=True,
        icon="ban",
    ),
}
TIMED = frozenset(kind for kind, measure in MEASURES.items() if measure.most)
HEAVY = frozenset(kind for kind, measure in MEASURES.items() if measure.is_heavy)
OF_AUTHORS = tuple(kind for kind in SanctionKind if kind is not SanctionKind.no_reporting)


def until_in_words(ends_at: datetime | None) -> str:
    """`jusqu’au mardi 3 mars, 16 h 30`, or that there is no end."""
    if ends_at is None or ends_at.year == NO_END:
        return "sans limite de durée"
    return f"jusqu’au {moment(ends_at)}"
