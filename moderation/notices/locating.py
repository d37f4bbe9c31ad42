"""From the address somebody typed to what stands there."""

import re
from urllib.parse import unquote, urlsplit
from uuid import UUID

import asyncpg

from app import database
from app.database import LARGEST_ID
from app.pages import back_to
from app.settings import settings
from listings.access import was_online
from members.me import Me
from moderation.cases.tables import CaseKind
from moderation.reports.reportable import Reportable

LONGEST = 500


def address_here(typed: str) -> str | None:
    """The path on this site, with the fragment that names a message of the page; None for an address elsewhere."""
    typed = typed.strip()
    try:
        whole = urlsplit(typed if "://" in typed or typed.startswith("/") else f"https://{typed}")
    except ValueError:
        return None
    ours = urlsplit(settings().site_url)
    if whole.netloc and whole.netloc.lower().removeprefix("www.") != ours.netloc.lower():
        return None
    path = unquote(whole.path).rstrip("/").removesuffix("/signalement") or "/"
    path += f"#{whole.fragment}" if _FRAGMENT.fullmatch(whole.fragment) else ""
    return path if len(path) <= LONGEST and back_to(path) == path else None


async def located(address: str, me: Me | None) -> Reportable | None:
    """What others than its author may read at this address of ours; None for all the rest: what was never there, what
    was taken away and what is not for this person are the same.

    A private message and a word of thanks are for those they were written to. Replies are numbered one after the other:
    who has no account names one with its ad, whose address nobody guesses.
    """
    for pattern, read in _PLACES:
        if found := pattern.fullmatch(address):
            return await read(found, me)
    return None


async def _listing(found: re.Match[str], me: Me | None) -> Reportable | None:
    row = await database.row(
        "SELECT l.id AS listing, l.author, l.title, '' AS text, l.category, l.department FROM listing l"
        f" WHERE l.id = $1 AND {was_online('l')}",
        UUID(found[1]),
    )
    return _there(row, CaseKind.listing)


async def _reply(found: re.Match[str], me: Me | None) -> Reportable | None:
    ad = UUID(found["ad"]) if found["ad"] else None
    if ad is None and me is None:
        return None
    row = await database.row(
        "SELECT l.id AS listing, r.author, l.title, r.body AS text, l.category, l.department, r.id AS reply"
        " FROM reply r JOIN listing l ON l.id = r.listing"
        f" WHERE r.id = $1 AND r.listing = coalesce($2, r.listing) AND r.state = 'published' AND {was_online('l')}",
        min(int(found["reply"]), LARGEST_ID),
        ad,
    )
    return _there(row, CaseKind.reply)


async def _thanks(found: re.Match[str], me: Me | None) -> Reportable | None:
    row = await database.row(
        "SELECT l.id AS listing, t.from_member AS author, l.title, t.body AS text, l.category, l.department,"
        " t.id AS thanks FROM thanks t JOIN help h ON h.id = t.help JOIN listing l ON l.id = h.listing"
        " WHERE t.id = $1 AND t.to_member = $2 AND t.state = 'published'",
        UUID(found[1]),
        me and me.id,
    )
    return _there(row, CaseKind.thanks)


async def _message(found: re.Match[str], me: Me | None) -> Reportable | None:
    row = await database.row(
        "SELECT l.id AS listing, m.sender AS author, l.title, m.body AS text, l.category, l.department,"
        " m.id AS message, c.id AS conversation FROM message m JOIN conversation c ON c.id = m.conversation"
        " JOIN listing l ON l.id = c.listing WHERE m.id = $1 AND c.id = $2 AND $3 IN (c.author, c.helper)"
        " AND m.event IS NULL AND m.withheld_at IS NULL",
        min(int(found[2]), LARGEST_ID),
        UUID(found[1]),
        me and me.id,
    )
    return _there(row, CaseKind.message)


def _there(row: asyncpg.Record | None, kind: CaseKind) -> Reportable | None:
    return Reportable(kind=kind, **row) if row else None


_ID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_NUMBER = "[0-9]{1,19}"
_FRAGMENT = re.compile(f"(?:reponse|message)-{_NUMBER}")
_PLACES = (
    (re.compile(f"/annonces/(?P<ad>{_ID})#reponse-(?P<reply>{_NUMBER})"), _reply),
    (re.compile(f"/(?:annonces|logements|offres)/({_ID})(?:#.*)?"), _listing),
    (re.compile(f"(?P<ad>)/reponses/(?P<reply>{_NUMBER})"), _reply),
    (re.compile(f"/mercis/({_ID})"), _thanks),
    (re.compile(f"/messages/({_ID})(?:/|#message-)({_NUMBER})"), _message),
)
