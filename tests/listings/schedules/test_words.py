"""A schedule in words, its pauses and its next dates."""

from datetime import date, time

import msgspec
import pytest

from listings.kinds import Category
from listings.schedules.next_dates import next_dates
from listings.schedules.pauses import pauses
from listings.schedules.schedule import Schedule, Slot, Weekly
from places.school_zones import SchoolZone
from tests.helpers.ads import content


def words(schedule: Schedule) -> str:
    return schedule.in_words().replace("\xa0", " ")


def lines(today: date, category: str = "school_run", commune: str = "29019", **given) -> dict[str, str]:
    weekly = Weekly(**{"days": (1, 3), "starts": time(16, 30), **given})
    found = next_dates(content(category, commune=commune, schedule=Schedule(weekly=weekly)), today)
    return {label: value.replace("\xa0", " ") for label, value in found}


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({}, "chaque mardi et jeudi, 16 h 30"),
        ({"except_holidays": SchoolZone.b}, "chaque mardi et jeudi, 16 h 30, hors vacances de la zone B"),
        (
            {"except_holidays": SchoolZone.b, "except_public_holidays": True},
            "chaque mardi et jeudi, 16 h 30, hors vacances de la zone B et hors jours fériés",
        ),
        ({"except_public_holidays": True}, "chaque mardi et jeudi, 16 h 30, hors jours fériés"),
        (
            {"except_holidays": SchoolZone.reunion, "ends": time(18)},
            "chaque mardi et jeudi, de 16 h 30 à 18 h, hors vacances scolaires de La Réunion",
        ),
    ],
)
async def test_a_weekly_need_is_said_with_its_pauses(left_out, said):
    schedule = Schedule(weekly=Weekly(**{"days": (1, 3), "starts": time(16, 30), **left_out}))

    assert words(schedule) == said
    assert "vacances" not in schedule.in_words(pauses=False)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((2,), "chaque mercredi"),
        ((0, 1, 2), "chaque lundi, mardi et mercredi"),
        ((0, 1, 3, 4), "chaque lundi, mardi, jeudi et vendredi"),
        ((0, 1, 2, 3, 4), "du lundi au vendredi"),
        ((1, 2, 3, 4), "du mardi au vendredi"),
        (tuple(range(7)), "tous les jours"),
    ],
)
async def test_the_days_of_a_week_are_said_shortly(days, said):
    assert words(Schedule(weekly=Weekly(days=days))) == said


async def test_a_card_says_a_week_in_one_glance():
    weekly = Weekly(
        days=(1, 3),
        starts=time(16, 30),
        since=date(2030, 9, 2),
        until=date(2031, 7, 4),
        except_holidays=SchoolZone.b,
        except_public_holidays=True,
    )

    said = Schedule(weekly=weekly).in_brief().replace("\xa0", " ")

    assert said == ("chaque mardi et jeudi, 16 h 30, hors vacances et jours fériés, à partir du lundi 2 septembre 2030")


async def test_what_was_kept_before_pauses_existed_reads_as_it_did():
    kept = b'{"weekly":{"days":[0,2],"starts":"16:30:00","until":"2030-07-05"}}'

    schedule = msgspec.json.decode(kept, type=Schedule)

    assert words(schedule) == "chaque lundi et mercredi, 16 h 30, jusqu’au vendredi 5 juillet 2030"
    assert msgspec.json.encode(schedule) == kept


@pytest.mark.parametrize("zone", SchoolZone)
async def test_a_schedule_with_pauses_is_kept_and_read_again(zone):
    weekly = Weekly(days=(0,), except_holidays=zone, except_public_holidays=True, department="974")
    schedule = Schedule(weekly=weekly)

    assert msgspec.json.decode(msgspec.json.encode(schedule), type=Schedule) == schedule


