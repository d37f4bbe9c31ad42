"""Words an administrator adds to those of the search: by the page, for every process, in the log."""

import asyncio

import pytest

from app import database
from app.database import transaction
from members.me import Me
from search.vocabulary import adding, following
from search.vocabulary.adding import WordsForm
from search.words import synonyms
from search.words.synonyms import units
from tests.helpers.browser import said, words
from tests.helpers.jobs import run_jobs, waiting_jobs
from tests.helpers.vocabulary import PAGE, add_words
from tests.helpers.waiting import until
from tests.moderation.cases.people import as_me

IN_FORCE = "SELECT id, terms, one_way FROM search_synonym WHERE withdrawn_at IS NULL ORDER BY id"


def others(word: str) -> set[str]:
    """What else a searched word is taken for now, in stems."""
    return {" ".join(phrase) for unit in units(word) for phrase in unit.others}


async def test_words_added_are_searched_for_each_other(browser, denis):
    await browser.sign_in(denis)
    page = await browser.follow(await add_words(browser, "clef de douze", "clé plate"))
    assert "C’est ajouté" in words(page)
    assert "clef de douze = clé plate" in words(page)
    assert others("clé plate") == {"clef douz"}
    assert others("clef de douze") == {"cle plat"}


async def test_read_one_way_the_first_finds_the_others_alone(browser, denis):
    await browser.sign_in(denis)
    await add_words(browser, "outillage", "marteau", "tenaille", way="one_way")
    assert {"marteau", "tenaill"} <= others("outillage")
    assert "outillag" not in others("marteau")
    assert "tenaill" not in others("marteau")


async def test_words_taken_back_are_searched_no_more(browser, denis):
    await browser.sign_in(denis)
    await add_words(browser, "tenaille", "pince coupante")
    added = await database.value("SELECT id FROM search_synonym")
    page = await browser.follow(await browser.submit(f"{PAGE}/{added}/retrait"))
    assert "C’est retiré" in words(page)
    assert "Les derniers retirés" in words(page)
    assert not others("tenaille")
    again = await browser.submit(f"{PAGE}/{added}/retrait")
    assert again.status_code == 409
    assert "déjà été retirés" in words(again)


async def test_words_taken_back_may_be_added_again(browser, denis):
    await browser.sign_in(denis)
    await add_words(browser, "tenaille", "pince coupante")
    await browser.submit(f"{PAGE}/{await database.value('SELECT id FROM search_synonym')}/retrait")
    await browser.follow(await add_words(browser, "tenaille", "pince coupante"))
    assert len(await database.rows(IN_FORCE)) == 1


async def test_words_never_added_are_not_here(browser, denis):
    await browser.sign_in(denis)
    for never in (987_654, 2**63):
        assert (await browser.submit(f"{PAGE}/{never}/retrait")).status_code == 404


async def test_the_same_form_sent_twice_is_one_change(browser, denis):
    await browser.sign_in(denis)
    await add_words(browser, "tenaille", "pince coupante")
    await browser.follow(await add_words(browser, "Pince  coupante", "tenaille"))
    assert [row["terms"] for row in await database.rows(IN_FORCE)] == [["pince coupante", "tenaille"]]
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'synonym.added'") == 1


@pytest.mark.parametrize(
    ("terms", "answer"),
    [
        ([], "au moins deux expressions"),
        (["tenaille"], "au moins deux expressions"),
        (["tenaille", "tenaille"], "au moins deux expressions"),
        ([f"mot{number}" for number in range(9)], "au plus 8 expressions"),
        (["tenaille", "le de la"], "ne contient que des mots que la recherche passe"),
        (["vélo", "vélos"], "sont déjà le même mot"),
        (["nounou", "baby-sitter"], "connaît déjà ces mots ensemble"),
        (["tenaille", "x" * 61], "au plus 6 mots"),
        (["tenaille", "un deux trois quatre cinq six sept"], "au plus 6 mots"),
    ],
)
async def test_words_that_add_nothing_are_refused_beside_their_field(browser, denis, terms, answer):
    await browser.sign_in(denis)
    page = await add_words(browser, *terms)
    assert page.status_code == 422, said(page)
    assert answer in words(page)
    assert not await database.rows(IN_FORCE)


