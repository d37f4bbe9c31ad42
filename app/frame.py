"""What stands around every page, rendered once for everyone who sees the same: it costs more than the page itself."""

from datetime import datetime
from functools import lru_cache, partial
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup, escape

from members.me import Me

PLACES = (
    "/annonces/nouvelle",
    "/logements",
    "/droits",
    "/contacts",
    "/offres",
    "/service-social",
    "/correspondance",
    "/messages",
    "/notifications",
    "/moi",
    "/mon-espace",
    "/agenda",
    "/mes-annonces",
    "/moderation",
    "/administration",
    "/connexion",
    "/rejoindre",
    "/charte",
    "/aide-et-ecoute",
    "/transparence",
    "/credits",
    "/courriels",
)
EXACTLY = ("/", "/annonces", "/recherche")
SEARCHED = "\ue002"  # a private character: the header is rendered once for all searches
MOST = 100  # counts beyond 99 look the same


class Looks(NamedTuple):
    """The part of `Me` the header shows: the same for many members."""

    unread_messages: int
    unread_notifications: int
    is_moderator: bool
    is_administrator: bool
    is_correspondent: bool
    is_social_worker: bool
    is_suspended: bool
    no_posting_until: datetime | None


class Frame:
    """The head, header and foot of layout.html."""

    def __init__(self, jinja: Environment) -> None:
        self._jinja = jinja
        self._header = lru_cache(2000)(partial(self._render, "header"))
        self.head = lru_cache(1)(partial(self._render, "head"))
        self._foot = lru_cache(20)(partial(self._render, "foot"))

    def header(self, me: Me | None, path: str, searched: str = "") -> Markup:
        """`searched` are the words that stay in the search box."""
        return self._header(looks(me), place_of(path), SEARCHED).replace(SEARCHED, escape(searched))

    def foot(self, path: str) -> Markup:
        return self._foot(place_of(path))

    def _render(self, part: str, *given: object) -> Markup:
        macros = self._jinja.get_template("parts/frame.html").module
        return Markup(getattr(macros, part)(*given))  # noqa: S704 - a template's own output


def place_of(path: str) -> str:
    """The entry of the navigation a path belongs to, or nothing."""
    if path in EXACTLY:
        return path
    return next((place for place in PLACES if path == place or path.startswith(f"{place}/")), "")


def looks(me: Me | None) -> Looks | None:
    if me is None:
        return None
    return Looks(
        unread_messages=min(me.unread_messages, MOST),
        unread_notifications=min(me.unread_notifications, MOST),
        is_moderator=me.is_moderator,
        is_administrator=me.is_administrator,
        is_correspondent=me.is_correspondent,
        is_social_worker=me.is_social_worker,
        is_suspended=me.is_suspended,
        no_posting_until=me.no_posting_until,
    )
