"""“What am I entitled to?”: a page a group, answers carried from page to page, results at the end."""

import re

import httpx

from benefits.simulators.questions import CHILD, CHILD_QUESTIONS, GROUPS, HOUSEHOLD, QUESTIONS
from tests.helpers.browser import words

DOOR = "/droits/mes-droits"
SAID = {"alone": "non", "work": "other", "territory": "mainland", "resources": "20000", "shared_custody": "non"}
DAY = "2026-11-22"
"""One with scales: they all end."""


def hidden(page: httpx.Response) -> dict[str, list[str]]:
    """What the page would send again by itself."""
    form = page.text.split('class="form"', 1)[1].split("</form>", 1)[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
        found.setdefault(name, []).append(value)
    return found


def answered(page: httpx.Response, said: dict[str, str]) -> dict[str, list[str]]:
    """The page's own form, filled in with what is known of these answers."""
    sent = hidden(page)
    on_page = [name for name in sent.get("sur", []) if name in said]
    return sent | {name: [said[name]] for name in on_page} | {"faire": ["continuer"], "jour": [DAY]}


async def to_the_end(browser, said: dict[str, str], children: tuple[str, ...] = ()) -> tuple[httpx.Response, list[str]]:
    """The page of results, and the names of all that was asked."""
    page, asked = await browser.get(DOOR), []
    for _ in range(30):
        if "Calculé pour le" in words(page):
            return page, asked
        sent = answered(page, said)
        asked += sent["sur"]
        if "children" in sent["sur"]:
            sent |= {"enfants": [str(len(children))]}
            sent |= {f"enfant-{row}-born": [born] for row, born in enumerate(children, start=1)}
        page = await browser.post(DOOR, data=sent)
        assert page.status_code == 200, words(page)[:1500]
    raise AssertionError("no end")


async def test_every_page_asks_one_group_and_the_last_shows_results(browser):
    page, asked = await to_the_end(browser, SAID, ("2016-05-03", "2019-02-01"))
    assert "Probable" in words(page) and "Allocations familiales" in words(page)
    assert "sans valeur d’engagement" in words(page)
    assert page.headers["cache-control"] == "no-store"
    assert len(asked) == len(set(asked)), "nothing is asked twice"
    assert not browser.cookies


async def test_who_has_no_children_is_asked_nothing_about_them(browser):
    _, asked = await to_the_end(browser, SAID)
    assert not [name for name in asked if name.startswith("enfant-")]
    assert "resources" not in asked


async def test_who_answers_nothing_comes_to_the_end_too(browser):
    page, asked = await to_the_end(browser, {})
    assert "À préciser" in words(page) and "Il manque" in words(page)
    assert len(asked) == len(set(asked))


async def test_one_goes_back_to_correct_with_the_rest_kept(browser):
    result, _ = await to_the_end(browser, SAID, ("2016-05-03", "2019-02-01"))
    form = result.text.split('id="again"', 1)[1].split("</form>", 1)[0]
    sent = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form)) | {
        "vu": re.findall(r'name="vu" value="(.+?)"', form)
    }
    page = await browser.post(DOOR, data=sent | {"faire": f"corriger:{GROUPS.index(HOUSEHOLD)}"})
    assert 'value="2016-05-03"' in page.text
    assert hidden(page)["work"] == ["other"]

    fewer = answered(page, SAID) | {"enfants": ["1"], "enfant-1-born": ["2024-05-03"]}
    page = await browser.post(DOOR, data=fewer)
    assert "2016" not in page.text


async def test_an_error_keeps_one_on_the_page(browser):
    page = await browser.get(DOOR)
    while "children" not in hidden(page)["sur"]:
        page = await browser.post(DOOR, data=answered(page, SAID))
    sent = answered(page, SAID) | {"enfants": ["1"], "enfant-1-born": ["03/05/2"]}
    page = await browser.post(DOOR, data=sent)
    assert page.status_code == 422
    assert 'value="03/05/2"' in page.text and "Erreur" in words(page)
    page = await browser.post(DOOR, data=sent | {"enfant-1-born": "3/5/2019"})
    assert page.status_code == 200


async def test_nothing_of_the_answers_is_in_an_address(browser):
    page, _ = await to_the_end(browser, SAID, ("2016-05-03",))
    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', page.text)
    assert not [one for one in addresses if "2016" in one or "20000" in one or "?" in one.split("service-public")[0]]


async def test_every_question_a_simulator_may_ask_is_one_we_have():
    assert not {f"{CHILD}{name}" for name in CHILD_QUESTIONS} & set(QUESTIONS)
    assert {one.group for one in (*QUESTIONS.values(), *CHILD_QUESTIONS.values())} <= set(GROUPS)
