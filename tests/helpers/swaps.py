"""Exchanges of the cast, taken as far as a test needs by the code that takes them there."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from app import database
from exchanges.calendar.exchanger import open_exchanger
from exchanges.calendar.weeks import coming
from exchanges.kinds import Form
from exchanges.swaps.access import swap_for
from exchanges.swaps.agreeing import Span, agree, propose_days
from exchanges.swaps.answering import accept
from exchanges.swaps.proposing import Place, PlannedStay, propose
from exchanges.swaps.requesting import request_swap
from listings.tables import Listing
from members.tables import Member
from places.zones import today_in
from tests.helpers.homes import a_home
from tests.moderation.cases.people import as_me

WEEK = timedelta(weeks=1)


def saturday(weeks: int) -> date:
    """The Saturday so many weeks from the next one."""
    return coming(today_in("29"))[weeks]


async def free_in(member: Member, *weeks: int) -> None:
    """Their home is free and they can travel in these weeks, counted from the next Saturday."""
    exchanger = await open_exchanger(member.id)
    for week in weeks:
        await database.execute(
            "INSERT INTO planned_week (exchanger, saturday, home_free, can_travel) VALUES ($1, $2, TRUE, TRUE)"
            " ON CONFLICT DO NOTHING",
            exchanger,
            saturday(week),
        )


async def host(member: Member, *weeks: int, **given: object) -> Listing:
    """Their home, online, and these weeks noted."""
    await free_in(member, *weeks)
    return await a_home(member, **given)


def in_turn(homes: Sequence[Listing], week: int, weeks: int = 1) -> list[PlannedStay]:
    """Each stays in the next one's home, the last in the first one's, all in the same weeks."""
    first = saturday(week)
    return [
        PlannedStay(guest=here.author, host=there.author, home=there.id, first=first, last=first + weeks * WEEK)
        for here, there in zip(homes, [*homes[1:], homes[0]], strict=True)
    ]


async def proposed(*homes: Listing, week: int = 6, weeks: int = 1) -> UUID | None:
    """A pair or a loop the server found, from `week` on."""
    form = Form.pair if len(homes) == 2 else Form.loop
    places = [Place(home.author, home.id) for home in homes]
    return await propose(form, places, in_turn(homes, week, weeks), score=85)


async def accepted(*homes: Listing, week: int = 6, weeks: int = 1) -> UUID:
    """Everybody said yes; the days of the server wait for everybody's agreement."""
    swap = await proposed(*homes, week=week, weeks=weeks)
    assert swap is not None
    for home in homes:
        await accept(swap, home.author)
    return swap


async def confirmed(*homes: Listing, week: int = 6, weeks: int = 1) -> UUID:
    """Everybody agreed to the days."""
    swap = await accepted(*homes, week=week, weeks=weeks)
    for home in homes:
        await agree(swap, home.author, await version_of(swap))
    return swap


async def agreed_days(swap: UUID, by: UUID, with_: UUID, first: date, last: date, days: tuple[int, ...] = ()) -> None:
    """One of the two proposes the same days for all their stays, the other agrees."""
    seen = await swap_for(swap, by)
    spans = {stay.id: Span(first, last, days) for stay in seen.my_stays}
    await propose_days(swap, by, spans, seen.version)
    await agree(swap, with_, await version_of(swap))


async def version_of(swap: UUID) -> int:
    return await database.value("SELECT version FROM swap WHERE id = $1", swap)


async def state_of(swap: UUID | None) -> str:
    return await database.value("SELECT state FROM swap WHERE id = $1", swap)


async def requested(by: Listing, of: Listing, form: str = "pair") -> UUID:
    """One member asked another, who said yes; no days are known yet."""
    swap = await asked(by, of, form)
    await accept(swap, of.author)
    return swap


async def asked(by: Listing, of: Listing, form: str = "pair") -> UUID:
    """The member of the first home asks that of the second."""
    member = await Member.objects().get(Member.id == by.author)
    assert member is not None
    return await request_swap(as_me(member, is_moderator=False), of.id, Form(form), uuid4())


async def some_swaps(anne: Member, bilal: Member) -> dict[str, UUID]:
    """Bilal asks Anne for an exchange; she asked to be his guest, he said yes and proposes days, which are held for her
    already; once she had said no to his home."""
    hers, his = [await home_of(member) for member in (anne, bilal)]
    proposed_swap, accepted_swap = await asked(his, hers), await requested(hers, his, "hospitality")
    stay = (await swap_for(accepted_swap, bilal.id)).my_stays[0].id
    first = saturday(30)
    await propose_days(accepted_swap, bilal.id, {stay: Span(first, first + WEEK)}, 1)
    await database.execute(
        "INSERT INTO engagement (swap, exchanger, first, last) SELECT $1, id, $3, $4 FROM exchanger WHERE member = $2",
        accepted_swap,
        anne.id,
        first,
        first + WEEK,
    )
    await database.execute(
        "INSERT INTO home_declined (exchanger, home, reason, words, declined_at)"
        " SELECT id, $2, 'place', '', now() FROM exchanger WHERE member = $1",
        anne.id,
        his.id,
    )
    return {"proposed_swap": proposed_swap, "accepted_swap": accepted_swap}


async def home_of(member: Member) -> Listing:
    """The one they have, or one for this."""
    found = await Listing.objects().get(
        (Listing.author == member.id) & (Listing.category == "home") & (Listing.status == "published")
    )
    return found or await a_home(member)
