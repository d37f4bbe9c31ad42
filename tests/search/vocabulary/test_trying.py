"""What words would change is seen before they are added, whichever engine serves."""

from app import database
from search.words.synonyms import units
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.vocabulary import try_words


async def test_the_results_stand_side_by_side_and_nothing_is_added(browser, anne, denis):
    bag = await published(anne, "classifieds", title="Cartable presque neuf à donner")
    await published(anne, "classifieds", title="Gibecière en cuir à donner")
    await browser.sign_in(denis)
    page = await try_words(browser, "gibecière", "cartable")
    shown = words(page)
    assert page.status_code == 200
    assert "Chercher « gibecière »" in shown
    assert "1 résultat de plus." in shown
    before, after = shown.split("Avec ces mots")
    assert "Cartable presque neuf" not in before
    assert "Cartable presque neuf à donner nouveau" in after
    assert f'href="/annonces/{bag.id}"' in page.text
    assert not await database.value("SELECT count(*) FROM search_synonym")
    assert not units("gibecière")[0].others


async def test_any_search_may_be_tried_with_them(browser, anne, denis):
    await published(anne, "classifieds", title="Cartable presque neuf à donner")
    await browser.sign_in(denis)
    page = await try_words(browser, "gibecière", "cartable", tried="une gibecière à donner")
    assert "Chercher « une gibecière à donner »" in words(page)


async def test_words_that_change_nothing_say_so(browser, anne, denis):
    await browser.sign_in(denis)
    page = await try_words(browser, "gibecière", "musette")
    assert "ne changent rien" in words(page)
    assert "Rien n’est trouvé" in words(page)


async def test_what_is_refused_when_added_is_refused_when_tried(browser, denis):
    await browser.sign_in(denis)
    for terms, answer in (
        (["gibecière"], "au moins deux expressions"),
        (["nounou", "baby-sitter"], "connaît déjà"),
        (["!?", "…"], "ne contient que des mots"),
    ):
        page = await try_words(browser, *terms)
        assert page.status_code == 422
        assert answer in words(page)


async def test_what_the_administrator_may_not_see_is_not_in_the_trial(browser, anne, bilal, denis):
    await published(anne, "classifieds", title="Cartable d’Anne")
    gone = await published(bilal, "classifieds", title="Cartable de Bilal")
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", anne.id, denis.id)
    await database.execute("DELETE FROM listing WHERE id = $1", gone.id)
    await browser.sign_in(denis)
    page = await try_words(browser, "gibecière", "cartable")
    assert "Cartable d" not in words(page)
