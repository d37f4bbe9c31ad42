"""One's own home: what it says in each state, prolonging it, withdrawing it, taking it up again."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app import database
from app.database import transaction
from app.settings import settings
from exchanges.calendar.exchanger import open_exchanger
from exchanges.homes.own import own_home
from listings.kinds import Outcome, Status
from listings.life.closing import close_listing
from listings.life.ending_links import Action, ending_link
from listings.life.passing import let_time_pass
from listings.life.reminding import remind_authors
from moderation.decisions.undoing import undo
from tests.helpers.appeals import removed_ad
from tests.helpers.browser import words
from tests.helpers.cases import audited, told
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.home_forms import HERE, home_of
from tests.helpers.homes import a_home, home_draft, waiting_home
from tests.helpers.jobs import run_jobs
from tests.moderation.cases.people import as_me

MOST_OF_A_YEAR = timedelta(days=330)


async def old_home(member, ago=MOST_OF_A_YEAR, **given):
    return await a_home(member, published_at=datetime.now(UTC) - ago, **given)


async def undone(decision) -> None:
    async with transaction():
        await undo(decision)


async def status_of(home) -> str:
    return await database.value("SELECT status FROM listing WHERE id = $1", home.id)


async def test_the_page_says_where_the_home_stands(browser, anne, bilal, emilie):
    await home_draft(anne)
    await browser.sign_in(anne)
    assert "Brouillon" in words(await browser.get(HERE)) and "Relire et envoyer" in words(await browser.get(HERE))
    await waiting_home(emilie)
    await browser.sign_in(emilie)
    assert "En relecture" in words(await browser.get(HERE))
    await a_home(bilal)
    await browser.sign_in(bilal)
    page = words(await browser.get(HERE))
    assert "En ligne" in page and "5 personnes" in page and "vous y êtes propriétaire" in page
    assert "Mes semaines et mes souhaits" in page and "Garder un an de plus" not in page


async def test_own_home_is_read_in_any_state_until_it_ends(anne, bilal):
    assert await own_home(anne.id) is None
    home = await a_home(anne)
    found = await own_home(anne.id)
    assert found and (found.id, found.is_online, found.commune.label) == (home.id, True, "Brest (29)")
    assert found.sheet and found.sheet.sleeps == 5
    assert await own_home(bilal.id) is None
    await close_listing(home.id, as_me(anne), Outcome.withdrawn)
    assert await own_home(anne.id) is None
    half = await home_draft(anne, home_kind="castle")
    found = await own_home(anne.id)
    assert found and (found.id, found.sheet, found.status) == (half.id, None, Status.draft)


async def test_a_home_past_half_of_its_year_is_kept_a_year_more(browser, anne):
    home = await old_home(anne)
    await browser.sign_in(anne)
    assert "Garder un an de plus" in words(await browser.get(HERE))

    page = await browser.follow(await browser.submit(f"{HERE}/prolongation"))

    assert "reste en ligne un an de plus" in words(page)
    left = (await home_of(anne))["expires_at"] - datetime.now(UTC)
    assert round(left / timedelta(days=1)) == 365
    assert await audited(home.id) == ["listing.renewed"]


async def test_what_the_rules_refuse_by_now_is_not_prolonged(browser, anne):
    home = await old_home(anne, body="Une maison de plain-pied avec un jardin. Libre en août.")
    await browser.sign_in(anne)

    answer = await browser.submit(f"{HERE}/prolongation")

    assert answer.status_code == 409 and "Votre fiche est à corriger" in words(answer)
    assert await told(anne) == [("renewal_refused", f"{HERE}/modification")]
    assert await status_of(home) == "published"


async def test_withdrawn_it_is_read_by_nobody_and_can_be_taken_up_again(browser, anne, bilal):
    home = await a_home(anne)
    await open_exchanger(anne.id)
    await browser.sign_in(anne)
    assert "Retirer votre logement" in words(await browser.get(f"{HERE}/retrait"))

    page = await browser.follow(await browser.submit(f"{HERE}/retrait"))

    assert "n’est plus visible" in words(page) and "Reprendre cette fiche" in words(page)
    assert await status_of(home) == "closed"
    assert await database.value("SELECT count(*) FROM match_asked WHERE member = $1", anne.id) > 0
    await browser.sign_in(bilal)
    assert (await browser.get(f"/logements/{home.id}")).status_code == 404
    await browser.sign_in(anne)
    again = await browser.follow(await browser.submit(f"{HERE}/reprise"))
    assert "de nouveau un brouillon" in words(again)
    assert await status_of(home) == "draft"


async def test_an_old_home_is_not_taken_up_beside_a_new_one(browser, anne):
    old = await a_home(anne)
    await close_listing(old.id, as_me(anne), Outcome.withdrawn)
    new = await home_draft(anne)
    await browser.sign_in(anne)

    answer = await browser.submit(f"{HERE}/reprise")

    assert answer.status_code == 409
    assert (await status_of(old), await status_of(new)) == ("closed", "draft")


async def test_an_appeal_does_not_give_a_second_home(anne, chloe):
    decision = await removed_ad(anne, chloe, category="home")
    removed = await database.value(
        'SELECT listing FROM moderation_case c JOIN decision d ON d."case" = c.id WHERE d.id = $1', decision
    )
    new = await home_draft(anne)

    await undone(decision)

    assert await database.value("SELECT status FROM listing WHERE id = $1", removed) == "closed"
    assert await status_of(new) == "draft"


async def test_an_appeal_gives_the_only_home_back(anne, chloe):
    decision = await removed_ad(anne, chloe, category="home")

    await undone(decision)

    assert (await home_of(anne))["status"] == "published"


async def test_the_reminder_leads_to_ones_home_and_its_letter_settles_nothing(browser, anne):
    empty_mailbox()
    await old_home(anne, ago=timedelta(days=360))

    assert await remind_authors() == 1
    await run_jobs()

    assert await told(anne) == [("listing_ending", HERE)]
    (letter,) = letters_to(anne.email)
    links = set(re.findall(re.escape(settings().site_url) + r"(/lien/annonce/\S+)", letter.get_content()))
    empty_mailbox()
    assert len(links) == 2
    pages = [words(await browser.get(link)) for link in links]
    assert all("Prolonger la fiche" in page and "C’est réglé" not in page for page in pages)


async def test_a_home_is_never_settled_by_a_link(browser, anne):
    home = await old_home(anne, ago=timedelta(days=360))
    await remind_authors()
    reminded_at = await database.value("SELECT reminded_at FROM listing WHERE id = $1", home.id)
    link = f"/lien/annonce/{ending_link(home.id, 0, reminded_at, Action.settle)}"

    await browser.submit(link)
    assert await status_of(home) == "published"

    done = await browser.submit(link, do="withdraw")
    assert "Votre fiche est retirée" in words(done) and f'href="{HERE}"' in done.text
    assert await status_of(home) == "closed"


async def test_after_a_year_it_ends_and_its_owner_is_told(anne):
    home = await old_home(anne, ago=timedelta(days=366))
    await let_time_pass()
    assert await status_of(home) == "closed"
    assert ("listing_expired", HERE) in await told(anne)


@pytest.mark.parametrize("state", ["draft", "pending", "aside"])
async def test_what_is_not_online_is_neither_changed_nor_withdrawn(browser, anne, state):
    home = await home_draft(anne)
    if state != "draft":
        await database.execute(
            "UPDATE listing SET status = $2::varchar, published_at = now(), expires_at = now() + interval '9 days',"
            " set_aside_at = CASE WHEN $2::varchar = 'aside' THEN now() END WHERE id = $1",
            home.id,
            state,
        )
    await browser.sign_in(anne)
    for path in ("/modification", "/retrait"):
        assert (await browser.get(f"{HERE}{path}")).headers["location"] == HERE
        assert (await browser.submit(f"{HERE}{path}")).status_code == 409
    assert await status_of(home) == state
