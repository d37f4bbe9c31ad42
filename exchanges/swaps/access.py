"""The only way to an exchange on someone's behalf. Not theirs and not there are the same answer.

What a member may not know yet of the others is not read from the rows: no page can show it by mistake.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from litestar import Request
from litestar.params import FromPath

from app import database
from app.dates import in_words, moment, today
from app.refusals import NotHere
from exchanges.homes.cards import sleeps_in_words
from exchanges.homes.sheet import HOME_KIND, HomeKind
from exchanges.hospitality.lengths import people_in_words
from exchanges.kinds import Answer, Form, Origin, State
from exchanges.matching.explaining import why
from exchanges.swaps.agreeing import Span
from exchanges.swaps.words import FORM, STATE, TONE, fit_in_words, span_in_words
from members.visibility import not_blocked
from places.communes import commune
from places.departments import region


class HomeSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A home in an exchange: of which kind, how large, in which region. `id`, `title` and `where` (its commune) are
    empty while its member is not known to who asks; `is_online` tells whether its sheet can be read."""

    kind: str
    sleeps: str
    region: str
    id: UUID | None = None
    title: str = ""
    where: str = ""
    is_online: bool = False

    @property
    def said(self) -> str:
        """`Maison pour 6 personnes`."""
        return f"{self.kind} pour {self.sleeps}"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One in an exchange. `member` and `name` are empty while they are not known; `home` is None for who lends none.
    `comes` is how many would stay with who asks; empty for all others, and for who never said it."""

    place: int
    is_me: bool
    region: str
    home: HomeSeen | None
    member: UUID | None = None
    name: str = ""
    comes: str = ""
    has_agreed: bool = False

    @property
    def called(self) -> str:
        return "vous" if self.is_me else self.name or f"un membre ({self.region})"


class StaySeen(msgspec.Struct, frozen=True, kw_only=True):
    """`stands` are the days that are held or agreed on, `proposed` those that wait for everybody's yes; both are None
    for the stay of two others, whose days are nobody else's."""

    id: UUID
    guest: Person
    host: Person
    stands: Span | None
    proposed: Span | None
    talk: UUID | None

    @property
    def is_mine(self) -> bool:
        return self.guest.is_me or self.host.is_me

    @property
    def latest(self) -> Span | None:
        return self.proposed or self.stands

    @property
    def stands_in_words(self) -> str:
        return span_in_words(*self.stands) if self.stands else ""

    @property
    def proposed_in_words(self) -> str:
        return span_in_words(*self.proposed) if self.proposed else ""

    @property
    def is_under_way(self) -> bool:
        return bool(self.stands and self.stands.first <= today() < self.stands.last)


class OwnSwap(msgspec.Struct, frozen=True, kw_only=True):
    """An exchange as one of its members sees it. A proposal whose time is over is dissolved already, whether or not the
    job has passed. `answer` is theirs; `has_agreed` is about the days of this `version`."""

    id: UUID
    form: Form
    origin: Origin
    state: State
    score: int
    version: int
    answer: Answer
    i_asked: bool
    has_agreed: bool
    answer_by: datetime
    people: tuple[Person, ...]
    stays: tuple[StaySeen, ...]

    @property
    def path(self) -> str:
        return f"/echanges/{self.id}"

    @property
    def title(self) -> str:
        return FORM[self.form]

    @property
    def badge(self) -> tuple[str, str]:
        return STATE[self.state], TONE[self.state]

    @property
    def fit(self) -> str:
        return fit_in_words(self.score) if self.origin is Origin.matched else ""

    @property
    def until(self) -> str:
        """When it ends without an answer, or without days: those that stand are too late on their first day."""
        firsts = [stay.stands.first for stay in self.my_stays if stay.stands]
        if self.state is State.accepted and firsts and min(firsts) <= self.answer_by.date():
            return in_words(min(firsts))
        return moment(self.answer_by)

    @property
    def why(self) -> list[str]:
        """Of what the server found: whose home pleases whom."""
        me = next(place for place, person in enumerate(self.people) if person.is_me)
        return why([person.region for person in self.people], me)

    @property
    def others(self) -> list[Person]:
        return [person for person in self.people if not person.is_me]

    @property
    def my_stays(self) -> list[StaySeen]:
        return [stay for stay in self.stays if stay.is_mine]

    @property
    def as_guest(self) -> StaySeen | None:
        return next((stay for stay in self.stays if stay.guest.is_me), None)

    @property
    def as_host(self) -> StaySeen | None:
        return next((stay for stay in self.stays if stay.host.is_me), None)

    @property
    def waits_for_me(self) -> bool:
        if self.state is State.proposed:
            return self.answer is Answer.asked
        return self.is_about_days and not self.has_agreed

    @property
    def is_about_days(self) -> bool:
        """Days are to be found, or other days are proposed."""
        return self.state is State.accepted or (
            self.state is State.confirmed and any(stay.proposed for stay in self.my_stays)
        )

    @property
    def has_days(self) -> bool:
        return all(stay.latest for stay in self.my_stays)

    @property
    def can_be_left(self) -> bool:
        return self.state in (State.accepted, State.confirmed) and not any(stay.is_under_way for stay in self.stays)

    @property
    def awaited(self) -> list[str]:
        """Who has not agreed to the latest days, by name."""
        return [person.called for person in self.others if not person.has_agreed]


