"""Where a member stands with their exchanges: what is said, what is still missing, what is going on."""

from datetime import date

import msgspec

from app.dates import in_words
from exchanges.calendar.exchanger import ExchangerView, Length, Week, exchanger_of
from exchanges.calendar.weeks import coming, runs
from exchanges.calendar.words import household_in_words, length_in_words, wish_in_words
from exchanges.homes.own import OwnHome, own_home
from exchanges.kinds import Way
from exchanges.swaps.reading import SwapLine, swaps_of
from listings.kinds import Status
from members.me import Me
from places.zones import today_in

SHOWN_WISHES = 4
HOME_STATE = {
    Status.draft: "Un brouillon à finir, puis à publier.",
    Status.pending: "En relecture : nous cherchons dès qu’il est publié.",
    Status.published: "Publié.",
    Status.aside: "Mis de côté pour l’instant.",
}


class Part(msgspec.Struct, frozen=True):
    """A part of what a match needs. `says` is what is there, `missing` what is not yet, `next` the button to it;
    `is_awaited` what is missing waits for somebody else."""

    icon: str
    title: str
    url: str
    says: tuple[str, ...]
    missing: str = ""
    next: str = ""
    is_awaited: bool = False


class Hub(msgspec.Struct, frozen=True):
    exchanger: ExchangerView | None
    home: OwnHome | None
    parts: tuple[Part, ...]
    swaps: list[SwapLine]

    @property
    def is_paused(self) -> bool:
        return self.exchanger is not None and self.exchanger.is_paused

    @property
    def next_step(self) -> Part | None:
        """What they can do comes before what they can only wait for."""
        return min((part for part in self.parts if part.missing), key=lambda part: part.is_awaited, default=None)

    @property
    def is_looked_for(self) -> bool:
        return self.next_step is None and not self.is_paused


async def hub_of(me: Me) -> Hub:
    home, exchanger = await own_home(me.id), await exchanger_of(me.id)
    today = today_in(me.place.department)
    parts = (_home(home, exchanger), _calendar(home, exchanger, today), _wishes(exchanger))
    return Hub(exchanger, home, parts, await swaps_of(me.id))


def ways_of(exchanger: ExchangerView | None) -> tuple[Way, ...]:
    return exchanger.household.ways if exchanger else ()


def _home(home: OwnHome | None, exchanger: ExchangerView | None) -> Part:
    title, url = "Mon logement", "/moi/logement"
    if home is None:
        if Way.hosted in ways_of(exchanger):
            return Part("house", title, url, ("Aucun. Vous pouvez être accueilli sans en proposer.",))
        return Part("house", title, url, (), "Décrivez le logement que vous prêtez.", "Décrire mon logement")
    if home.is_online:
        return Part("house", title, url, (home.title, HOME_STATE[home.status]))
    step = "Reprendre la fiche" if home.status is Status.draft else "Voir où il en est"
    is_awaited = home.status is Status.pending
    return Part("house", title, url, (home.title,), HOME_STATE[home.status], step, is_awaited)


def _calendar(home: OwnHome | None, exchanger: ExchangerView | None, today: date) -> Part:
    title, url = "Mes semaines", "/moi/echanges/calendrier"
    weeks = [week for week in exchanger.weeks if week.saturday >= coming(today)[0]] if exchanger else []
    if exchanger is None or not weeks:
        words = "Cochez les semaines où votre logement est libre, et celles où vous pouvez partir."
        return Part("calendar-days", title, url, (), words, "Ouvrir mon calendrier")
    free, away = sum(week.home_free for week in weeks), sum(week.can_travel for week in weeks)
    says = (
        f"Logement libre : {_weeks(free)} ; départ possible : {_weeks(away)}",
        f"La première commence {in_words(weeks[0].saturday)}",
        f"Un séjour de {length_in_words(exchanger.length)}",
    )
    return Part("calendar-days", title, url, says, _of_no_use(weeks, exchanger, home), "Revoir mon calendrier")


def _of_no_use(weeks: list[Week], exchanger: ExchangerView, home: OwnHome | None) -> str:
    """Why these weeks can lead to nothing, as far as they alone can tell."""
    ways, length = ways_of(exchanger), exchanger.length
    free = {week.saturday for week in weeks if week.home_free}
    away = {week.saturday for week in weeks if week.can_travel}
    enough = _weeks(length.least_weeks)
    hosts, leaves = _holds(free, length), _holds(away, length)
    if home is None:
        return "" if leaves else f"Il faut {enough} de suite où vous pouvez partir."
    one_way = (hosts and Way.hosting in ways) or (leaves and Way.hosted in ways)
    apart = hosts and leaves and (Way.other_weeks in ways or length.give_or_take > 0)
    if one_way or apart or _holds(free & away, length):
        return ""
    return f"Il faut {enough} de suite où votre logement est libre et où vous pouvez partir."


def _wishes(exchanger: ExchangerView | None) -> Part:
    title, url = "Mes souhaits", "/moi/echanges/souhaits"
    wishes = exchanger.wishes if exchanger else ()
    if exchanger is None or (not wishes and Way.hosting not in exchanger.household.ways):
        words = "Dites où vous aimeriez aller, et combien vous êtes."
        return Part("map-pin", title, url, (), words, "Dire mes souhaits")
    more = len(wishes) - SHOWN_WISHES
    listed = [wish_in_words(wish) for wish in wishes[:SHOWN_WISHES]]
    says = (household_in_words(exchanger.household), *listed, *([f"et {more} de plus"] if more > 0 else []))
    return Part("map-pin", title, url, says)


def _holds(saturdays: set[date], length: Length) -> bool:
    return any(run.weeks >= length.least_weeks for run in runs(saturdays))


def _weeks(count: int) -> str:
    return f"{count} semaine{'s' if count > 1 else ''}" if count else "aucune semaine"
