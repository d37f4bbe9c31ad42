"""What is said to a simulator is in no log, no table, no address and no cache, whatever goes wrong."""

import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from litestar.datastructures import FormMultiDict

from app import database
from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Simulator
from benefits.simulators.pages import questionnaire, single
from benefits.simulators.pages.following import Asking, begin, follow
from benefits.simulators.pages.questionnaire import in_questionnaire
from benefits.simulators.pages.results import results_of
from benefits.simulators.pages.sent import Sent
from benefits.simulators.pages.showing import carried, questions_shown, result_shown
from benefits.simulators.questions import QUESTIONS
from tests.benefits.simulators.test_one_simulator import AF, REST, TWO
from tests.helpers.browser import words

SECRET = "54321,09"
KNOWN = ("54321", "2016-05-03")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A simulator that fails as badly as it can: with what it was told in its mouth."""

    def fail(said: Any, on: Any) -> Any:
        raise ValueError(f"{said.resources} {said.children}")

    broken: Simulator = SIMULATORS["af"]._replace(estimate=fail)
    for where in (single, questionnaire):
        monkeypatch.setattr(where, "SIMULATORS", SIMULATORS | {"af": broken})


async def test_a_simulator_that_fails_says_so_and_logs_nothing_of_the_answers(browser, failing, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        page = await browser.post(AF, data=TWO | REST | {"resources": SECRET})
    assert page.status_code == 200 and "l’erreur est de notre côté" in words(page)
    logged = caplog.text + "".join(capfd.readouterr())
    assert "simulator af failed: ValueError at test_nothing_kept.py" in logged
    assert not [one for one in KNOWN if one in logged]


async def test_the_others_still_answer(browser, failing):
    page = await browser.post("/droits/mes-droits", data=TWO | {"vu": list(QUESTIONS)})
    assert page.status_code == 200
    assert "l’erreur est de notre côté" in words(page) and "Allocation de rentrée" in words(page)


async def test_nothing_is_written_but_how_often(browser):
    before = await _rows()
    await browser.post(AF, data=TWO | REST | {"resources": SECRET})
    await browser.post("/droits/mes-droits", data=TWO | REST | {"vu": list(QUESTIONS)})
    assert await _rows() == before


async def _rows() -> dict[str, int]:
    tables = await database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return {
        table: await database.value(f'SELECT count(*) FROM "{table}"') for (table,) in tables if table != "benefit_use"
    }


ANSWER = some.sampled_from(
    ["", "oui", "non", "ne-sais-pas", "0", "3", "-1", "1 200,50", "2019-05-03", "30/02/2020", "x"]
)
CHOSEN = some.sampled_from([value for one in QUESTIONS.values() for value, _ in one.options])


async def test_whatever_is_answered_every_way_ends_and_every_page_can_be_shown():
    _any_way()


@settings(max_examples=60, deadline=None)
@given(some.data())
def _any_way(data: some.DataObject) -> None:
    """Each page answered at random, children added and removed, groups corrected on the way."""
    now: Any = begin(in_questionnaire(), by_group=True)
    for turn in range(60):
        if not isinstance(now, Asking):
            break
        assert now.fields and questions_shown(now)["blocks"]
        form = carried(now.sent) + [(field.name, data.draw(ANSWER | CHOSEN)) for field in now.fields]
        if any(field.name == "children" for field in now.fields):
            births = data.draw(some.lists(some.dates().map(str) | some.just(""), max_size=3))
            form += [("enfants", str(len(births)))] + [(f"enfant-{n}-born", one) for n, one in enumerate(births, 1)]
        pressed = data.draw(some.sampled_from(["continuer", "ajouter", "retirer:1", "corriger:1"])) if turn < 20 else ""
        now = follow(in_questionnaire(), Sent.read(FormMultiDict(_fitting(form, now, turn, pressed))), by_group=True)
    assert not isinstance(now, Asking)
    assert result_shown(now)["answered"] and len(results_of(in_questionnaire(), now)) == len(in_questionnaire())


def _fitting(form: list[tuple[str, str]], now: Asking, turn: int, pressed: str) -> list[tuple[str, str]]:
    """After a while the person gives up on what is refused, and leaves it empty."""
    if turn > 20:
        form = [(name, value) for name, value in form if name in ("vu", "sur")]
    return [*form, ("faire", pressed)]
