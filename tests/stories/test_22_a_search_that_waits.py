"""Nothing fits today: a member leaves the search with us, and hears once of what comes, in words that say nothing."""

import re

from listings.life.publishing import submit
from listings.schedules.schedule import Schedule, Slot
from tests.helpers.ads import draft, in_days, pending, published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.codes import empty_mailbox, letters_to, link_in
from tests.helpers.finding import found, search
from tests.helpers.jobs import run_jobs
from tests.helpers.talks import answered
from tests.moderation.cases.people import as_me


async def online(author, category, **said):
    """An ad as its author sends it when nothing speaks against it."""
    ad = await draft(author, category, **said)
    await submit(ad.id, as_me(author, is_moderator=False))
    return ad


async def test_an_empty_search_is_kept_and_answered_once_without_a_word_of_it_outside(
    browser, another_browser, index, anne, bilal
):
    empty_mailbox()
    hers = await browser.sign_in(anne)
    nothing = await search(hers, q="remorque bagagère", categorie="classifieds")
    assert found(nothing) == []
    (asking,) = set(re.findall(r'href="(/moi/recherches/nouvelle\?[^"]+)"', nothing.text))
    form = await hers.get(asking.replace("&amp;", "&"))
    assert "remorque bagagère" in form.text
    assert "Petites annonces" in words(form)
    criteria = re.findall(r'name="criteria"[^>]* value="([^"]*)" checked', form.text)
    kept = await hers.submit("/moi/recherches/nouvelle", q="remorque bagagère", criteria=criteria, pace="at_once")
    assert "remorque bagagère" in words(await hers.follow(kept))

    ad = await online(
        bilal, "classifieds", title="Remorque bagagère bleue", body="Je la donne, elle ne sert plus depuis longtemps."
    )
    other = await online(
        bilal, "classifieds", title="Tondeuse à gazon", body="Elle coupe bien, moteur révisé au printemps."
    )
    await run_jobs()
    told = await hers.get("/notifications")
    assert "remorque bagagère" in words(told)
    assert words(told).count("remorque bagagère") == 1
    results = await hers.get("/moi/recherches")
    assert str(other.id) not in results.text

    (letter,) = letters_to(anne.email)
    said = f"{letter['Subject']} {letter.get_content()}"
    for secret in ("remorque", "bagag", "Bilal", "Quimper", "prêt", str(ad.id)):
        assert secret.lower() not in said.lower(), secret
    assert "One-Click" in letter["List-Unsubscribe-Post"]

    (link,) = re.findall(r"https?://[^/]+(/lien/courriels/[^>\s]+)", letter["List-Unsubscribe"])
    stopped = await another_browser.post(link, data={"List-Unsubscribe": "One-Click"})
    assert stopped.status_code in (200, 202, 204), words(stopped)
    await online(
        bilal, "classifieds", title="Petite remorque bagagère", body="Deux roues, bâche offerte, à venir chercher ici."
    )
    await run_jobs()
    assert len(letters_to(anne.email)) == 1
    assert link_in(letter).startswith("/")


async def test_what_waits_for_a_moderator_alerts_nobody_before_the_yes(
    browser, another_browser, index, anne, emilie, chloe
):
    hers = await browser.sign_in(anne)
    await hers.submit("/moi/recherches/nouvelle", q="", criteria="categorie=pet_care&departement=29", pace="at_once")
    waits = await pending(emilie, "pet_care", title="Visites à un chat âgé")
    await run_jobs()
    assert "chat âgé" not in words(await hers.get("/moi/recherches"))
    before = words(await hers.get("/notifications"))

    desk = await another_browser.sign_in(chloe)
    await take_and_decide(desk, (await case_of(waits.id))["id"], "approve")
    await run_jobs()
    after = words(await hers.get("/notifications"))
    assert after != before
    assert found(await search(hers, categorie="pet_care")) == ["Visites à un chat âgé"]


async def test_who_is_blocked_reaches_no_alert_and_no_result(browser, another_browser, index, anne, bilal):
    hers = await browser.sign_in(anne)
    await hers.submit("/moi/recherches/nouvelle", q="poussette", criteria="", pace="at_once")
    await answered((await published(anne)).id, bilal.id)  # who never met have nobody to block
    blocked = await hers.submit(f"/membres/{bilal.id}/blocage")
    assert blocked.headers["location"].startswith("/moi/blocages"), words(blocked)
    await online(bilal, "classifieds", title="Poussette double")
    await run_jobs()
    assert "Rien de nouveau" in words(await hers.get("/notifications"))
    assert found(await search(hers, q="poussette")) == []
    everywhere = await hers.get("/recherche", params={"q": "poussette"})
    assert "Poussette double" not in words(everywhere)


async def test_days_on_which_somebody_is_away_narrow_and_order_nothing(browser, index, anne, bilal):
    away = Schedule(slots=(Slot(on=in_days(20)), Slot(on=in_days(21))))
    await published(anne, "pet_care", title="Nourrir deux chats", schedule=away)
    await published(anne, "childcare", title="Garde d’un soir", schedule=Schedule(slots=(Slot(on=in_days(20)),)))
    his = await browser.sign_in(bilal)
    the_day = {"du": in_days(20).isoformat(), "au": in_days(20).isoformat()}
    another = {"du": in_days(40).isoformat(), "au": in_days(40).isoformat()}
    assert "Garde d’un soir" in found(await search(his, **the_day))
    assert "Garde d’un soir" not in found(await search(his, **another))
    that_day = "Nourrir deux chats" in found(await search(his, categorie="pet_care", **the_day))
    other_day = "Nourrir deux chats" in found(await search(his, categorie="pet_care", **another))
    assert that_day == other_day