async def test_four_dates_come_next():
    found = lines(date(2030, 11, 4), except_public_holidays=True, department="29")

    assert found["Prochaines dates"] == (
        "mardi 5 novembre 2030, jeudi 7 novembre 2030, mardi 12 novembre 2030, jeudi 14 novembre 2030"
    )
    assert "Pas de trajet" not in found


async def test_holidays_between_two_dates_are_explained():
    found = lines(date(2026, 10, 12), except_holidays=SchoolZone.b)

    assert [part.split()[1] for part in found["Prochaines dates"].split(", ")] == ["13", "15", "3", "5"]
    assert found["Pas de trajet"] == "du 17 octobre au 1er novembre : vacances de la Toussaint (zone B)"


async def test_a_public_holiday_on_a_wanted_day_is_explained_and_others_are_not():
    wednesday = lines(date(2026, 11, 2), "childcare", days=(2,), except_public_holidays=True, department="29")
    tuesday = lines(date(2026, 11, 2), "childcare", days=(1,), except_public_holidays=True, department="29")

    assert wednesday["Pas de garde"].startswith("le mercredi 11 novembre")
    assert wednesday["Pas de garde"].endswith(" : jour férié (Armistice)")
    assert "Pas de garde" not in tuesday


async def test_far_holidays_are_not_announced_yet():
    assert "Pas de trajet" not in lines(date(2026, 11, 9), except_holidays=SchoolZone.b)


async def test_where_the_calendar_is_not_known_no_date_is_made_up():
    assert lines(date(2026, 11, 22), commune="97105", except_holidays=SchoolZone.guadeloupe) == {
        "Vacances scolaires": "calendrier pas encore connu : convenez ensemble des dates"
    }
    soon = lines(date(2027, 4, 29), commune="97411", except_holidays=SchoolZone.reunion)
    assert len(soon["Prochaines dates"].split(", ")) == 2
    assert soon["Vacances scolaires"].startswith("calendrier pas encore connu après le mardi 4 mai")
    short = lines(date(2027, 4, 29), commune="97411", except_holidays=SchoolZone.reunion, until=date(2027, 5, 4))
    assert "Vacances scolaires" not in short


async def test_an_ad_of_later_speaks_of_its_own_first_days():
    later = lines(date(2026, 11, 22), since=date(2027, 3, 1), except_holidays=SchoolZone.b)

    assert [part.split()[1] for part in later["Prochaines dates"].split(", ")] == ["9", "11", "16", "18"]
    assert later["Pas de trajet"] == "du 20 février au 7 mars : vacances d’hiver (zone B)"
    assert lines(date(2027, 9, 1), until=date(2027, 6, 30)) == {}


async def test_every_category_with_days_has_a_word_for_what_does_not_take_place():
    for category in ("childcare", "school_run", "pet_care", "helping_hand", "rides"):
        found = lines(date(2026, 10, 12), category, except_holidays=SchoolZone.b)
        assert any(label.startswith("Pas de ") for label in found), Category(category)


async def test_dates_the_words_only_count_are_named_below():
    slots = tuple(Slot(on=date(2030, 12, day), starts=time(9)) for day in (1, 2, 3, 4))

    (line,) = next_dates(content("helping_hand", schedule=Schedule(slots=slots)), date(2030, 12, 2))

    assert line[0] == "Dates à venir"
    assert [part.split()[1] for part in line[1].split(" ; ")] == ["2", "3", "4"]
    assert next_dates(content("helping_hand", schedule=Schedule(slots=slots[:3])), date(2030, 12, 2)) == []
    assert next_dates(content("helping_hand"), date(2030, 12, 2)) == []


async def test_a_public_holiday_within_the_holidays_is_said_once():
    weekly = Weekly(days=(4,), except_holidays=SchoolZone.b, except_public_holidays=True, department="29")

    assert [one.why for one in pauses(weekly, date(2026, 12, 14), date(2027, 1, 3))] == ["vacances de Noël (zone B)"]
