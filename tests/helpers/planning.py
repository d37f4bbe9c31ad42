"""What the cast says of their exchanges: weeks and wishes, written as rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.dates import today
from exchanges.calendar.exchanger import Wished, open_exchanger
from exchanges.calendar.weeks import coming
from exchanges.kinds import Scope, Setting
from exchanges.tables import Exchanger, PlannedWeek, Wish
from members.tables import Member

BY_THE_SEA = Wished(Scope.anywhere, setting=Setting.sea)
AROUND_BREST = Wished(Scope.commune, "29019", 50)
BRITTANY = Wished(Scope.region, "53")


def saturday(weeks: int) -> date:
    """The first Saturday to come, and so many weeks later."""
    return coming(today())[weeks]


async def exchanges(
    member: Member,
    *,
    both: Iterable[date] = (),
    home: Iterable[date] = (),
    away: Iterable[date] = (),
    wishes: Iterable[Wished] = (BY_THE_SEA,),
    **said: Any,
) -> int:
    """The number of the member's exchanger. `said` are its columns (`party_size=4`, `ways=["loop"]`)."""
    exchanger = await open_exchanger(member.id)
    if said:
        await Exchanger.update(said).where(Exchanger.id == exchanger)
    free, gone = {*both, *home}, {*both, *away}
    for day in sorted(free | gone):
        await PlannedWeek(exchanger=exchanger, saturday=day, home_free=day in free, can_travel=day in gone).save()
    for place, wish in enumerate(wishes):
        await Wish(
            exchanger=exchanger, place=place, scope=wish.scope, area=wish.area, km=wish.km, setting=wish.setting
        ).save()
    return exchanger
