"""A member asks another for an exchange, from the sheet of their home: to stay in each other's, to be a guest, or for a
room in the week. Whatever the other's weeks, wishes or pauses are, asking reads the same."""

from uuid import UUID

import asyncpg

from app import database
from app.database import transaction
from app.refusals import NotHere, Refused
from exchanges.kinds import Form, Origin
from exchanges.swaps.free import REQUESTS_A_WEEK, REQUESTS_AT_ONCE
from exchanges.swaps.locking import hold_exchangers, hold_homes, hold_pairs
from exchanges.swaps.proposing import Place, write_swap
from exchanges.swaps.steps import IS_OPEN
from exchanges.swaps.telling import tell_everybody
from members.me import Me
from moderation import audit
from moderation.sanctions.enforcing import guard_posting_of
from notifications.topics import Topic

DAYS_BETWEEN = 30
"""Two requests of one member for one home."""
OWN_HOME = "Ce logement est le vôtre. Les demandes des autres membres arrivent dans «\u202fMes échanges\u202f»."
CLOSED = "Ce logement n’est plus proposé pour l’instant. D’autres vous attendent."
NO_WEEK_ROOM = "Ce logement n’est pas proposé en semaine. Vous pouvez demander un échange, ou à être accueilli."
ALREADY = "Vous avez déjà une demande en cours pour ce logement."
LATELY = (
    "Une de vos demandes pour ce logement s’est terminée il y a peu. Laissez passer quelques semaines, ou regardez"
    " d’autres logements."
)
TWO_AT_ONCE = (
    f"Vous avez déjà {REQUESTS_AT_ONCE} demandes qui attendent une réponse. Attendez-en une, ou retirez celle qui ne"
    " compte plus."
)
NO_HOME = "Pour proposer un échange, publiez d’abord votre logement. Vous pouvez aussi demander à être accueilli."
ENOUGH_THIS_WEEK = f"Vous avez fait {REQUESTS_A_WEEK} demandes en une semaine. Vous pourrez en faire d’autres bientôt."


class NeedsAHome(Refused):
    """To stay in somebody's home while they stay in yours, there must be one."""

    leads_to = ("/moi/logement", "Mon logement")


class AskedEnough(Refused):
    """What their own other requests forbid for now."""

    leads_to = ("/moi/echanges", "Mes échanges")


async def request_swap(me: Me, home: UUID, form: Form, once: UUID) -> UUID:
    """The swap, proposed to the member whose home it is; who asks has said yes by asking. The same `once` asks once.
    Raises NotHere for a home they cannot see, Refused with the reason otherwise. Lock order: as
    `exchanges.swaps.steps.hold`."""
    await guard_posting_of(me.id)
    async with transaction():
        asked = await _asked(home, me)
        if form is Form.week_room and not asked["has_week_room"]:
            raise Refused(NO_WEEK_ROOM)
        own = await _own_home(me.id) if form is Form.pair else None
        if not await hold_homes({home, *([own] if own else [])}) or not await hold_pairs([me.id, asked["author"]]):
            raise NotHere
        await hold_exchangers([me.id])
        if sent := await database.value("SELECT id FROM swap WHERE once = $1 AND asked_by = $2", once, me.id):
            return UUID(str(sent))
        await _within_limits(me.id, home)
        places = [Place(me.id, own), Place(asked["author"], home)]
        swap = await write_swap(form, Origin.requested, places, asked_by=me.id, once=once)
        if swap is None:
            raise NotHere
        await _write_stays(swap, me.id, own, asked["author"], home)
        await audit.record("swap.requested", by=me.id, kind="swap", subject=swap, form=form.value)
        await tell_everybody(swap, [asked["author"]], Topic.swap_asked)
    return swap


async def _asked(home: UUID, me: Me) -> asyncpg.Record:
    row = await database.row(
        "SELECT author, (details ->> 'week_room')::bool IS TRUE AS has_week_room FROM listing"
        " WHERE id = $1 AND category = 'home' AND status = 'published' AND expires_at > now()"
        " AND author <> ALL($2::uuid[])",
        home,
        list(me.hidden),
    )
    if row is None:
        raise NotHere
    if row["author"] == me.id:
        raise Refused(OWN_HOME)
    return row


async def _own_home(member: UUID) -> UUID:
    own: UUID | None = await database.value(
        "SELECT id FROM listing WHERE author = $1 AND category = 'home' AND status = 'published'"
        " AND expires_at > now()",
        member,
    )
    if own is None:
        raise NeedsAHome(NO_HOME)
    return own


async def _within_limits(member: UUID, home: UUID) -> None:
    """All of it is about their own requests, which they know."""
    made = await database.row(_MADE, member, home)
    if made is None:
        return
    if made["here"]:
        raise AskedEnough(ALREADY)
    if made["lately"]:
        raise Refused(LATELY)
    if made["open"] >= REQUESTS_AT_ONCE:
        raise AskedEnough(TWO_AT_ONCE)
    if made["this_week"] >= REQUESTS_A_WEEK:
        raise AskedEnough(ENOUGH_THIS_WEEK)


async def _write_stays(swap: UUID, me: UUID, own: UUID | None, asked: UUID, home: UUID) -> None:
    """Their days are not known yet: they are proposed once both said yes."""
    await database.execute(
        "INSERT INTO stay (swap, guest, host, home, days) SELECT $1, t.guest, t.host, t.home, '{}'"
        " FROM (VALUES ($2::uuid, $3::uuid, $4::uuid), ($3, $2, $5)) AS t(guest, host, home) WHERE t.home IS NOT NULL",
        swap,
        me,
        asked,
        home,
        own,
    )


_MADE = f"""
SELECT count(*) FILTER (WHERE state = 'proposed') AS open,
    count(*) FILTER (WHERE proposed_at > clock_timestamp() - interval '7 days') AS this_week,
    coalesce(bool_or(is_here AND {IS_OPEN}), FALSE) AS here,
    coalesce(bool_or(is_here AND state = 'dissolved' AND answer <> 'withdrawn'
        AND ended_at > clock_timestamp() - interval '{DAYS_BETWEEN} days'), FALSE) AS lately
FROM (
    SELECT s.state, s.proposed_at, s.ended_at, mine.answer,
        EXISTS (SELECT FROM stay t WHERE t.swap = s.id AND t.home = $2) AS is_here
    FROM swap s JOIN swap_party mine ON mine.swap = s.id AND mine.member = $1 WHERE s.asked_by = $1
) own
"""
