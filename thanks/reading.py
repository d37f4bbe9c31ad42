"""A member's words of thanks: those received, those they may write, those they wrote."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app import database, paging
from app.dates import in_words, since
from app.settings import PARIS
from listings.kinds import IS_AN_AD
from members.me import Me
from thanks.opening import ABOUT, HAS_READ, TO_WRITE
from thanks.tables import ThanksState

MOST = 50

STATE = {
    ThanksState.sealed: "gardé",
    ThanksState.published: "ouvert",
    ThanksState.held: "en relecture",
    ThanksState.removed: "retiré par la modération",
    ThanksState.private: "pour les modérateurs",
}


class Received(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    body: str
    name: str
    about: str
    published_at: datetime
    can_be_reported: bool

    @property
    def at_text(self) -> str:
        return since(self.published_at)


class ToWrite(msgspec.Struct, frozen=True, kw_only=True):
    """`path` leads to the form; a `name` is that of the other, empty when it is still to say who it was."""

    path: str
    name: str
    about: str
    last_day: str


class Written(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    body: str
    private_line: str
    name: str
    about: str
    state: ThanksState
    opens_at: datetime

    @property
    def state_text(self) -> str:
        return STATE[self.state]

    @property
    def said(self) -> str:
        """What that means for who wrote it."""
        if self.state is ThanksState.sealed:
            opens = in_words(self.opens_at.astimezone(PARIS).date())
            return f"{self.name} le lira quand chacun aura écrit, au plus tard le {opens}."
        return {
            ThanksState.published: f"{self.name} peut le lire.",
            ThanksState.held: "Un modérateur le lit d’abord.",
        }.get(self.state, "")

    @property
    def tone(self) -> str:
        return {ThanksState.published: "good", ThanksState.removed: "bad"}.get(self.state, "still")


class Board(msgspec.Struct, frozen=True):
    """`families` is how many families said this member helped them; `older` the address of the next page."""

    families: int
    received: list[Received]
    to_write: list[ToWrite]
    written: list[Written]
    older: str | None


async def board(me: Me, after: paging.After | None) -> Board:
    """What members whom a block keeps away wrote, or were written, is not there."""
    hidden = list(me.hidden)
    found = await database.rows(
        _RECEIVED, me.id, hidden, after.at if after else None, after.id if after else None, paging.SIZE + 1
    )
    received = [Received(**row) for row in found[: paging.SIZE]]
    more = len(found) > paging.SIZE
    return Board(
        families=await database.value("SELECT families_helped FROM member WHERE id = $1", me.id),
        received=received,
        to_write=[] if after else [_to_write(row) for row in await database.rows(WORDS_DUE, me.id, hidden, TO_WRITE)],
        written=[] if after else [_written(row) for row in await database.rows(_WRITTEN, me.id, hidden)],
        older=paging.address(paging.After(received[-1].published_at, received[-1].id)) if more else None,
    )


def _to_write(row: Any) -> ToWrite:
    return ToWrite(
        path=f"/mercis/ecrire/{row['help']}" if row["help"] else f"/annonces/{row['listing']}/aide",
        name=row["name"],
        about=row["about"],
        last_day=in_words((row["at"] + TO_WRITE).astimezone(PARIS).date()),
    )


def _written(row: Any) -> Written:
    return Written(**{**row, "state": ThanksState(row["state"])})


_RECEIVED = f"""
SELECT t.id, t.body, m.first_name AS name, {ABOUT} AS about, t.published_at, l.id IS NOT NULL AS can_be_reported
FROM thanks t JOIN help h ON h.id = t.help JOIN member m ON m.id = t.from_member LEFT JOIN listing l ON l.id = h.listing
WHERE t.to_member = $1 AND t.state = 'published' AND t.from_member <> ALL($2)
    AND ($3::timestamptz IS NULL OR (t.published_at, t.id) < ($3, $4::uuid))
ORDER BY t.published_at DESC, t.id DESC LIMIT $5
"""
# An ad settled without saying who helped (by the link of an e-mail) can still say it, and so can one whose day has
# passed while somebody was counted on.
WORDS_DUE = f"""
SELECT h.id AS help, h.listing, m.first_name AS name, h.about, h.at
FROM help h JOIN listing l ON l.id = h.listing AND l.status <> 'removed'
JOIN member m ON m.id = CASE WHEN h.helper = $1 THEN h.helped ELSE h.helper END
WHERE $1 IN (h.helper, h.helped) AND h.at > clock_timestamp() - $3::interval AND m.id <> ALL($2)
    AND NOT EXISTS (SELECT FROM thanks t WHERE t.help = h.id AND t.from_member = $1 AND t.state <> 'deleted')
    AND NOT ({HAS_READ.format(member="$1")})
UNION ALL
SELECT NULL, l.id, '', l.title, l.closed_at FROM listing l
WHERE l.author = $1 AND l.status = 'closed' AND l.{IS_AN_AD}
    AND (l.outcome = 'fulfilled' OR (l.outcome = 'expired'
        AND (SELECT count(*) FROM answer a WHERE a.listing = l.id AND a.state = 'chosen') > 0))
    AND l.closed_at > clock_timestamp() - $3::interval
    AND NOT EXISTS (SELECT FROM help WHERE help.listing = l.id)
    AND EXISTS (SELECT FROM conversation c WHERE c.listing = l.id AND c.helper <> ALL($2))
ORDER BY at DESC LIMIT {MOST}
"""
_WRITTEN = f"""
SELECT t.id, t.body, t.private_line, m.first_name AS name, {ABOUT} AS about, t.state, t.opens_at
FROM thanks t JOIN help h ON h.id = t.help JOIN member m ON m.id = t.to_member LEFT JOIN listing l ON l.id = h.listing
WHERE t.from_member = $1 AND t.state <> 'deleted' AND t.to_member <> ALL($2)
ORDER BY t.written_at DESC, t.id DESC LIMIT {MOST}
"""
