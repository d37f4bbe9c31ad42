"""The links of the reminder: who holds one may say what became of the ad, once, without signing in.

A link names the ad, how often it was prolonged and when the reminder left: using it compares all three with the row and
changes it in one statement, so that of two uses one finds it used.
"""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.dates import in_words, now
from app.refusals import Refused
from app.signing import signed, unsigned
from listings.kinds import APART, NAMED, Category, Outcome, Status
from listings.life.term import last_day
from listings.life.which_ad import HAS_OTHERS_THAT_DAY, published_in_words
from listings.paths import own_path_of

PURPOSE = "listings.ending"
STATE = {
    Status.draft: "{} est de nouveau un brouillon.",
    Status.pending: "{} est en relecture.",
    Status.removed: "{} est retirée par la modération.",
    Status.aside: "{} est mise de côté pour l’instant.",
}


class Action(enum.StrEnum):
    renew = "renew"
    settle = "settle"
    withdraw = "withdraw"


class Link(msgspec.Struct, frozen=True, array_like=True):
    listing: UUID
    renewals: int
    reminded_at: datetime
    action: Action

    @property
    def still(self) -> dict[str, Any]:
        """What the row must still say for the link to work."""
        return {"renewals": self.renewals, "reminded_at": self.reminded_at}


class LinkGone(Refused):
    """A link that was changed, cut or made up: nobody learns which."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "Ce lien n’est pas complet, ou l’annonce a été effacée. Ouvrez-le de nouveau depuis l’e-mail,"
            " ou connectez-vous : vos annonces sont dans « Mes annonces »."
        )


class Stands(enum.Enum):
    """Where the ad stands for a link."""

    waits = "waits"
    used = "used"
    over = "over"


class LinkedAd(msgspec.Struct, frozen=True):
    """An ad as its link's page shows it; `expires_at` may be past."""

    link: Link
    author: UUID
    title: str
    category: Category
    status: Status
    outcome: Outcome | None
    published_text: str
    expires_at: datetime | None
    department: str | None
    stands: Stands

    @property
    def actions(self) -> tuple[Action, ...]:
        """What its author may do with it; a home or a local offer is never settled, it stays where it is."""
        return (Action.renew, Action.withdraw) if self.category in APART else tuple(Action)

    @property
    def path(self) -> str:
        """Where its author finds what else may be done with it."""
        return own_path_of(self.category, self.link.listing)

    @property
    def until_text(self) -> str:
        return in_words(last_day(self.expires_at, self.department)) if self.expires_at else ""

    @property
    def state_text(self) -> str:
        """What became of it, in a sentence."""
        the = NAMED[self.category][1]
        the = the[0].upper() + the[1:]
        match self.status:
            case Status.published:
                return f"{the} est en ligne jusqu’au {self.until_text}."
            case Status.closed:
                return f"{the} est {'terminée : c’est réglé' if self.outcome is Outcome.fulfilled else 'retirée'}."
            case _:
                return STATE[self.status].format(the)


def ending_link(listing: UUID, renewals: int, reminded_at: datetime, action: Action) -> str:
    """The token of an address under /lien/annonce/."""
    return signed(PURPOSE, msgspec.to_builtins(Link(listing, renewals, reminded_at, action)))


def read_link(token: str) -> Link:
    """Raises LinkGone."""
    try:
        return msgspec.convert(unsigned(PURPOSE, token), Link)
    except msgspec.ValidationError:
        raise LinkGone from None


async def ending_of(token: str) -> LinkedAd:
    """Without using it. Raises LinkGone for a link that is not ours or whose ad was erased."""
    link = read_link(token)
    row = await database.row(f"SELECT l.*, {HAS_OTHERS_THAT_DAY} FROM listing l WHERE id = $1", link.listing)
    if row is None:
        raise LinkGone
    return LinkedAd(
        link=link,
        author=row["author"],
        title=row["title"],
        category=Category(row["category"]),
        status=Status(row["status"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        published_text=published_in_words(row["published_at"], row["has_others_that_day"]),
        expires_at=row["expires_at"],
        department=row["department"],
        stands=_stands(link, row),
    )


def _stands(link: Link, row: asyncpg.Record) -> Stands:
    if row["status"] == Status.published:
        if row["expires_at"] <= now():
            return Stands.over
        return Stands.waits if all(row[name] == value for name, value in link.still.items()) else Stands.used
    return Stands.over if row["outcome"] == Outcome.expired else Stands.used
