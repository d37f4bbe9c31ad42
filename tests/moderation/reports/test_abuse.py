"""Who often reports without ground is shown to moderators, warned first, and may then be kept from reporting."""

from datetime import UTC, datetime, timedelta

import pytest

from app import database
from members.joining import CHARTER
from moderation.reports import abuse
from moderation.sanctions.kinds import MEASURES
from moderation.sanctions.tables import SanctionKind
from tests.helpers.ads import published
from tests.helpers.browser import said, words
from tests.helpers.cases import told
from tests.helpers.notices import reported_without_ground

LIST = "/moderation/signalements-abusifs"
WORDS = "Gardez vos signalements pour ce qui le demande."


@pytest.mark.parametrize(
    ("abusive", "unfounded", "founded", "is_noticed"),
    [(3, 0, 0, True), (2, 0, 0, False), (0, 6, 0, True), (0, 5, 0, False), (2, 4, 0, True), (0, 6, 2, False)],
)
async def test_the_thresholds(browser, anne, bilal, chloe, abusive, unfounded, founded, is_noticed):
    for times, outcome in ((abusive, "abusive"), (unfounded, "unfounded"), (founded, "founded")):
        await reported_without_ground(bilal, anne, chloe, times, outcome)
    page = said(await (await browser.sign_in(chloe)).get(LIST))
    assert ("Bilal" in page) == is_noticed
    assert ("Aucun signalement abusif" in page) == (not is_noticed)


async def test_the_charter_names_the_thresholds_and_its_version(browser):
    page = " ".join(words(await browser.get("/charte")).split())
    times = {3: "trois", 6: "six"}
    first, then = abuse.CLOSED_FOR
    for part in (
        f"en {abuse.PERIOD.days} jours",
        f"{times[abuse.ABUSIVE]} signalements faits pour nuire",
        f"{times[abuse.UNFOUNDED]} sans raison, s’ils sont au moins {abuse.SHARE} %",
        "Un avertissement vient toujours d’abord ; il compte un an",
        f"{first} jours, puis {then}",
        f"{MEASURES[SanctionKind.no_reporting].most} jours au plus",
        f"Version {CHARTER}, ",
    ):
        assert part in page, part


async def test_what_is_old_no_longer_counts(browser, anne, bilal, chloe):
    await reported_without_ground(bilal, anne, chloe)
    await database.execute("UPDATE report SET made_at = made_at - $1::interval", abuse.PERIOD + timedelta(days=1))
    assert "Bilal" not in said(await (await browser.sign_in(chloe)).get(LIST))


async def test_a_moderator_sees_only_what_was_judged_in_their_scope(browser, anne, bilal, chloe, farid):
    await reported_without_ground(bilal, anne, chloe, category="school_run")
    assert "Bilal" not in said(await (await browser.sign_in(farid)).get(LIST))
    answer = await browser.submit(f"{LIST}/{bilal.id}/mesure", kind="warn", words=WORDS)
    assert answer.status_code == 404


async def test_a_warning_comes_first_then_thirty_days_then_ninety(browser, anne, bilal, chloe):
    await reported_without_ground(bilal, anne, chloe)
    await browser.sign_in(chloe)
    page = await browser.get(LIST)
    assert "Donner cet avertissement" in said(page)
    assert "Fermer le signalement" not in said(page)
    early = await browser.submit(f"{LIST}/{bilal.id}/mesure", kind="no_reporting", words=WORDS)
    assert early.status_code == 409
    for kind, days in (("warn", None), ("no_reporting", 30), ("no_reporting", 90)):
        page = await browser.follow(await browser.submit(f"{LIST}/{bilal.id}/mesure", kind=kind, words=WORDS))
        taken = await database.row(
            "SELECT kind, days, state, facts, words FROM sanction ORDER BY proposed_at DESC LIMIT 1"
        )
        assert (taken["kind"], taken["days"], taken["state"], taken["words"]) == (kind, days, "active", WORDS)
        assert taken["facts"] == (
            "En 90 jours, l’équipe a examiné 3 de vos signalements\u202f: 3 n’avaient pas lieu d’être,"
            " dont 3 faits pour nuire."
        )
        if days:
            assert "ne peut plus signaler" in said(page)
            again = await browser.submit(f"{LIST}/{bilal.id}/mesure", kind=kind, words=WORDS)
            assert again.status_code == 409, "one at a time"
        await database.execute(
            "UPDATE sanction SET starts_at = starts_at - interval '40 days', state = CASE kind"
            " WHEN 'warn' THEN state ELSE 'ended' END, ends_at = ends_at - interval '40 days'"
        )
        await database.execute("UPDATE member SET no_reporting_until = NULL")
    assert "sanction_taken" in [topic for topic, _ in await told(bilal)]


async def test_who_was_warned_is_given_a_chance(browser, anne, bilal, chloe):
    await reported_without_ground(bilal, anne, chloe)
    await browser.sign_in(chloe)
    page = await browser.follow(await browser.submit(f"{LIST}/{bilal.id}/mesure", kind="warn", words=WORDS))
    assert "rien de nouveau depuis" in said(page)
    early = await browser.submit(f"{LIST}/{bilal.id}/mesure", kind="no_reporting", words=WORDS)
    assert early.status_code == 409
    await reported_without_ground(bilal, anne, chloe, times=2, outcome="unfounded")
    await database.execute("UPDATE sanction SET starts_at = starts_at - interval '1 day'")
    await database.execute("UPDATE report SET made_at = made_at - interval '2 days' WHERE outcome = 'abusive'")
    assert "Fermer le signalement 30 jours" in said(await browser.get(LIST))


async def test_the_same_click_twice_is_one_warning(browser, anne, bilal, chloe):
    await reported_without_ground(bilal, anne, chloe)
    await browser.sign_in(chloe)
    sent = [await browser.submit(f"{LIST}/{bilal.id}/mesure", kind="warn", words=WORDS) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [303, 409]
    assert await database.value("SELECT count(*) FROM sanction") == 1


async def test_words_are_needed_and_kept(browser, anne, bilal, chloe):
    await reported_without_ground(bilal, anne, chloe)
    await browser.sign_in(chloe)
    answer = await browser.submit(f"{LIST}/{bilal.id}/mesure", kind="warn", words="")
    assert answer.status_code == 422
    assert "elle doit pouvoir comprendre" in said(answer)


async def test_a_moderator_is_not_on_their_own_list(browser, anne, chloe, farid):
    await reported_without_ground(chloe, anne, farid)
    assert "Chloe" not in said(await (await browser.sign_in(chloe)).get(LIST))


async def test_who_may_not_report_reads_until_when_and_what_stays_open(browser, anne, bilal):
    ad = await published(anne)
    until = datetime.now(UTC) + timedelta(days=12)
    await database.execute("UPDATE member SET no_reporting_until = $2 WHERE id = $1", bilal.id, until)
    await browser.sign_in(bilal)
    for answer in (
        await browser.get(f"/annonces/{ad.id}/signalement"),
        await browser.submit(f"/annonces/{ad.id}/signalement", reason="market"),
    ):
        assert answer.status_code == 403
        assert "Vous ne pouvez pas signaler pour l’instant" in said(answer)
        assert "C’est ainsi jusqu’au" in said(answer)
        assert f"/signaler-un-contenu-illicite?ou=/annonces/{ad.id}" in answer.text
    assert await database.value("SELECT count(*) FROM report") == 0
    await database.execute("UPDATE member SET no_reporting_until = now() - interval '1 minute' WHERE id = $1", bilal.id)
    assert (await browser.get(f"/annonces/{ad.id}/signalement")).status_code == 200
