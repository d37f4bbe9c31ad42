"""What a member is waited for, most urgent first: each line is one thing to do and where to do it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from agenda.waited_for import EVERYTHING
from app import database
from app.dates import in_words, moment
from app.settings import PARIS
from listings.kinds import APART, NAMED, Category
from listings.life.term import last_day
from listings.paths import own_path_of, writing_path_of
from members.me import Me
from places.zones import zone_of
from thanks.opening import TO_WRITE


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `said` is what happens, `about` the ad it concerns, `when` until when it can be done."""

    kind: str
    said: str
    about: str = ""
    when: str = ""
    icon: str
    action: str
    url: str


class Waiting(NamedTuple):
    """The first lines, and how many more there are."""

    lines: list[Wait]
    more: int


Line = Callable[[Any], Wait]


async def what_waits(me: Me, most: int = 3) -> Waiting:
    """The first `most` things that wait for `me`. One query."""
    found = [
        (_URGENCY[row["kind"]], row["until"], _LINES[row["kind"]](row))
        for row in await database.rows(EVERYTHING, me.id, list(me.hidden), TO_WRITE)
    ]
    if me.unread_messages:
        found.append((_URGENCY["messages"], datetime.min.replace(tzinfo=UTC), _messages(me.unread_messages)))
    lines = [line for *_, line in sorted(found, key=lambda one: one[:2])]
    return Waiting(lines[:most], max(0, len(lines) - most))


_URGENCY = {
    "asked": 0,
    "call": 0,  # each passes at its hour, and to somebody else: the one that ends first stands first
    "swap": 0,
    "roof": 0,
    "sent_back": 1,
    "swap_days": 2,
    "answers": 2,
    "thanks": 3,
    "ending": 4,
    "messages": 5,
    "draft": 6,
}


def _asked(row: Any) -> Wait:
    return Wait(
        kind="asked",
        said="Une place vous est proposée",
        about=row["title"],
        when=f"Elle vous est gardée jusqu’au {moment(row['until'], zone_of(row['department']))}",
        icon="heart-handshake",
        action="Répondre",
        url=f"/messages/{row['other']}",
    )


def _call(row: Any) -> Wait:
    return Wait(
        kind="call",
        said=f"Pouvez-vous venir {in_words(row['day'])} ?",
        about=row["title"],
        when=f"Dites-le avant {moment(row['until'], zone_of(row['department']))}",
        icon="calendar-days",
        action="Répondre",
        url=f"/creneaux/{row['other']}",
    )


def _swap(row: Any) -> Wait:
    return _of_an_exchange(row, "Un échange de logements attend votre oui ou votre non", "house", "Répondre")


def _swap_days(row: Any) -> Wait:
    return _of_an_exchange(row, "Les jours d’un échange attendent votre accord", "calendar-days", "Voir les jours")


def _of_an_exchange(row: Any, said: str, icon: str, action: str) -> Wait:
    when = f"Dites-le avant {moment(row['until'])}"
    return Wait(kind=row["kind"], said=said, when=when, icon=icon, action=action, url=f"/echanges/{row['other']}")


def _roof(row: Any) -> Wait:
    return Wait(
        kind="roof",
        said="Un foyer se retrouve sans toit : pouvez-vous l’accueillir ?",
        when=f"Dites-le avant {moment(row['until'])}",
        icon="hand-heart",
        action="Répondre",
        url=f"/accueils/{row['other']}",
    )


def _sent_back(row: Any) -> Wait:
    return Wait(
        kind="sent_back",
        said=f"Votre {_named(row)} est à corriger",
        about=_title(row),
        icon="pencil",
        action="Corriger",
        url=writing_path_of(row["category"], row["listing"]),
    )


def _answers(row: Any) -> Wait:
    many = row["number"] > 1
    return Wait(
        kind="answers",
        said=f"{row['number']} réponses attendent votre choix" if many else "Une réponse attend votre choix",
        about=row["title"],
        icon="users",
        action="Choisir",
        url=f"/annonces/{row['listing']}/candidatures",
    )


def _thanks(row: Any) -> Wait:
    said_who = row["other"] is not None
    return Wait(
        kind="thanks",
        said=f"Un mot pour {row['who']} ?" if said_who else "Qui était de l’échange ?",
        about=row["title"],
        when=f"Possible jusqu’au {in_words((row['until'] + TO_WRITE).astimezone(PARIS).date())}",
        icon="hand-heart",
        action="Écrire" if said_who else "Le dire",
        url=f"/mercis/ecrire/{row['other']}" if said_who else f"/annonces/{row['listing']}/aide",
    )


ENDS = {Category.home: "La fiche de votre logement", Category.local_offer: "Votre offre locale"}


def _ending(row: Any) -> Wait:
    category = row["category"]
    return Wait(
        kind="ending",
        said=f"{ENDS.get(category, 'Votre annonce')} se termine bientôt",
        about=row["title"],
        when=f"Visible jusqu’au {in_words(last_day(row['until'], row['department']))}",
        icon="clock",
        action="Prolonger ou terminer",
        url=own_path_of(category, row["listing"]) if category in APART else f"/mes-annonces#annonce-{row['listing']}",
    )


def _named(row: Any) -> str:
    return NAMED[Category(row["category"])][0]


def _title(row: Any) -> str:
    return row["title"] or f"{_named(row).capitalize()} sans titre"


def _messages(unread: int) -> Wait:
    return Wait(
        kind="messages",
        said=f"{unread} messages non lus" if unread > 1 else "Un message non lu",
        icon="message-circle",
        action="Lire",
        url="/messages",
    )


def _draft(row: Any) -> Wait:
    others = row["number"] - 1
    return Wait(
        kind="draft",
        said=f"{others + 1} brouillons à finir" if others else "Un brouillon à finir",
        about=_title(row),
        when=f"et {others} autre{'s' if others > 1 else ''}" if others else "",
        icon="pencil",
        action="Continuer",
        url=writing_path_of(row["category"], row["listing"])
        if not others
        else "/mon-espace?annonces=brouillons#annonces",
    )


_LINES: dict[str, Line] = {
    "asked": _asked,
    "call": _call,
    "swap": _swap,
    "swap_days": _swap_days,
    "roof": _roof,
    "sent_back": _sent_back,
    "answers": _answers,
    "thanks": _thanks,
    "ending": _ending,
    "draft": _draft,
}
