"""The .ics file, read back by another library than the one that wrote it."""

from datetime import date, datetime, time
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from agenda.calendar_file import Event, calendar_of
from listings.schedules.occurrences import occurrences
from tests.helpers.autumn import AFTER, BEFORE, FIRST, LAST, SCHOOL_RUN

PARIS = ZoneInfo("Europe/Paris")


def event(day: date = date(2026, 11, 24), **given) -> Event:
    values = {"uid": f"{day}@site.test", "starts": None, "ends": None, "summary": "Trajet d’école", "where": "Brest"}
    return Event(**{"day": day, "url": "https://site.test/agenda", **values, **given})


def lines(file: bytes) -> list[str]:
    assert b"\n" not in file.replace(b"\r\n", b"")
    return file.decode().replace("\r\n ", "").split("\r\n")


def of_kind(file: bytes, kind: str) -> list:
    return Calendar.from_ical(file).walk(kind)


async def test_an_event_says_when_where_and_what_and_nobody():
    at = {"starts": datetime(2026, 11, 24, 16, 30, tzinfo=PARIS), "ends": datetime(2026, 11, 24, 17, tzinfo=PARIS)}

    said = lines(calendar_of([event(**at)], "Mon agenda"))

    assert "DTSTART;TZID=Europe/Paris:20261124T163000" in said
    assert "DTEND;TZID=Europe/Paris:20261124T170000" in said
    assert {"UID:2026-11-24@site.test", "SUMMARY:Trajet d’école", "LOCATION:Brest", "CLASS:PRIVATE"} <= set(said)
    assert "X-WR-CALNAME:Mon agenda" in said
    assert sum(line.startswith("DTSTAMP:") and line.endswith("Z") for line in said) == 1
    assert not any(line.startswith(("ATTENDEE", "ORGANIZER", "METHOD")) for line in said)


async def test_without_an_hour_it_lasts_the_day():
    said = lines(calendar_of([event(date(2026, 12, 31))], "Mon agenda"))

    assert "DTSTART;VALUE=DATE:20261231" in said
    assert "DTEND;VALUE=DATE:20270101" in said
    assert "BEGIN:VTIMEZONE" not in said


async def test_an_empty_agenda_is_a_calendar_too():
    file = calendar_of([], "Mon agenda")

    assert Calendar.from_ical(file)["prodid"]
    assert of_kind(file, "VEVENT") == []


async def test_over_the_change_of_clocks_the_file_tells_the_same_moments():
    """Its own description of the zone is used, as a program that knows no time zones would."""
    run = occurrences(SCHOOL_RUN, PARIS, FIRST, LAST)
    file = calendar_of([event(one.day, starts=one.starts, ends=one.ends) for one in run], "Trajets")
    zone = tzical(StringIO(file.decode())).get("Europe/Paris")

    found = [made.start.replace(tzinfo=zone) for made in of_kind(file, "VEVENT")]

    assert [at.date() for at in found] == BEFORE + AFTER
    assert {at.time() for at in found} == {time(8, 10)}
    assert [at.utcoffset() for at in found] == [one.starts.utcoffset() for one in run]


@pytest.mark.parametrize("name", ["America/Miquelon", "Indian/Reunion", "Pacific/Noumea", "Pacific/Tahiti"])
async def test_overseas_clocks_are_described(name):
    zone = ZoneInfo(name)
    days = [date(2026, month, 3) for month in range(1, 13)]
    file = calendar_of([event(day, starts=datetime.combine(day, time(9), zone)) for day in days], "Agenda")
    described = tzical(StringIO(file.decode())).get(name)

    for day in days:
        at = datetime.combine(day, time(9))
        assert at.replace(tzinfo=described).utcoffset() == at.replace(tzinfo=zone).utcoffset(), day


async def test_words_cannot_add_lines_of_their_own():
    file = calendar_of(
        [event(summary="Un trajet, deux ; trois\r\nATTENDEE:mailto:x@y.fr", where="Brest\rORGANIZER:z\x0bURL:z")],
        "Agenda\nMETHOD:CANCEL",
    )

    said = lines(file)
    assert "SUMMARY:Un trajet\\, deux \\; trois ATTENDEE:mailto:x@y.fr" in said
    assert not any(line.startswith(("ATTENDEE", "ORGANIZER", "METHOD")) for line in said)
    assert b"\r" not in file.replace(b"\r\n", b"")
    assert [str(made["location"]) for made in of_kind(file, "VEVENT")] == ["Brest ORGANIZER:z URL:z"]


async def test_a_second_reading_replaces_the_first():
    first, second = (calendar_of([event()], "Agenda") for _ in range(2))

    assert [str(made["uid"]) for made in of_kind(first, "VEVENT")] == [
        str(made["uid"]) for made in of_kind(second, "VEVENT")
    ]
