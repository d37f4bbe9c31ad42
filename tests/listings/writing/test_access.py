"""Who may read an ad, in each of its states."""

from uuid import uuid4

import pytest

from app import database
from app.piccolo_conf import DB
from listings.life.publishing import send_back
from tests.helpers.ads import closed, draft, pending, published, removed
from tests.helpers.jobs import run_jobs
from tests.helpers.talks import answered

SEEN = {
    draft: {"Anne"},
    pending: {"Anne", "Chloe"},
    published: {"Anne", "Bilal", "Emilie", "Chloe", "Farid", "Denis"},
    closed: {"Anne", "Bilal", "Chloe"},
    removed: {"Anne", "Chloe"},
}


@pytest.mark.parametrize("kind", SEEN, ids=lambda kind: kind.__name__)
async def test_an_ad_is_read_by_whom_it_is_for(browser, anne, bilal, emilie, chloe, farid, denis, kind):
    """Bilal has answered it; Farid moderates animals only; Denis administers, which is not reading."""
    ad = await kind(anne)
    await database.execute(
        "INSERT INTO conversation (id, listing, author, helper, opened_at, last_message_at)"
        " VALUES (gen_random_uuid(), $1, $2, $3, now(), now())",
        ad.id,
        anne.id,
        bilal.id,
    )
    seen = set()
    for member in (anne, bilal, emilie, chloe, farid, denis):
        await browser.sign_in(member)
        answer = await browser.get(f"/annonces/{ad.id}")
        assert answer.status_code in (200, 404)
        if answer.status_code == 200:
            seen.add(member.first_name)

    assert seen == SEEN[kind]


async def test_an_ad_thrown_away_while_it_was_corrected_shows_nobody_its_new_words(
    browser, another_browser, anne, bilal
):
    ad = await published(anne, title="Le premier titre")
    talk = await answered(ad.id, bilal.id)
    await send_back(ad.id)
    await database.execute("UPDATE listing SET title = 'Jamais relu' WHERE id = $1", ad.id)
    await browser.sign_in(anne)
    await browser.submit(f"/annonces/{ad.id}/suppression")
    assert await database.value("SELECT status FROM listing WHERE id = $1", ad.id) == "closed"
    await run_jobs()

    await another_browser.sign_in(bilal)

    assert (await another_browser.get(f"/annonces/{ad.id}")).status_code == 404
    for path in ("/messages", f"/messages/{talk}", "/notifications"):
        page = await another_browser.get(path)
        assert page.status_code == 200 and "Jamais relu" not in page.text, path
    assert "Annonce retirée" in (await another_browser.get("/notifications")).text
    await browser.submit(f"/messages/{talk}", text="Désolée !", once=uuid4())
    assert "Jamais relu" not in (await another_browser.get("/notifications")).text


async def test_a_moderator_of_animals_in_finistere_reads_those_only(browser, anne, farid):
    await browser.sign_in(farid)
    here, elsewhere, other = (
        await pending(anne, "pet_care"),
        await pending(anne, "pet_care", commune="75056"),
        await pending(anne, "childcare"),
    )

    assert [(await browser.get(f"/annonces/{ad.id}")).status_code for ad in (here, elsewhere, other)] == [200, 404, 404]


@pytest.mark.parametrize("who_blocks", ["anne", "bilal"])
@pytest.mark.parametrize("kind", [published, closed])
async def test_blocked_members_do_not_see_each_others_ads(browser, anne, bilal, kind, who_blocks):
    ad = await kind(anne)
    await database.execute(
        "INSERT INTO conversation (id, listing, author, helper, opened_at, last_message_at)"
        " VALUES (gen_random_uuid(), $1, $2, $3, now(), now())",
        ad.id,
        anne.id,
        bilal.id,
    )
    pair = (anne.id, bilal.id) if who_blocks == "anne" else (bilal.id, anne.id)
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", *pair)
    await browser.sign_in(bilal)

    assert (await browser.get(f"/annonces/{ad.id}")).status_code == 404


@pytest.mark.parametrize("way", ["brouillon", "apercu", "modification", "cloture"])
async def test_an_ad_that_is_not_there_is_not_there(browser, anne, way):
    await browser.sign_in(anne)

    assert (await browser.get(f"/annonces/00000000-0000-4000-8000-000000000000/{way}")).status_code == 404
    assert (await browser.get(f"/annonces/not-an-id/{way}")).status_code == 404


@pytest.mark.parametrize(
    "path", ["/annonces/nouvelle", "/mes-annonces", "/photos/00000000-0000-4000-8000-000000000000/thumb"]
)
async def test_visitors_sign_in_first(browser, path):
    answer = await browser.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/connexion?suite=")


@pytest.mark.parametrize(
    ("kind", "way", "most"),
    [
        (draft, "/annonces/{}/brouillon", 4),
        (draft, "/annonces/{}/apercu", 6),
        (published, "/annonces/{}/modification", 5),
        (published, "/annonces/{}/cloture", 3),
        (published, "/mes-annonces", 4),
    ],
)
async def test_a_page_asks_the_database_little(browser, anne, kind, way, most):
    ads = [await kind(anne) for _ in range(10)]
    await browser.sign_in(anne)
    orm, plain = DB.query_id, database.asked

    assert (await browser.get(way.format(ads[0].id))).status_code == 200

    assert DB.query_id - orm + database.asked - plain <= most
