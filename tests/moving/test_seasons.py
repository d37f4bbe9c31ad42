"""Seasons: two of them, counted from the first day of the one declared, in Python and in the database alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import database
from members.tables import Member
from moving.seasons import ENDS_ON, Season, Since, coming

DAYS = st.dates(date(2021, 1, 1), date(2099, 1, 1))


@pytest.mark.parametrize(
    ("day", "key", "name"),
    [
        (date(2027, 6, 1), "summer-2027", "été 2027"),
        (date(2027, 8, 31), "summer-2027", "été 2027"),
        (date(2027, 9, 1), "autumn-2027", "automne 2027"),
        (date(2027, 12, 1), "winter-2027", "hiver 2027-2028"),
        (date(2028, 2, 29), "winter-2027", "hiver 2027-2028"),
        (date(2028, 3, 1), "spring-2028", "printemps 2028"),
    ],
)
async def test_each_day_is_in_one_season(day, key, name):
    assert (Since.of(day).key, Since.of(day).name) == (key, name)


async def test_a_season_is_said_with_its_article():
    said = {Since(season, 2027).in_words for season in Season}
    assert said == {
        "à partir du printemps 2027",
        "à partir de l’été 2027",
        "à partir de l’automne 2027",
        "à partir de l’hiver 2027-2028",
    }


@given(day=DAYS)
async def test_a_season_holds_for_two_and_every_day_is_covered(day):
    since = Since.of(day)
    assert since.starts <= day < since.ends
    assert since.next.starts <= since.ends and since.next.next.starts == since.ends
    assert since.starts - timedelta(days=1) < since.starts <= day


@given(day=DAYS)
async def test_those_offered_follow_each_other_from_the_present_one(day):
    offered = coming(day)
    assert offered[0].starts <= day < offered[1].starts
    assert [one.next for one in offered[:-1]] == offered[1:]
    assert len(offered) == 9


async def test_the_database_ends_them_on_the_same_day(anne: Member):
    for since in coming(date(2027, 1, 15)):
        await database.execute(
            "INSERT INTO moving (member, commune, season, year, declared_at) VALUES ($1, '83137', $2, $3, now())"
            " ON CONFLICT (member) DO UPDATE SET season = excluded.season, year = excluded.year",
            anne.id,
            since.season.value,
            since.year,
        )
        assert await database.value(f"SELECT {ENDS_ON} FROM moving") == since.ends, since.key
