"""One case after the other: the next comes by itself, in the part of the queue one chose, already taken."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from app import database
from members.tables import Role
from tests.helpers.ads import pending
from tests.helpers.browser import said, words
from tests.helpers.cases import WORDS, case_of, decide, hidden, take, take_and_decide


async def _case(author, category="childcare", **given) -> UUID:
    return (await case_of((await pending(author, category, **given)).id))["id"]


async def _holder(case: UUID) -> UUID | None:
    return await database.value("SELECT claimed_by FROM moderation_case WHERE id = $1", case)


@pytest.fixture
async def denis_moderates(denis, another_browser):
    await Role(member=denis.id, kind="moderator", granted_at=datetime.now(UTC)).save()
    return await another_browser.sign_in(denis)


async def test_the_next_case_opens_already_taken_in_one_redirect(browser, chloe, emilie):
    first, second = await _case(emilie), await _case(emilie, title="Aide le samedi")
    answer = await take_and_decide(await browser.sign_in(chloe), first, "approve")
    assert answer.headers["location"] == f"/moderation/dossiers/{second}"
    assert await _holder(second) == chloe.id
    assert "À vous jusqu’à" in said(await browser.follow(answer))


async def test_the_part_of_the_queue_one_chose_is_kept_from_case_to_case(browser, chloe, emilie):
    chosen = "?categorie=rides"
    first = await _case(emilie, "rides")
    await _case(emilie, "childcare")
    third = await _case(emilie, "rides", title="Vers Lorient")
    await browser.sign_in(chloe)
    answer = await browser.submit(f"/moderation/dossiers/{first}/prise{chosen}")
    assert answer.headers["location"].endswith(chosen)
    page = await browser.follow(answer)
    assert f"/moderation/dossiers/{first}/decision{chosen}" in page.text
    address = f"/moderation/dossiers/{first}/decision{chosen}"
    answer = await browser.submit(address, **hidden(page), kind="approve")
    assert answer.headers["location"] == f"/moderation/dossiers/{third}{chosen}"
    answer = await browser.submit(
        f"/moderation/dossiers/{third}/decision{chosen}", **hidden(await browser.follow(answer)), kind="approve"
    )
    assert answer.headers["location"] == f"/moderation{chosen}"
    assert "Aucun dossier ouvert ne correspond" in words(await browser.follow(answer))


@pytest.mark.parametrize(
    ("chosen", "seen"),
    [
        ("categorie=rides", {"Vers Quimper"}),
        ("departement=35", {"Chat à Rennes"}),
        ("departement=35&categorie=rides", set()),
        ("nature=listing", {"Vers Quimper", "Chat à Rennes", "Le mercredi"}),
        ("nature=reply", set()),
        ("dossiers=moi", {"Le mercredi"}),
        ("dossiers=confies", set()),
        ("categorie=nothing&departement=999&nature=x&dossiers=y", {"Vers Quimper", "Chat à Rennes", "Le mercredi"}),
    ],
)
async def test_the_queue_shows_the_part_one_chose(chosen: str, seen: set[str], browser, chloe, emilie):
    await _case(emilie, "rides", title="Vers Quimper")
    await _case(emilie, "pet_care", title="Chat à Rennes", commune="35238")
    mine = await _case(emilie, title="Le mercredi")
    await take(await browser.sign_in(chloe), mine)
    page = words(await browser.get(f"/moderation?{chosen}"))
    assert {title for title in ("Vers Quimper", "Chat à Rennes", "Le mercredi") if title in page} == seen


async def test_a_narrow_scope_is_never_widened_by_a_filter(browser, farid, emilie):
    await _case(emilie, "childcare", title="Des enfants à Brest")
    page = await (await browser.sign_in(farid)).get("/moderation?categorie=childcare&departement=29")
    assert "Des enfants à Brest" not in words(page)


async def test_taking_it_for_longer_keeps_what_was_typed(browser, chloe, emilie):
    case = await _case(emilie)
    await take(await browser.sign_in(chloe), case)
    page = await browser.submit(
        f"/moderation/dossiers/{case}/prise", words="Un début de phrase", reason="market", law="pets", ground="law"
    )
    assert page.status_code == 200
    assert "Un début de phrase" in page.text
    answer = await decide(browser, page, case, "ask_changes")
    assert answer.status_code == 303


async def test_a_form_that_comes_back_keeps_everything(browser, chloe, emilie):
    case = await _case(emilie)
    page = await take(await browser.sign_in(chloe), case)
    given = {"reason": "market", "words": WORDS, "ground": "law", "sanction": "no_posting", "facts": "Un prix."}
    answer = await decide(browser, page, case, "remove", **given)
    assert answer.status_code == 422
    assert "Choisissez le texte de loi en cause." in words(answer)
    assert "Indiquez un nombre de jours" in words(answer)
    for kept in (WORDS, "Un prix.", '<option value="no_posting" selected>', 'value="law" checked', '"market"'):
        assert kept in answer.text


async def test_a_note_is_read_by_the_team_and_never_by_its_author(browser, denis_moderates, chloe, emilie):
    case = await _case(emilie)
    await browser.sign_in(chloe)
    answer = await browser.submit(f"/moderation/dossiers/{case}/notes", note="Déjà vue en juin, à suivre.")
    assert "Déjà vue en juin, à suivre." in words(await browser.follow(answer))
    assert "Chloe" in words(await denis_moderates.get(f"/moderation/dossiers/{case}"))
    assert (await browser.submit(f"/moderation/dossiers/{case}/notes", note=" ")).status_code == 409


async def test_a_case_is_handed_over_with_a_word_and_waits_for_them(browser, denis_moderates, chloe, denis, emilie):
    first, second = await _case(emilie), await _case(emilie, title="Aide le samedi")
    await take(await browser.sign_in(chloe), first)
    choice = await browser.get(f"/moderation/dossiers/{first}/passation")
    assert f'<option value="{denis.id}">Denis</option>' in choice.text
    answer = await browser.submit(f"/moderation/dossiers/{first}/passation", to=denis.id, words="Je ne sais pas trop.")
    assert answer.headers["location"] == f"/moderation/dossiers/{second}"
    assert "Garde de deux enfants" in words(await denis_moderates.get("/moderation?dossiers=confies"))
    assert "confié à vous" in words(await denis_moderates.get("/moderation"))
    page = words(await browser.get("/moderation"))
    assert "confié à Denis" in page
    answer = await take_and_decide(browser, second, "approve")
    assert answer.headers["location"] == "/moderation"  # what waits for Denis does not come to Chloé by itself


@pytest.mark.parametrize("sent", [{}, {"to": "nobody"}, {"words": "Parce que."}])
async def test_handing_over_asks_to_whom_and_why(sent: dict[str, str], browser, denis_moderates, chloe, emilie):
    case = await _case(emilie)
    await browser.sign_in(chloe)
    assert (await browser.submit(f"/moderation/dossiers/{case}/passation", **sent)).status_code == 422


async def test_nobody_is_handed_a_case_out_of_their_scope(browser, farid, chloe, emilie):
    case = await _case(emilie)
    await browser.sign_in(chloe)
    assert "Personne d’autre de l’équipe" in words(await browser.get(f"/moderation/dossiers/{case}/passation"))
    answer = await browser.submit(f"/moderation/dossiers/{case}/passation", to=farid.id, words="Pour toi.")
    assert answer.status_code == 409


async def test_whoever_knows_the_author_says_so_and_sees_none_of_theirs(browser, chloe, emilie, anne):
    theirs, another = await _case(emilie), await _case(anne, title="Aide le samedi")
    await take(await browser.sign_in(chloe), theirs)
    answer = await browser.submit(f"/moderation/dossiers/{theirs}/lien")
    assert answer.headers["location"] == f"/moderation/dossiers/{another}"
    assert (await browser.get(f"/moderation/dossiers/{theirs}")).status_code == 404
    assert await _holder(theirs) is None


@pytest.mark.commits
async def test_two_moderators_who_go_on_at_once_get_two_cases(browser, denis_moderates, chloe, denis, emilie):
    import asyncio

    mine, theirs = await _case(emilie), await _case(emilie)
    rest = {await _case(emilie), await _case(emilie)}
    await browser.sign_in(chloe)
    pages = [await take(browser, mine), await take(denis_moderates, theirs)]
    async with asyncio.timeout(20):
        answers = await asyncio.gather(
            decide(browser, pages[0], mine, "approve"), decide(denis_moderates, pages[1], theirs, "approve")
        )
    opened = {UUID(answer.headers["location"].rsplit("/", 1)[1]) for answer in answers}
    assert opened == rest