async def test_what_was_typed_stays_when_it_is_refused(browser, denis):
    await browser.sign_in(denis)
    page = await add_words(browser, "tenaille", way="one_way", tried="une pince")
    assert "tenaille</textarea>" in page.text
    assert 'value="une pince"' in page.text


async def test_no_more_groups_than_a_search_can_bear(browser, denis):
    await browser.sign_in(denis)
    await database.execute(
        "INSERT INTO search_synonym (terms, one_way, added_at)"
        " SELECT ARRAY['un' || n, 'deux' || n], FALSE, now() FROM generate_series(1, $1) n",
        adding.MOST_GROUPS,
    )
    page = await add_words(browser, "tenaille", "pince coupante")
    assert page.status_code == 422
    assert "Retirez-en avant" in words(page)


async def test_the_log_says_who_and_not_which_words(browser, denis):
    await browser.sign_in(denis)
    await add_words(browser, "tenaille", "pince coupante")
    added = await database.value("SELECT id FROM search_synonym")
    await browser.submit(f"{PAGE}/{added}/retrait")
    log = await database.rows(
        "SELECT action, actor, subject, facts FROM audit_entry WHERE subject_kind = 'synonym' ORDER BY id"
    )
    assert [(entry["action"], entry["actor"], entry["subject"]) for entry in log] == [
        ("synonym.added", denis.id, str(added)),
        ("synonym.withdrawn", denis.id, str(added)),
    ]
    assert not [entry for entry in log if "tenaille" in entry["facts"]]


async def test_a_job_brings_the_words_to_the_settings_of_the_engine(browser, denis):
    await browser.sign_in(denis)
    await add_words(browser, "tenaille", "pince coupante")
    assert [name for name, _ in await waiting_jobs()] == ["search.apply_words", "search.derive"]
    synonyms.use(None)  # as in a process that only works
    await run_jobs()
    assert others("tenaille") == {"pinc coup"}


async def test_a_process_that_starts_knows_the_words(denis):
    await database.execute(
        "INSERT INTO search_synonym (terms, one_way, added_at)"
        " VALUES (ARRAY['tenaille', 'pince coupante'], FALSE, now())"
    )
    await following.read_again()
    assert others("tenaille") == {"pinc coup"}


@pytest.mark.commits
async def test_every_process_follows_after_the_commit(app, denis):
    async with transaction():
        await database.execute(
            "INSERT INTO search_synonym (terms, one_way, added_at)"
            " VALUES (ARRAY['tenaille', 'pince coupante'], FALSE, now())"
        )
        await adding._tell_everyone()

    async def has_followed() -> bool:
        return bool(others("tenaille"))

    await until(has_followed)


@pytest.mark.commits
async def test_two_administrators_who_add_the_same_at_once_add_it_once(app, denis):
    me: Me = as_me(denis, is_administrator=True)
    form = WordsForm(terms="tenaille\npince coupante")
    async with asyncio.timeout(10):
        await asyncio.gather(*(adding.add(form, me) for _ in range(4)))
    assert len(await database.rows(IN_FORCE)) == 1


@pytest.mark.commits
async def test_two_administrators_who_take_back_the_same_do_it_once(app, denis):
    me: Me = as_me(denis, is_administrator=True)
    await adding.add(WordsForm(terms="tenaille\npince coupante"), me)
    added = await database.value("SELECT id FROM search_synonym")
    async with asyncio.timeout(10):
        done = await asyncio.gather(*(adding.withdraw(added, me) for _ in range(3)), return_exceptions=True)
    assert sorted(str(one) for one in done if one) == [adding.GONE] * 2
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'synonym.withdrawn'") == 1


async def test_of_two_that_read_the_words_at_once_the_later_reading_stays(denis, monkeypatch):
    """Whichever of the two ends last."""
    read, has_read, may_end = following.groups, asyncio.Event(), asyncio.Event()

    async def slowly():
        found = await read()
        has_read.set()
        await may_end.wait()
        return found

    monkeypatch.setattr(following, "groups", slowly)
    before = asyncio.create_task(following.read_again())
    await has_read.wait()
    monkeypatch.setattr(following, "groups", read)
    await adding.add(WordsForm(terms="clef de douze\nclé plate"), as_me(denis))
    may_end.set()
    await before
    assert others("clé plate") == {"clef douz"}
