"""With 10,000 open cases the desk reads an index, never the whole queue."""

import json
from typing import Any

import pytest

from app import database
from moderation.desk.filters import Filters
from moderation.desk.queue import _NEXT, _PAGE, SIZE
from tests.helpers.budget import Asked

OPEN = 10_000


@pytest.fixture
async def many(anne, bilal, chloe) -> None:
    """Open cases over a tenth as many ads of two authors, in the categories and departments of the site."""
    await database.execute(
        "INSERT INTO listing (author, category, kind, status, title, body, details, photos, department, commune,"
        " created_at, updated_at, published_at, expires_at)"
        " SELECT CASE WHEN n % 2 = 0 THEN $1::uuid ELSE $2::uuid END, 'tips', NULL, 'published', 'Adresse ' || n,"
        " 'Une bonne adresse.', '{}', '{}', '29', '29019', now(), now(), now(), now() + interval '60 days'"
        " FROM generate_series(1, $3) n",
        anne.id,
        bilal.id,
        OPEN,
    )
    await database.execute(
        "INSERT INTO moderation_case (kind, listing, author, category, department, risk, due_at, press_at, findings,"
        " likeness, opened_at, version) SELECT 'listing', id, author, 'tips', (ARRAY['29', '35', '75'])[1 + n % 3],"
        " n % 100, now() + n * interval '1 second', now() + n * interval '1 second', '[]', '', now(), 1"
        " FROM (SELECT id, author, row_number() OVER () AS n FROM listing WHERE category = 'tips') ads"
    )
    await database.execute("ANALYZE moderation_case, listing, member")


async def _plan(sql: str, *given: Any) -> str:
    return json.dumps(json.loads(await database.value(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", *given)))


def _read(plan: Any) -> int:
    """The most rows of the queue that any step of the plan looked at."""
    own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    is_queue = plan.get("Relation Name") == "moderation_case"
    return int(max([own if is_queue else 0, *map(_read, plan.get("Plans", []))]))


@pytest.mark.parametrize("filters", [Filters(), Filters(department="29")])
async def test_a_page_and_the_next_case_are_read_in_the_order_of_an_index(filters: Filters, chloe, many):
    me: tuple[Any, ...] = (chloe.id, [], [])
    more, given = filters.condition(first=6)
    page = await _plan(_PAGE.format(filters=more), *me, None, SIZE + 1, *given)
    more, given = filters.condition(first=4)
    following = await _plan(_NEXT.format(filters=more), *me, *given)
    for plan in (page, following):
        assert "queue_in_order" in plan
        assert _read(json.loads(plan)[0]["Plan"]) < OPEN / 10


async def test_the_desk_asks_no_more_of_a_long_queue(browser, chloe, many):
    await browser.sign_in(chloe)
    case = await database.value("SELECT id FROM moderation_case ORDER BY press_at LIMIT 1")
    for path, most in (("/moderation", 3), (f"/moderation/dossiers/{case}", 12)):
        with Asked() as asked:
            page = await browser.get(path)
        assert page.status_code == 200
        assert asked.queries <= most
        assert len(page.content) <= 40 * 1024
        assert "99+" in page.text
