"""Words ready for authors: tied to the charter, with blanks that are always filled."""

from datetime import date

import pytest

from app import database
from moderation.decisions.reasons import TEXTS, Reason
from moderation.desk.canned import BY_KEY, CANNED, Blanks, CannedError, is_untouched, load_canned, unknown_blanks
from tests.helpers.ads import pending
from tests.helpers.browser import said
from tests.helpers.cases import case_of, decide, take

TEXT = '[[text]]\nkey = "a"\nreason = "unclear"\nlabel = "L"\nwords = "Bonjour."\n'


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (TEXT.replace("Bonjour", "{prenom}"), "a blank nobody fills: {prenom}"),
        (TEXT.replace("unclear", "because"), "because"),
        (TEXT.replace("unclear", "good_faith"), "good_faith"),
        (TEXT + TEXT, "stands twice"),
        ("[[text]]\nkey = 'a'", "words|label|reason"),
        ("[[text", "canned.toml"),
    ],
)
async def test_a_file_nobody_could_use_stops_the_start(file: str, why: str):
    with pytest.raises(CannedError, match=why):
        load_canned(file)


async def test_every_article_one_may_refuse_for_has_ready_words_that_fit_the_field():
    assert {one.reason for one in CANNED} == set(TEXTS)
    assert all(len(one.words) < 1500 and not unknown_blanks(one.words) for one in CANNED)


async def test_the_blanks_are_filled_with_the_name_the_title_the_article_and_the_day():
    blanks = Blanks(first_name="Anne", title="Poussette", came=date(2026, 3, 1))
    filled = blanks.fill("{prénom}, {titre}, {article}, {date}, {autre}", Reason.personal_data)
    assert filled.startswith("Anne, Poussette, article 5, «")
    assert filled.endswith("dimanche 1er mars, {autre}")


async def test_words_that_came_ready_may_be_replaced_and_typed_ones_never():
    assert is_untouched(" ")
    assert is_untouched(TEXTS[Reason.unclear].words.replace(" ", "\n"))
    assert is_untouched(CANNED[0].words)
    assert not is_untouched(CANNED[0].words + " Merci.")


async def _words_of(case) -> str:
    return await database.value('SELECT words FROM decision WHERE "case" = $1', case)


async def test_without_scripts_the_ready_words_chosen_are_those_the_author_reads(browser, chloe, emilie):
    case = (await case_of((await pending(emilie, title="Un chaton")).id))["id"]
    await browser.sign_in(chloe)
    page = await take(browser, case)
    given = {"reason": "unclear", "words": TEXTS[Reason.unclear].words, "canned": "animal"}
    assert (await decide(browser, page, case, "remove", **given)).status_code == 303
    words = await _words_of(case)
    assert words.startswith("Bonjour Emilie,")
    assert "article 7" in words
    assert "{" not in words
    assert await database.value('SELECT reason FROM decision WHERE "case" = $1', case) == BY_KEY["animal"].reason


async def test_words_that_were_typed_stay_whatever_was_chosen(browser, chloe, emilie):
    case = (await case_of((await pending(emilie)).id))["id"]
    await browser.sign_in(chloe)
    page = await take(browser, case)
    await decide(browser, page, case, "remove", words="Parlons-en, {prénom}.", canned="animal")
    assert await _words_of(case) == "Parlons-en, Emilie."


async def test_a_blank_that_does_not_exist_is_pointed_out_before_the_author_reads_it(browser, chloe, emilie):
    case = (await case_of((await pending(emilie)).id))["id"]
    await browser.sign_in(chloe)
    answer = await decide(browser, await take(browser, case), case, "remove", words="Bonjour {prenom}.")
    assert answer.status_code == 422
    assert "{prenom} ne sera pas remplacé" in said(answer)
    assert await _words_of(case) is None


async def test_the_script_of_the_form_gets_the_same_words(browser, chloe):
    found = (await (await browser.sign_in(chloe)).get("/moderation/mots-prets")).json()
    assert found == {one.key: one.words for one in CANNED}
