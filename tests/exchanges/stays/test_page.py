"""The page of a confirmed exchange: what each of its members finds there, and what it asks of the database."""

from app import database
from tests.helpers.ads import in_days
from tests.helpers.browser import words
from tests.helpers.budget import Asked
from tests.helpers.stays import BOOKLET, gives_card, on_days, swapped, writes_booklet


async def test_the_guest_finds_how_to_reach_the_host_and_when_the_door_opens(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=20)
    await gives_card(browser, anne)
    await browser.sign_in(bilal)
    page = await browser.get(swap.path)
    said = words(page)
    assert "Anne Le Bris" in said and 'href="tel:+33612345678"' in page.text and "anne@exemple.test" in said
    assert "L’adresse exacte s’ouvre le" in said and swap.her_door not in page.text and "Embruns" not in page.text
    assert "Le livret d’accueil s’ouvre le" in said


async def test_in_time_the_door_and_the_booklet_are_a_click_away(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=2)
    await browser.sign_in(bilal)
    page = (await browser.get(swap.path)).text
    assert f'href="{swap.her_door}"' in page and f'href="{swap.her_booklet}"' in page


async def test_the_host_is_warned_without_an_address_and_reads_who_came_to_it(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=10)
    await browser.sign_in(anne)
    assert "Votre adresse manque" in words(await browser.get(swap.path))
    await gives_card(browser, anne)
    said = words(await browser.get(swap.path))
    assert "Votre adresse manque" not in said and "Personne n’a encore lu votre adresse" in said
    await browser.sign_in(bilal)
    await browser.get(swap.her_door)
    await browser.get(swap.her_door)
    await browser.sign_in(anne)
    assert "Votre adresse a été lue 2 fois" in words(await browser.get(swap.path))


async def test_what_is_taken_back_can_be_shared_again_from_the_page(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    page = await browser.follow(await browser.submit(swap.path + "/partage", part="door"))
    assert "C’est repris" in words(page) and "Rouvrir mon adresse" in words(page)


async def test_once_it_is_over_nothing_is_left_to_prepare(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await gives_card(browser, anne)
    await on_days(swap.id, in_days(-30), in_days(-20))
    await database.execute("UPDATE swap SET state = 'done', ended_at = now() WHERE id = $1", swap.id)
    await browser.sign_in(bilal)
    said = words(await browser.get(swap.path))
    assert "À préparer" not in said and "anne@exemple.test" not in said
    assert "Les coordonnées ne sont plus affichées" in said


async def test_the_page_asks_the_same_whatever_there_is_to_show(browser, anne, bilal):
    swap = await swapped(anne, bilal, starts=1)
    await browser.sign_in(anne)
    await browser.get(swap.path)
    with Asked() as bare:
        await browser.get(swap.path)
    await gives_card(browser, anne)
    await writes_booklet(browser, anne, BOOKLET)
    await browser.sign_in(bilal)
    await browser.get(swap.her_door)
    await browser.sign_in(anne)
    with Asked() as full:
        await browser.get(swap.path)
    assert full.queries == bare.queries <= 10
