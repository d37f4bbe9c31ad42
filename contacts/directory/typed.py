"""From what is typed of a contact, in a form or in a line of a file, to what is kept; and back.

One reader for both: what a form refuses, a file cannot bring in.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from app import database
from app.dates import today
from app.forms import Errors
from contacts.directory import numbers, territory
from contacts.directory.reading import Content
from contacts.directory.written_times import (
    Unreadable,
    closures_of,
    closures_text,
    day_of,
    meetings_of,
    meetings_text,
)
from contacts.kinds import CONTACT, TOPIC, ContactKind, Topic
from members.emails import address_of
from places.communes import commune
from places.folding import fold

LONGEST = {"name": 120, "about": 2_000, "place": 300, "url": 300, "mail": 254}
MOST_COMMUNES = 400
NO = ("non", "0", "faux", "no")

Typed = Mapping[str, str]


class Wrong(ValueError):
    """What was typed does not fit; the text says what to write instead."""


async def bodies_named(names: Iterable[str]) -> dict[str, UUID]:
    """By the name as it was typed, with single spaces, whatever its capitals and accents. One query."""
    asked = list({tidy for name in names if (tidy := " ".join(name.split()))})
    if not asked:
        return {}
    found = await database.rows(
        "SELECT t.name, b.id FROM unnest($1::text[]) AS t(name) JOIN body b ON b.folded = folded_name(t.name)"
        " ORDER BY b.name = t.name",
        asked,
    )
    return {row["name"]: row["id"] for row in found}


def content_of(typed: Typed, bodies: Mapping[str, UUID]) -> tuple[Content | None, Errors]:
    """What is kept, or None and a message for each field that does not fit."""
    values: dict[str, Any] = {}
    errors: Errors = {}
    for name, read in (_READERS | {"body": lambda said: _body(said, bodies)}).items():
        said = typed.get(name, "").strip()
        try:
            values[name] = read(_short(name, said))
        except (Wrong, Unreadable) as wrong:
            errors[name] = str(wrong)
    if not errors and not (values["line"] or values["mail"] or values["place"] or values["url"]):
        errors["line"] = "Indiquez au moins un moyen de le joindre : téléphone, courriel, lieu ou site."
    return (None if errors else Content(**values)), errors


def typed_of(content: Content, body_name: str = "", between: str = "\n") -> dict[str, str]:
    """As it would be typed: `content_of` reads it back."""
    return {
        "kind": content.kind.value,
        "name": content.name,
        "about": content.about,
        "departments": ", ".join(content.departments),
        "communes": between.join(_commune_text(code) for code in content.communes),
        "topics": ", ".join(content.topics_text),
        "commune": _commune_text(content.commune) if content.commune else "",
        "place": content.place,
        "line": content.line_text.replace("\u00a0", " "),
        "mail": content.mail,
        "url": content.url,
        "body": body_name,
        "meetings": meetings_text(content.meetings, between),
        "closures": closures_text(content.closures, between),
        "checked_on": content.checked_on.isoformat(),
        "is_shown": "oui" if content.is_shown else "non",
    }


def _commune_text(code: str) -> str:
    place = commune(code)
    return place.label if place else f"INSEE {code}"


def _short(name: str, said: str) -> str:
    if len(said) > LONGEST.get(name, 20_000):
        raise Wrong(f"Écrivez au plus {LONGEST.get(name, 20_000)} caractères.")
    if name not in ("about", "meetings", "closures", "communes"):
        said = " ".join(said.split())
    if not said.replace("\n", "").replace("\t", "").isprintable():
        raise Wrong("Ce texte contient des caractères invisibles. Écrivez-le à la main.")
    return said


def _kind(said: str) -> ContactKind:
    if found := _KINDS.get(fold(said)):
        return found
    raise Wrong(f"Choisissez parmi : {', '.join(CONTACT.values())}.")


def _name(said: str) -> str:
    if len(said) < 3:
        raise Wrong("Écrivez un nom d’au moins 3 caractères.")
    return said


def _departments(said: str) -> tuple[str, ...]:
    known, unknown = territory.departments_of(said)
    if unknown:
        raise Wrong(f"Aucun département ne porte ce numéro : {_some(unknown)}. Exemple : 29, 35, 2A, 974.")
    return known


def _communes(said: str) -> tuple[str, ...]:
    known, unknown = territory.communes_of(said)
    if unknown:
        raise Wrong(
            f"Commune inconnue, ou qui en désigne plusieurs : {_some(unknown)}. Écrivez par exemple : Brest (29)."
        )
    if len(known) > MOST_COMMUNES:
        raise Wrong(f"Indiquez au plus {MOST_COMMUNES} communes, ou des départements entiers.")
    return known


def _topics(said: str) -> tuple[Topic, ...]:
    asked = territory.pieces(said)
    unknown = [one for one in asked if fold(one) not in _TOPICS]
    if unknown:
        raise Wrong(f"Sujet inconnu : {_some(unknown)}. Choisissez parmi : {', '.join(TOPIC.values())}.")
    chosen = {_TOPICS[fold(one)] for one in asked}
    return tuple(topic for topic in Topic if topic in chosen)


def _commune(said: str) -> str | None:
    if not said:
        return None
    if place := territory.place_named(said):
        return place.code
    raise Wrong("Nous ne reconnaissons pas cette commune. Écrivez par exemple : Brest (29), ou son code postal.")


def _line(said: str) -> str:
    line = numbers.line_of(said) if said else ""
    if line is None:
        raise Wrong("Ce numéro ne semble pas complet. Par exemple : 02 98 00 00 00, ou 3939.")
    return line


def _mail(said: str) -> str:
    mail = address_of(said) if said else ""
    if mail is None:
        raise Wrong("Cette adresse de courriel ne semble pas complète.")
    return mail


def _url(said: str) -> str:
    if not said:
        return ""
    whole = said if "://" in said else f"https://{said}"
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or "." not in host or parts.scheme not in ("https", "http") or " " in whole or "@" in parts.netloc:
        raise Wrong("Écrivez l’adresse d’une page, par exemple : https://www.exemple.fr/social.")
    return whole


def _body(said: str, bodies: Mapping[str, UUID]) -> UUID | None:
    if said and said not in bodies:
        raise Wrong("Aucun organisme ne porte ce nom. Écrivez-le comme dans la liste des organismes.")
    return bodies[said] if said else None


def _checked_on(said: str) -> date:
    day = day_of(said) if said else today()
    if day is None or day > today() or day.year < 2000:
        raise Wrong("Écrivez le jour de la dernière vérification, passé ou d’aujourd’hui : 24/11/2026.")
    return day


def _some(unknown: list[str]) -> str:
    more = len(unknown) - 3
    return ", ".join(one[:40] for one in unknown[:3]) + (f" et {more} autres" if more > 0 else "")


_KINDS = {fold(said): kind for kind in ContactKind for said in (kind.value, CONTACT[kind])} | {
    fold("Correspondant"): ContactKind.correspondent,
    fold("Autre"): ContactKind.agency,
}
_TOPICS = {fold(said): topic for topic in Topic for said in (topic.value, TOPIC[topic])}
_READERS: dict[str, Callable[[str], Any]] = {
    "kind": _kind,
    "name": _name,
    "about": str,
    "departments": _departments,
    "communes": _communes,
    "topics": _topics,
    "commune": _commune,
    "place": str,
    "line": _line,
    "mail": _mail,
    "url": _url,
    "meetings": meetings_of,
    "closures": lambda said: closures_of(said, today() - timedelta(days=1)),
    "checked_on": _checked_on,
    "is_shown": lambda said: fold(said) not in NO,
}
