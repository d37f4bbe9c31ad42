"""A calendar other programs read (.ics, RFC 5545): what is agreed, and nothing that says who."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec


class Event(msgspec.Struct, frozen=True):
    """`uid` stays the same for as long as the thing is the same thing, so that a second reading replaces the first.

    `starts` and `ends` are aware, in the zone of the place (a `ZoneInfo`); without `starts` it lasts the whole `day`,
    or to the end of `last_day`. `where` is a commune or nothing, `url` an address of this site.
    """

    uid: str
    day: date
    starts: datetime | None
    ends: datetime | None
    summary: str
    where: str
    url: str
    last_day: date | None = None


REFRESH = timedelta(hours=6)


def calendar_of(events: Iterable[Event], name: str) -> bytes:
    """The file, in UTF-8, with every time zone it speaks of. Served as `text/calendar; charset=utf-8`."""
    from icalendar import Calendar  # 5 MB, and few pages need it

    listed = list(events)
    calendar = Calendar()
    calendar.add("prodid", "-//Entraide//Entraide//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _one_line(name))
    calendar.add("x-wr-calname", _one_line(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in listed:
        calendar.add_component(_component(event))
    days = [event.day for event in listed]
    if days:
        # Clocks are described for these days only: a file of all years since 1970 would be ten times heavier.
        calendar.add_missing_timezones(date(min(days).year - 1, 1, 1), date(max(days).year + 2, 1, 1))
    return bytes(calendar.to_ical())


def _component(event: Event) -> Any:
    from icalendar import Event as Component

    made = Component()
    made.add("uid", event.uid)
    made.add("dtstamp", datetime.now(UTC))
    made.add("dtstart", event.starts or event.day)
    if event.starts is None:
        made.add("dtend", (event.last_day or event.day) + timedelta(days=1))
    elif event.ends:
        made.add("dtend", event.ends)
    made.add("summary", _one_line(event.summary))
    if event.where:
        made.add("location", _one_line(event.where))
    made.add("url", event.url)
    made.add("class", "PRIVATE")
    return made


def _one_line(text: str) -> str:
    """The library escapes what is special in a file; a lone carriage return would still end a line for some readers."""
    return " ".join(text.split())
