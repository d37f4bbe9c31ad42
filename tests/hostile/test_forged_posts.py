"""A form another site made its victim send changes nothing, on any route."""

from typing import Any

import httpx
from litestar.middleware.csrf import generate_csrf_token

from app import database
from app.settings import settings
from tests.conventions.test_authorisation import EXPECTED
from tests.conventions.test_budgets import reader_of
from tests.helpers.browser import Browser
from tests.helpers.routes import routes_of, shape_of
from tests.helpers.world import World, filled_in

ONE_CLICK = "POST /lien/courriels/{stop_link}"
"""By which a mail program stops e-mails (RFC 8058): nobody can forge what is signed in its address."""
STATELESS = {
    "POST /droits/simulateurs/{simulator}",
    "POST /droits/simulateurs/prime-activite-et-logement",
    "POST /droits/mes-droits",
    "POST /service-social/paquet",
    "POST /service-social/paquet/apercu",
}
"""They work something out of what is sent, and keep nothing: no visitor needs a cookie for them."""
POSTS = [line for line in EXPECTED if line.startswith("POST") and line != ONE_CLICK]
COOKIE = "__Host-csrf"
ANOTHER_SECRET = "1" * 64


def forgeries() -> dict[str, dict[str, Any]]:
    """What a forger can send, by name: cookies, headers and fields."""
    ours, another = generate_csrf_token(settings().secret), generate_csrf_token(settings().secret)
    foreign = generate_csrf_token(ANOTHER_SECRET)
    return {
        "no token at all": {},
        "only the victim's cookie": {"cookies": {COOKIE: ours}},
        "an empty token": {"cookies": {COOKIE: ours}, "headers": {"x-csrftoken": ""}},
        "another visitor's token": {"cookies": {COOKIE: ours}, "headers": {"x-csrftoken": another}},
        "another visitor's token in a field": {"cookies": {COOKIE: ours}, "fields": {"_csrf_token": another}},
        "a pair of the forger's own making": {"cookies": {COOKIE: foreign}, "headers": {"x-csrftoken": foreign}},
        "a token without its cookie": {"headers": {"x-csrftoken": ours}},
    }


async def test_a_forged_post_is_refused_and_changes_nothing(app, crashes, world: World):
    wrong = []
    for line in POSTS:
        async with Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") as browser:
            if member := world.people[reader_of(line, EXPECTED[line])]:
                await browser.sign_in(member)
            before = await everything()
            for name, forged in forgeries().items():
                browser.cookies.delete(COOKIE) if COOKIE in browser.cookies else None
                for cookie, value in forged.get("cookies", {}).items():
                    browser.cookies.set(cookie, value, domain="site.test")
                answer = await browser.post(
                    world.path(line.split(" ", 1)[1]),
                    data=filled_in() | forged.get("fields", {}),
                    headers={"origin": "https://evil.example", **forged.get("headers", {})},
                )
                if answer.status_code != 403 and line not in STATELESS:
                    wrong.append(f"{line}, {name}: {answer.status_code}")
            if await everything() != before:
                wrong.append(f"{line}: something changed")
    assert not wrong, "\n".join(wrong)


async def test_no_other_form_does_without_a_token(app):
    posts = [route for route in routes_of(app) if route.method == "POST"]
    free = {shape_of(str(route)) for route in posts if route.handler.opt.get("exclude_from_csrf")}
    assert free == {shape_of(line) for line in (*STATELESS, ONE_CLICK)}


async def test_the_same_posts_with_their_token_are_not_refused(browser, world: World):
    """So that the test above cannot pass because everything is refused."""
    await browser.sign_in(world.people["owner"])
    answer = await browser.submit("/annonces/nouvelle", category="tips")
    assert answer.status_code == 303


async def everything() -> dict[str, str]:
    """A digest of each table, jobs included."""
    tables = await database.rows(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'"
    )
    digests = ", ".join(
        f"(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table['name']} t)"
        f" AS {table['name']}"
        for table in tables
    )
    found = await database.row(f"SELECT {digests}")
    assert found is not None
    return dict(found)
