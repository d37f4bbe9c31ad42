"""What anybody reads of how the site is moderated, for any days of the last year."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from app import database
from app.dates import today
from moderation.figures.periods import Period
from moderation.figures.transparency.counting import count
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.moderation.figures.past import a_year_of, appealed, notified, reported, sanctioned


async def read(browser, **days: Any) -> dict[str, dict[str, Any]]:
    """Each section of the JSON by its key; each breakdown by its own, as numbers by row."""
    report = (await browser.get("/transparence.json", params=days)).json()
    return {
        section["key"]: {
            **{one["key"]: one["number"] for one in section["figures"]},
            **{b["key"]: {row["key"]: row["number"] for row in b["rows"]} for b in section["breakdowns"]},
        }
        for section in report["sections"]
    }


async def test_a_visitor_reads_what_was_decided_and_why(browser, anne, chloe):
    await a_year_of(anne, chloe, remove=7, ask_changes=5, approve=6)

    page = await browser.get("/transparence")

    text = words(page)
    assert "contenus relus par une personne 18" in text
    assert "mesures prises de notre initiative 12" in text
    assert "Contenu retiré 7" in text
    assert "Contenu renvoyé à son auteur, hors ligne jusqu’à correction 5" in text
    assert "Article 7 : Interdit ou encadré par la loi 12" in text
    assert "personne ayant décidé au moins une fois 1" in text
    assert "Le site ne tient pas de registre des injonctions" in text


async def test_measures_are_divided_by_ground_law_category_and_origin(browser, anne, chloe):
    pets = "Code rural et de la pêche maritime, article L214-8-1"
    await a_year_of(anne, chloe, remove=5, ground="law", law=pets, detection="rules", found_automatically=True)
    await a_year_of(anne, chloe, remove=6, detection="report")
    await a_year_of(anne, chloe, remove=8, detection="notice")

    sections = await read(browser)

    measures = sections["measures"]
    assert measures["measures"] == 11  # what followed a notice is counted with the notices
    assert measures["ground"] == {"law": 5, "charter": 6}
    assert measures["law"][pets] == 5
    assert measures["illegal_category"]["STATEMENT_CATEGORY_ANIMAL_WELFARE"] == 5
    assert measures["charter_category"]["STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS"] == 6
    assert measures["detection"] == {"rules": 5, "report": 6, "team": None}
    assert measures["automated"] == {"automated": 5, "not_automated": 6}
    assert sections["notices"]["measure_by_ground"] == {"law": None, "charter": 8}


async def test_notices_are_divided_by_kind_and_outcome(browser):
    await notified("fraud", "founded", times=5, hours=10)
    await notified("hatred", "unfounded", times=6, hours=2)
    await notified("hatred", "", times=1)

    notices = (await read(browser))["notices"]

    assert (notices["notices"], notices["answered"], notices["median_hours"]) == (12, 11, 2)
    assert (notices["kind"]["fraud"], notices["kind"]["hatred"]) == (5, 7)
    assert notices["category"]["STATEMENT_CATEGORY_SCAMS_AND_FRAUD"] == 5
    assert notices["category"]["STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"] == 7
    assert (notices["outcome"]["founded"], notices["outcome"]["unfounded"]) == (5, 6)
    assert notices["founded_by_kind"]["fraud"] == 5
    assert notices["founded_by_kind"]["hatred"] is None


async def test_appeals_reports_and_measures_against_members_are_counted(browser, anne, bilal, chloe, denis):
    for state in ("upheld",) * 5 + ("rejected",):
        await appealed(anne, first=chloe, judge=denis, state=state, hours=6)
    for _ in range(5):
        await reported(bilal, of=anne, judge=chloe, outcome="abusive")
    await sanctioned(bilal, "no_reporting", by=chloe)
    await sanctioned(anne, "no_posting", by=chloe, ground="law")
    await sanctioned(bilal, "warn", by=chloe)

    sections = await read(browser)

    complaints = sections["complaints"]
    assert (complaints["complaints"], complaints["median_hours"]) == (6, 6)
    assert complaints["outcome"] == {"upheld": 5, "rejected": None, "withdrawn": None, "open": None}
    assert complaints["by"] == {"author": 6, "reporter": None}
    assert sections["reports"]["reports"] == 5
    assert sections["reports"]["outcome"]["abusive"] == 5
    assert sections["accounts"]["accounts"] == 2
    assert (sections["misuse"]["illegal_content"], sections["misuse"]["abusive_reports"]) == (1, 1)


async def test_the_error_rate_of_rules_comes_from_what_people_decided(browser, anne, chloe):
    await a_year_of(anne, chloe, remove=20, held=True)
    await a_year_of(anne, chloe, approve=5, held=True)
    await a_year_of(anne, chloe, remove=5, held=True, overturned=True)
    await a_year_of(anne, chloe, approve=3)  # no rule held these

    automated = (await read(browser))["automated"]

    assert automated["held"] == 30
    assert automated["error_rate"] == pytest.approx(33.3)  # five left as they were, five given back after an appeal
    assert automated["reversal_rate"] == 20  # 5 of 25
    assert automated["action"]["hold"] == 30


async def test_nothing_is_measured_of_nothing(browser):
    sections = await read(browser)
    assert sections["measures"]["median_hours"] is None
    assert sections["automated"]["error_rate"] is None
    assert "rien à mesurer" in words(await browser.get("/transparence"))
    assert "Trop peu pour être détaillé sur ces jours." in words(await browser.get("/transparence"))


async def test_only_the_days_asked_for_count(browser, anne, chloe):
    await a_year_of(anne, chloe, remove=5, days_ago=10)
    await a_year_of(anne, chloe, remove=6, days_ago=11)
    await a_year_of(anne, chloe, remove=7, days_ago=9)

    that_day = today() - timedelta(days=10)
    assert (await read(browser, du=that_day, au=that_day))["measures"]["measures"] == 5
    assert (await read(browser, du=that_day - timedelta(days=1), au=that_day))["measures"]["measures"] == 11


async def test_one_more_day_never_tells_why_one_ad_went(browser, anne, chloe):
    await a_year_of(anne, chloe, remove=1, days_ago=3)
    last = today() - timedelta(days=3)
    with_it = await read(browser, du=last - timedelta(days=9), au=last)
    without = await read(browser, du=last - timedelta(days=9), au=last - timedelta(days=1))

    assert (with_it["measures"]["measures"], without["measures"]["measures"]) == (1, 0)
    divided = [key for key, value in with_it["measures"].items() if isinstance(value, dict)]
    assert divided
    for key in divided:
        assert with_it["measures"][key] == without["measures"][key]


async def test_the_csv_says_the_same_as_the_page(browser, anne, chloe):
    await a_year_of(anne, chloe, remove=5)
    day = today() - timedelta(days=1)

    answer = await browser.get("/transparence.csv", params={"du": day, "au": today()})

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="transparence-{day}-{today()}.csv"' in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    found = {(one["section"], one["breakdown"], one["key"]): one["value"] for one in lines}
    assert found["measures", "restriction", "remove"] == "5"
    assert found["measures", "restriction", "ask_changes"] == "<5"
    assert found["complaints", "", "median_hours"] == ""
    assert {one["from"] for one in lines} == {str(day)}


@pytest.mark.parametrize(
    ("days", "field", "message"),
    [
        ({"du": "hier"}, "du", "Indiquez une date"),
        ({"du": "2026-02-31"}, "du", "Indiquez une date"),
        ({"au": "9999-12-31"}, "au", "un jour qui n’est pas encore à venir"),
        ({"du": "0001-01-01"}, "du", "les décisions plus anciennes sont effacées"),
    ],
)
async def test_days_that_do_not_fit_are_said_beside_their_field_and_kept(browser, days, field, message):
    page = await browser.get("/transparence", params=days)
    assert page.status_code == 422
    assert message in words(page)
    assert f'id="{field}-error"' in page.text
    assert f'value="{days[field]}"' in page.text

    for name in ("transparence.csv", "transparence.json"):
        refused = await browser.get(f"/{name}", params=days)
        assert refused.status_code == 422
        assert message in refused.text


async def test_an_end_before_its_beginning_is_refused(browser):
    days = {"du": today(), "au": today() - timedelta(days=2)}
    page = await browser.get("/transparence", params=days)
    assert page.status_code == 422
    assert "La fin vient avant le début" in words(page)


async def test_a_report_is_counted_once_a_minute_in_few_queries(browser, anne, chloe):
    with Asked() as first:
        await browser.get("/transparence")
    await a_year_of(anne, chloe, approve=5)
    with Asked() as again:
        page = await browser.get("/transparence")

    assert first.queries <= 11  # whoever comes first in a minute counts for all
    assert again.queries == 1  # the years
    assert "contenu relu par une personne 0" in words(page)


async def test_no_place_and_no_kind_of_ad_is_ever_in_a_report(browser, anne, chloe):
    await a_year_of(anne, chloe, remove=9)
    text = (await browser.get("/transparence.json")).text
    assert not any(word in text for word in ("classifieds", "Finistère", "department", '"29"', "Chloe", "Anne"))


async def test_what_led_nowhere_or_was_answered_at_once_is_no_time_to_answer(browser):
    await notified("fraud", "founded", times=3, hours=10)
    await notified("fraud", "nowhere", times=9, hours=0)
    await notified("hatred", "unfounded", times=9, hours=0)
    assert (await read(browser))["notices"]["median_hours"] == 10


async def test_a_share_never_tells_a_number_too_small_to_say(browser, anne, chloe):
    await a_year_of(anne, chloe, remove=7, held=True)
    await a_year_of(anne, chloe, remove=1, held=True, overturned=True)
    automated = (await read(browser))["automated"]
    assert (automated["error_rate"], automated["reversal_rate"]) == (None, None)
    assert "trop peu pour être dit" in words(await browser.get("/transparence"))
    assert "error_rate,retenus à tort (taux d’erreur),,percent" in (await browser.get("/transparence.csv")).text


@pytest.mark.commits
async def test_a_report_is_read_at_one_moment(app, monkeypatch):
    seen = []
    ask = database.rows

    async def rows(sql, *args):
        seen.append((await ask("SELECT current_setting('transaction_isolation'), pg_current_snapshot()::text"))[0])
        return await ask(sql, *args)

    monkeypatch.setattr(database, "rows", rows)
    await count(Period(today(), today()))
    assert len({tuple(one) for one in seen}) == 1
    assert seen[0][0] == "repeatable read"


async def test_who_asks_for_every_day_is_told_to_wait(browser):
    for nth in range(31):
        day = today() - timedelta(days=nth)
        page = await browser.get("/transparence", params={"du": day, "au": day})
    assert page.status_code == 429
    assert "les rapports annuels restent ouverts" in words(page)
    assert (await browser.get("/transparence", params={"du": today(), "au": today()})).status_code == 200, "kept"
