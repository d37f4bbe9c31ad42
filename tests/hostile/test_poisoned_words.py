"""What people typed is shown as they typed it: nowhere does it become markup, a template, or another's page."""

import msgspec

from app import database
from tests.conventions.test_authorisation import EXPECTED
from tests.conventions.test_budgets import NOT_A_PAGE, reader_of
from tests.helpers.ads import content
from tests.helpers.routes import ask
from tests.helpers.world import World

POISON = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}</textarea></title>"
SAID = {
    "listing": ("title", "body"),
    "reply": ("body",),
    "message": ("body",),
    "notification": ("about",),
    "report": ("words",),
    "decision": ("words",),
    "body": ("name",),
    "member_session": ("device",),
}
"""Columns people write in, whatever the forms let through."""
PAGES = [
    line
    for line, answers in EXPECTED.items()
    if line.startswith("GET") and line not in NOT_A_PAGE and "in" in answers.values()
]


async def test_no_page_takes_what_was_typed_for_markup(app, browser, world: World):
    for table, columns in SAID.items():
        for column in columns:
            await database.execute(f"UPDATE {table} SET {column} = left($1, 80)", POISON)
    await database.execute("UPDATE member SET first_name = left($1, 40)", POISON)
    poisoned = msgspec.json.encode(content("rides", title=POISON[:100], body=POISON)).decode()
    await database.execute("UPDATE listing_edit SET content = $1::text::jsonb", poisoned)
    shown = 0
    for line in PAGES:
        for who in {reader_of(line, EXPECTED[line]), "owner", "moderator", "administrator"}:
            if EXPECTED[line][who] != "in":
                continue
            browser.cookies.clear()
            if member := world.people[who]:
                await browser.sign_in(member)
            page = await ask(app, browser, "GET", world.path(line.split(" ", 1)[1]))
            assert page.status_code < 500, line
            for markup in (
                "<img src=x",
                "<script>alert",
                "</textarea></title>",
                "&gt;&lt;script&gt;alert(1)&lt;/script&gt;49",
            ):
                assert markup not in page.text, f"{line} for the {who}: {markup}"
            shown += "&lt;img src=x" in page.text
    assert shown > 8, "the poison should be somewhere to be seen"


async def test_a_search_shows_its_words_and_nothing_else(browser, anne):
    await browser.sign_in(anne)
    page = await browser.get("/annonces", params={"q": POISON})
    assert page.status_code == 200
    assert "<img src=x" not in page.text and "&lt;img src=x" in page.text