async def own_swap(swap_id: FromPath[UUID], request: Request) -> OwnSwap:
    """Raises NotHere for anyone but its members. Three queries."""
    return await swap_for(swap_id, request.user.id)


async def swap_for(swap: UUID, member: UUID) -> OwnSwap:
    """As `own_swap`."""
    row = await database.row(_SWAP, swap, member)
    if row is None:
        raise NotHere
    people = await database.rows(_PEOPLE, swap, member, row["are_known"], row["asked_by"], row["are_told"])
    seen = {one["id"]: _person(one, row["version"]) for one in people}
    stays = await database.rows(_STAYS, swap, member)
    return OwnSwap(
        **{name: row[name] for name in ("id", "score", "version", "i_asked", "answer_by")},
        form=Form(row["form"]),
        origin=Origin(row["origin"]),
        state=State(row["state"]),
        answer=Answer(row["answer"]),
        has_agreed=row["agreed_version"] == row["version"],
        people=tuple(seen.values()),
        stays=tuple(_stay(stay, seen, are_told=row["are_told"]) for stay in stays),
    )


def _person(row: Mapping[str, Any], version: int) -> Person:
    lives = commune(row["commune"]) if row["commune"] else None
    return Person(
        place=row["place"],
        is_me=row["is_me"],
        region=_region(row["region"] or (lives.region if lives else None)),
        home=_home(row) if row["kind"] else None,
        member=row["member"],
        name=row["first_name"] or "",
        comes=people_in_words(row["party_size"]) if row["party_size"] else "",
        has_agreed=row["agreed_version"] == version,
    )


def _home(row: Mapping[str, Any]) -> HomeSeen:
    there = commune(row["home_commune"]) if row["home_commune"] else None
    return HomeSeen(
        kind=HOME_KIND[HomeKind(row["kind"])],
        sleeps=sleeps_in_words(row["sleeps"]),
        region=_region(row["region"]),
        id=row["home"],
        title=row["title"] or "",
        where=there.label if there else "",
        is_online=bool(row["is_online"]),
    )


def _region(code: str | None) -> str:
    found = region(code) if code else None
    return found.name if found else "France"


def _stay(row: asyncpg.Record, seen: Mapping[UUID, Person], *, are_told: bool) -> StaySeen:
    guest, host = seen[row["guest"]], seen[row["host"]]
    tells = are_told and (guest.is_me or host.is_me)
    return StaySeen(
        id=row["id"],
        guest=guest,
        host=host,
        stands=_span(row["first"], row["last"], row["days"]) if tells else None,
        proposed=_span(row["new_first"], row["new_last"], row["new_days"]) if tells else None,
        talk=row["conversation"] if tells else None,
    )


def _span(first: date | None, last: date | None, days: Sequence[int] | None) -> Span | None:
    return Span(first, last, tuple(days or ())) if first and last else None


# Who asked showed themselves by asking, to somebody whose sheet they read; nobody else does before everybody said yes.
_SWAP = """
SELECT s.*, s.asked_by IS NOT DISTINCT FROM $2 AS i_asked, p.answer, p.agreed_version,
    s.state IN ('accepted', 'confirmed', 'done') AS are_told,
    s.state IN ('accepted', 'confirmed', 'done') OR (s.state = 'proposed' AND s.origin = 'requested') AS are_known
FROM (
    SELECT id, form, origin, score, asked_by, version, answer_by,
        CASE WHEN state = 'proposed' AND answer_by <= clock_timestamp() THEN 'dissolved' ELSE state END AS state
    FROM swap WHERE id = $1
) s JOIN swap_party p ON p.swap = s.id AND p.member = $2 AND NOT p.asked_last
"""
# Who is asked hears how many would come; who asks hears nothing of the other before their yes.
_PEOPLE = f"""
SELECT p.member AS id, p.place, p.member = $2 AS is_me, p.agreed_version,
    CASE WHEN k.known THEN p.member END AS member, CASE WHEN k.known THEN m.first_name END AS first_name,
    CASE WHEN k.known THEN p.home END AS home, CASE WHEN k.known THEN l.title END AS title,
    CASE WHEN k.known THEN l.commune END AS home_commune, k.known AND l.status = 'published' AS is_online,
    l.region, m.commune, l.details ->> 'home_kind' AS kind, (l.details ->> 'sleeps')::int AS sleeps,
    CASE WHEN c.comes THEN (SELECT e.party_size FROM exchanger e WHERE e.member = p.member) END AS party_size
FROM swap_party p JOIN member m ON m.id = p.member LEFT JOIN listing l ON l.id = p.home
CROSS JOIN LATERAL (SELECT p.member = $2 OR ($3 AND {not_blocked("p.member", "$2::uuid")}) AS known) k
CROSS JOIN LATERAL (SELECT ($4::uuid IS NULL OR $5 OR p.member = $4) AND EXISTS (SELECT FROM stay t
    WHERE t.swap = $1 AND t.guest = p.member AND t.host = $2) AS comes) c
WHERE p.swap = $1 ORDER BY p.place
"""
_STAYS = """
SELECT t.id, t.guest, t.host, t.first, t.last, t.days, t.conversation, d.first AS new_first, d.last AS new_last,
    d.days AS new_days
FROM stay t LEFT JOIN proposed_days d ON d.stay = t.id
WHERE t.swap = $1 ORDER BY t.guest <> $2, t.host <> $2, t.id
"""
