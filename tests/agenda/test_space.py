"""One's own space: what waits, the days to come, the ads on their shelves."""

import re
from datetime import timedelta

import pytest

from app import database
from app.dates import in_words, now
from tests.helpers.ads import closed, draft, pending, published, removed
from tests.helpers.agreed import agreed, this_day
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.talks import answered


async def every_state(anne) -> None:
    await published(anne, title="Annonce en ligne")
    some = await published(anne, "rides", title="Annonce réservée en partie", quantity=3)
    await database.execute("UPDATE listing SET reserved = 2 WHERE id = $1", some.id)
    whole = await published(anne, "helping_hand", title="Annonce réservée")
    await database.execute("UPDATE listing SET reserved = places WHERE id = $1", whole.id)
    await pending(anne, title="Annonce en relecture")
    await draft(anne, title="Annonce en brouillon")
    await closed(anne, title="Annonce réglée")
    await closed(anne, title="Annonce expirée", outcome="expired")
    await removed(anne, title="Annonce retirée")


def shelves(page) -> dict[str, str]:
    """The tabs with their counts."""
    nav = re.search(r'aria-label="Mes annonces par état">(.*?)</nav>', page.text, re.DOTALL)[1]
    return dict(re.findall(r'annonces=([a-z-]+)#annonces"[^>]*>[^<]*(?:<span class="count">(\d+))?', nav))


async def test_every_ad_stands_on_one_shelf(browser, anne):
    await every_state(anne)
    await browser.sign_in(anne)
    page = await browser.get("/mon-espace")
    assert shelves(page) == {"en-ligne": "1", "reservees": "2", "relecture": "1", "brouillons": "1", "terminees": "3"}
    on = {
        name: set(
            re.findall(
                r'own-title">(?:<a[^>]*>)?(Annonce [^<]+)', (await browser.get(f"/mon-espace?annonces={name}")).text
            )
        )
        for name in shelves(page)
    }
    assert on == {
        "en-ligne": {"Annonce en ligne"},
        "reservees": {"Annonce réservée en partie", "Annonce réservée"},
        "relecture": {"Annonce en relecture"},
        "brouillons": {"Annonce en brouillon"},
        "terminees": {"Annonce réglée", "Annonce expirée", "Annonce retirée"},
    }


async def test_a_reserved_ad_says_how_many_places_are_taken(browser, anne):
    await every_state(anne)
    page = words(await (await browser.sign_in(anne)).get("/mon-espace?annonces=reservees"))
    assert "Réservée en partie (2 sur 3)" in page


@pytest.mark.parametrize("name", ["", "inconnu", "<b>", "en-ligne'"])
async def test_an_unknown_shelf_shows_the_first_that_holds_something(browser, anne, name):
    await draft(anne, title="Annonce en brouillon")
    page = await (await browser.sign_in(anne)).get("/mon-espace", params={"annonces": name})
    assert "Annonce en brouillon" in words(page)


async def test_the_days_to_come_are_those_of_a_week(browser, anne, bilal):
    await agreed(anne, bilal, this_day(), this_day(6), this_day(7), title="Garde promise")
    page = await (await browser.sign_in(bilal)).get("/mon-espace")
    days = re.search(r'class="space-days.*?</section>', page.text, re.DOTALL)[0]
    assert days.count("Garde promise</a>") == 2 and "Vous aidez Anne" in days


async def test_who_has_nothing_yet_is_invited_to_publish(browser, anne):
    page = await (await browser.sign_in(anne)).get("/mon-espace")
    assert "Pas encore d’annonce" in words(page) and "Rien de promis d’ici là" in words(page)


async def test_it_is_the_place_called_me_in_the_bar(browser, anne):
    await browser.sign_in(anne)
    for path in ("/mon-espace", "/agenda", "/mes-annonces", "/moi", "/moi/flux"):
        page = (await browser.get(path)).text
        bar = re.search(r'<ul class="places-list">(.*?)</ul>', page, re.DOTALL)[1]
        assert bar.count("<li") - bar.count('<li class="places-wide"') == 5, "on a phone"
        assert re.findall(r'href="([^"]+)" aria-current="page"', bar) == ["/mon-espace"], path
    account = (await browser.get("/moi")).text
    assert all(f'href="{path}"' in account for path in ("/mon-espace", "/agenda", "/moi/flux"))


