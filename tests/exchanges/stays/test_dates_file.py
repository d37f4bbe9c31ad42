"""The days of an exchange in a calendar: a file that says neither where nor who, a feed that holds none of them."""

from icalendar import Calendar

from agenda.addresses import Feed, feed_address
from app import database
from exchanges.stays.spans import spans
from tests.helpers.ads import in_days
from tests.helpers.stays import on_days, swapped
from tests.moderation.cases.people import as_me


async def events(browser, path: str):
    answer = await browser.get(path)
    assert answer.headers["content-type"].startswith("text/calendar") and answer.headers["cache-control"] == "no-store"
    return answer.text, list(Calendar.from_ical(answer.text).walk("VEVENT"))


async def test_a_stay_is_one_event_of_whole_days_without_a_name_or_a_place(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=10, nights=7)
    await browser.sign_in(anne)
    text, (event,) = await events(browser, swap.path + "/dates.ics")
    assert event["dtstart"].dt == in_days(10) and event["dtend"].dt == in_days(18)
    assert event["summary"] == "Entraide : dates convenues" and event["class"] == "PRIVATE"
    assert not [word for word in ("Bilal", "Anne", "Toulon", "Brest", "LOCATION", "jour chez") if word in text]
    assert event["url"] == f"https://site.test{swap.path}"


async def test_two_stays_on_other_days_are_two_events(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await database.execute("UPDATE stay SET first = $2, last = $3 WHERE id = $1", swap.at_his, in_days(40), in_days(47))
    await browser.sign_in(bilal)
    _, found = await events(browser, swap.path + "/dates.ics")
    assert [event["dtstart"].dt for event in found] == [in_days(10), in_days(40)]


async def test_a_room_in_the_week_is_an_event_for_each_week(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await database.execute("DELETE FROM stay WHERE id = $1", swap.at_his)
    await database.execute("UPDATE stay SET days = '{0,1,2,3}' WHERE swap = $1", swap.id)
    await on_days(swap.id, in_days(7), in_days(34))
    await browser.sign_in(bilal)
    _, found = await events(browser, swap.path + "/dates.ics")
    assert len(found) in (4, 5) and all(event["dtstart"].dt.weekday() <= 3 for event in found)


async def test_the_feed_never_tells_of_a_stay(browser, anne, bilal):
    await swapped(anne, bilal, starts=3)
    for member in (anne, bilal):
        address = await feed_address(as_me(member), Feed.agenda)
        feed = await browser.get(address)
        assert feed.status_code == 200 and "VEVENT" not in feed.text


async def test_the_days_of_a_week_follow_one_another_or_not():
    first = in_days(0)
    assert list(spans(first, in_days(9), ())) == [(first, in_days(9))]
    day = first.weekday()
    assert list(spans(first, in_days(9), (day,))) == [(first, first), (in_days(7), in_days(7))]
    assert list(spans(first, in_days(2), ((day + 4) % 7,))) == []
