"""Administrators look things up in the log, and what they take away is in it."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from app import database
from moderation import audit
from moderation.audit.looking import SIZE, Search, look_up
from moderation.audit.sealing import seal
from tests.helpers.browser import words
from tests.helpers.budget import Asked

PAGE = "/moderation/audit"


async def test_the_log_says_who_did_what_to_what(browser, anne, denis):
    await audit.record("listing.published", by=anne.id, kind="listing", subject="3f2504e0")
    await audit.record("listing.expired", by=None, kind="listing", subject="3f2504e0", outcome="expired")
    await seal()
    page = words(await (await browser.sign_in(denis)).get(PAGE))
    for sentence in ("Anne", "Annonce en ligne", "annonce", "3f2504e0", "le site", "Annonce à son terme", "expired"):
        assert sentence in page
    assert "Scellé jusqu’à l’entrée" in page


async def test_what_is_not_sealed_yet_is_said(browser, anne, denis):
    await audit.record("joined", by=anne.id, kind="member", subject=anne.id)
    page = words(await (await browser.sign_in(denis)).get(PAGE))
    assert "1 entrée attend son sceau" in page


@pytest.fixture
async def some(anne, bilal):
    """Four things two people and the site did, on four days."""
    day = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for nth, (actor, action, kind, subject) in enumerate(
        [
            (anne.id, "listing.published", "listing", "11111111"),
            (bilal.id, "thing.reported", "case", "22222222"),
            (None, "listing.expired", "listing", "11111111"),
            (anne.id, "thing.reported", "case", "33333333"),
        ]
    ):
        await database.execute(
            "INSERT INTO audit_entry (at, actor, action, subject_kind, subject, facts) VALUES ($1, $2, $3, $4, $5, $6)",
            day + timedelta(days=nth), actor, action, kind, subject, "{}",
        )  # fmt: skip


async def subjects(**search) -> list[tuple[str, str]]:
    found = await look_up(Search(**search))
    return [(one.action, one.subject) for one in found.entries]


async def test_it_is_searched_by_person_action_thing_and_days(some, anne):
    assert len(await subjects(who="anne")) == 2
    assert len(await subjects(who=str(anne.id))) == 2
    assert await subjects(who="site") == [("listing.expired", "11111111")]
    assert await subjects(who="Personne") == []
    assert [subject for _, subject in await subjects(action="thing.reported")] == ["33333333", "22222222"]
    assert len(await subjects(thing="11111111")) == len(await subjects(thing="listing 11111111")) == 2
    assert await subjects(thing="case 11111111") == []
    assert len(await subjects(thing="listing")) == 2
    assert await subjects(first=date(2026, 3, 2), last=date(2026, 3, 2)) == [("thing.reported", "22222222")]
    assert len(await subjects(first=date(2026, 3, 3))) == 2
    assert len(await subjects(last=date(2026, 3, 1))) == 1
    assert await subjects(who="anne", action="thing.reported", first=date(2026, 3, 4)) == [
        ("thing.reported", "33333333")
    ]


async def test_a_search_is_kept_in_its_fields_and_its_links(browser, denis, some):
    page = await (await browser.sign_in(denis)).get(PAGE, params={"qui": "Anne", "quoi": "thing.reported"})
    assert 'value="Anne"' in page.text
    assert '<option value="thing.reported" selected>Signalement</option>' in page.text
    assert "33333333" in page.text and "22222222" not in page.text


@pytest.mark.parametrize(
    "asked", [{"du": "hier"}, {"du": "2026-02-30"}, {"qui": "a" * 61}, {"objet": "x" * 81}, {"avant": "0"}]
)
async def test_a_bad_search_is_told_so_and_never_a_crash(browser, denis, asked):
    answer = await (await browser.sign_in(denis)).get(PAGE, params=asked)
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    "asked", [{"au": "9999-12-31"}, {"du": "0001-01-01"}, {"du": "9999-12-31", "au": "0001-01-01"}]
)
async def test_days_at_the_ends_of_the_calendar_are_days(browser, denis, some, asked):
    page = await (await browser.sign_in(denis)).get(PAGE, params=asked)
    assert page.status_code == 200
    assert ("22222222" in page.text) is (len(asked) == 1)


async def test_hostile_searches_find_nothing(browser, denis, some):
    await browser.sign_in(denis)
    for hostile in ("' OR 1=1 --", "%", "\x00", "{0}", "<script>", "10000-01-01"):
        for field in ("qui", "quoi", "objet"):
            page = await browser.get(PAGE, params={field: hostile})
            assert page.status_code == 200
            assert "<script>" not in page.text


async def test_pages_follow_each_other_and_cost_the_same(browser, anne, denis):
    for number in range(SIZE * 2 + 3):
        await audit.record("tip.checked", by=anne.id, kind="tip", subject=f"tip-{number:03}")
    await browser.sign_in(denis)
    seen, address = set(), f"{PAGE}?quoi=tip.checked"
    while address:
        with Asked() as asked:
            page = await browser.get(address)
        assert asked.queries <= 9
        assert len(page.content) <= 40 * 1024
        seen |= {f"tip-{number:03}" for number in range(SIZE * 2 + 3) if f"tip-{number:03}"[:8] in page.text}
        older = (
            page.text.split('rel="next"')[0].rpartition('href="')[2].split('"')[0] if 'rel="next"' in page.text else ""
        )
        address = older.replace("&amp;", "&")
    assert len(seen) == SIZE * 2 + 3


async def test_only_administrators_read_it(browser, anne, chloe):
    for member in (anne, chloe):
        await browser.sign_in(member)
        assert (await browser.get(PAGE)).status_code == 403
        assert (await browser.submit(f"{PAGE}/export")).status_code == 403


async def test_what_is_exported_is_in_the_file_and_in_the_log(browser, anne, denis, some):
    await audit.record("tried", by=anne.id, kind="member", subject="=HYPERLINK()", words="+cmd")
    await seal()
    answer = await (await browser.sign_in(denis)).submit(f"{PAGE}/export", qui="Anne")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["action"] for row in rows] == ["listing.published", "thing.reported", "tried"]
    assert rows[0]["actor"] == str(anne.id) and len(rows[0]["digest"]) == 64
    assert rows[2]["subject"] == "'=HYPERLINK()"
    logged = await database.row("SELECT actor, facts FROM audit_entry WHERE action = 'audit.exported'")
    assert logged["actor"] == denis.id
    assert "Annonce en ligne" in words(await browser.get(PAGE))


async def test_an_export_is_bounded(browser, denis, some, monkeypatch):
    monkeypatch.setattr("moderation.audit.pages.MOST", 2)
    answer = await (await browser.sign_in(denis)).submit(f"{PAGE}/export")
    assert len(answer.text.splitlines()) == 3


async def test_an_export_of_days_that_are_none_takes_nothing_away(browser, denis, some):
    answer = await (await browser.sign_in(denis)).submit(f"{PAGE}/export", qui="Anne", du="hier")
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert not await database.value("SELECT EXISTS (SELECT FROM audit_entry WHERE action = 'audit.exported')")


async def test_who_left_is_no_longer_named(browser, denis):
    await audit.record("joined", by=uuid4(), kind="member", subject="x")
    assert "ancien membre" in words(await (await browser.sign_in(denis)).get(PAGE))


async def test_who_a_case_was_handed_to_is_named(browser, denis, anne):
    await audit.record("case.handed_over", by=denis.id, kind="case", subject=uuid4(), to=str(anne.id))
    page = words(await (await browser.sign_in(denis)).get(PAGE, params={"quoi": "case.handed_over"}))
    assert "à Anne" in page
    assert str(anne.id) not in page


@pytest.mark.parametrize("facts", ['{"to": "personne"}', "[1]", '"mot"', "null", '{"to": {"a": [1e400]}}'])
async def test_facts_nobody_can_read_do_not_close_the_log(browser, denis, facts):
    await database.execute(
        "INSERT INTO audit_entry (at, action, subject_kind, subject, facts)"
        " VALUES (now(), 'case.handed_over', 'case', '3f2504e0', $1)",
        facts,
    )
    page = await (await browser.sign_in(denis)).get(PAGE)
    assert page.status_code == 200
    assert "3f2504e0" in words(page)
