"""Reporting what is wrong, and no longer meeting somebody."""

from uuid import uuid4

from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.finding import found, search, suggested
from tests.helpers.talks import answered, badge


async def test_a_reported_ad_joins_the_queue_and_the_reporter_hears_back(browser, another_browser, anne, bilal, chloe):
    ad = await published(anne)
    await browser.sign_in(bilal)
    answer = await browser.submit(f"/annonces/{ad.id}/signalement", reason="market", words="On dirait un commerce.")
    assert (await browser.follow(answer)).status_code == 200
    assert "Vous avez signalé cette annonce" in words(await browser.get(f"/annonces/{ad.id}"))

    await another_browser.sign_in(chloe)
    assert ad.title in words(await another_browser.get("/moderation"))
    case = (await case_of(ad.id))["id"]
    await take_and_decide(another_browser, case, "remove", reason="market")
    assert (await browser.get(f"/annonces/{ad.id}")).status_code == 404
    assert badge(await browser.get("/"), "notifications") == 1
    await another_browser.sign_in(anne)
    assert badge(await another_browser.get("/"), "notifications") == 1


async def test_a_report_needs_a_reason_and_an_ad_of_somebody_else(browser, anne, bilal):
    ad = await published(anne)
    await browser.sign_in(bilal)
    refused = await browser.submit(f"/annonces/{ad.id}/signalement", words="Bof")
    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    await browser.sign_in(anne)
    own = await browser.submit(f"/annonces/{ad.id}/signalement", reason="market")
    assert own.status_code >= 400


async def test_who_is_blocked_meets_the_other_nowhere_and_the_other_way_round(
    browser, another_browser, index, anne, bilal, emilie
):
    hers = await published(anne, "classifieds", title="Poussette bleue")
    his = await published(bilal, "classifieds", title="Poussette rouge")
    talk = await answered(hers.id, bilal.id)
    under = await published(emilie, title="Garde du samedi")
    one, other = await browser.sign_in(anne), await another_browser.sign_in(bilal)
    await other.submit(f"/annonces/{under.id}/reponses", body="Le matin ou l’après-midi ?")
    assert "Le matin ou l’après-midi" in words(await one.get(f"/annonces/{under.id}"))
    assert set(found(await search(one, q="poussette"))) == {"Poussette bleue", "Poussette rouge"}

    page = await one.follow(await one.submit(f"/membres/{bilal.id}/blocage"))
    assert "vous ne vous voyez plus" in words(page)

    for sees, own, hidden in ((one, "Poussette bleue", his), (other, "Poussette rouge", hers)):
        assert hidden.title not in found(await search(sees))
        assert found(await search(sees, q="poussette")) == [own]
        assert hidden.title not in await suggested(sees, "pouss")
        for path in (f"/annonces/{hidden.id}", f"/annonces/{hidden.id}/candidature", f"/messages/{talk}"):
            answer = await sees.get(path)
            if answer.status_code == 303:  # to the conversation they had, which is gone too
                answer = await sees.follow(answer)
            assert answer.status_code == 404, path
        assert (await sees.submit(f"/messages/{talk}", text="Coucou", once=uuid4())).status_code == 404
        assert "mercredi" not in words(await sees.get("/messages"))
    assert "Le matin ou l’après-midi" not in words(await one.get(f"/annonces/{under.id}"))

    await one.submit(f"/membres/{bilal.id}/deblocage")
    assert (await other.get(f"/annonces/{hers.id}")).status_code == 200
    assert (await one.get(f"/messages/{talk}")).status_code == 200


async def test_nobody_blocks_a_stranger_or_themselves(browser, anne, emilie):
    await browser.sign_in(anne)
    assert (await browser.submit(f"/membres/{uuid4()}/blocage")).status_code == 404
    assert (await browser.submit(f"/membres/{emilie.id}/blocage")).status_code == 404
    await published(anne)
    assert (await browser.submit(f"/membres/{anne.id}/blocage")).status_code >= 400