async def test_a_visitor_is_sent_to_sign_in(browser):
    for path in ("/mon-espace", "/agenda", "/moi/flux"):
        assert (await browser.get(path)).headers["location"] == f"/connexion?suite={path}"


async def test_nobody_reads_the_space_of_another(browser, anne, bilal, emilie):
    await every_state(anne)
    await agreed(anne, bilal, this_day(1), title="Garde promise")
    await browser.sign_in(emilie)
    for path in ("/mon-espace", "/mon-espace?annonces=brouillons", "/agenda"):
        page = (await browser.get(path)).text
        assert "Annonce" not in re.sub(r"Annonces|annonces", "", page) and "Garde promise" not in page


async def test_a_full_space_keeps_to_its_queries_and_its_weight(browser, anne, bilal, emilie, farid):
    for number in range(30):
        ad = await published(anne, title=f"Annonce n° {number}, au titre d’une longueur ordinaire pour une annonce")
        if number < 15:
            for helper in (bilal, emilie, farid)[: number % 3 + 1]:
                await answered(ad.id, helper.id)
                await waits(ad.id, helper)
    for number in range(12):
        await agreed(bilal, anne, this_day(number % 6), title=f"Garde promise n° {number}")
    await browser.sign_in(anne)
    await browser.get("/mon-espace")
    with Asked() as asked:
        page = await browser.get("/mon-espace")
    assert asked.queries <= 8, asked.queries
    assert len(page.content) < 40 * 1024, len(page.content)
    assert "de plus" in words(page)


async def waits(listing, helper) -> None:
    await database.execute(
        "INSERT INTO answer (listing, helper, conversation, slots, commune, state, answered_at)"
        " SELECT listing, helper, id, '{}', '29232', 'waiting', now() FROM conversation"
        " WHERE listing = $1 AND helper = $2 ON CONFLICT DO NOTHING",
        listing,
        helper.id,
    )


async def test_my_ads_say_the_answers_that_wait_and_lead_to_the_board(browser, anne, bilal, emilie):
    ad = await published(anne, title="Garde du mercredi")
    for helper in (bilal, emilie):
        await answered(ad.id, helper.id)
        await waits(ad.id, helper)
    await browser.sign_in(anne)
    for path in ("/mes-annonces", "/mon-espace"):
        page = await browser.get(path)
        assert "2 réponses en attente de votre choix" in words(page)
        assert f'href="/annonces/{ad.id}/candidatures"' in page.text
    await database.execute("UPDATE answer SET state = 'declined'")
    assert "en attente de votre choix" not in words(await browser.get("/mes-annonces"))


async def test_an_ended_ad_can_be_taken_up_unless_it_is_settled(browser, anne):
    gone = await closed(anne, outcome="expired")
    withdrawn = await closed(anne, "rides", outcome="withdrawn")
    settled = await closed(anne, "tips")
    page = (await (await browser.sign_in(anne)).get("/mes-annonces")).text
    assert f'action="/annonces/{gone.id}/reprise"' in page and f'action="/annonces/{withdrawn.id}/reprise"' in page
    assert f'action="/annonces/{settled.id}/reprise"' not in page
    assert "Arrivée à son terme" in page and "Réglée" in page


async def test_the_last_day_online_is_the_day_before_midnight(browser, anne):
    ad = await published(anne, wanted_by=this_day(20))
    page = words(await (await browser.sign_in(anne)).get("/mes-annonces"))
    assert ad.expires_at > now() + timedelta(days=19)
    assert f"Jusqu’au {in_words(this_day(20))}" in page


async def test_an_ad_says_once_that_it_is_online(browser, anne):
    await published(anne, title="Cartons à donner")
    for path in ("/mon-espace", "/mes-annonces"):
        page = await (await browser.sign_in(anne)).get(path)
        line = page.text.split('<li class="own ', 1)[1].split("</li>", 1)[0]
        assert line.count("En ligne") == 1, path
