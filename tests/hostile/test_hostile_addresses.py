"""Addresses nobody was given: strange queries, paths that climb, ways out to another site."""

import base64
from urllib.parse import quote
from uuid import UUID

import msgspec
import pytest

from app.pages import back_to
from listings.reading.filters import Filters
from members.passwords import hash_password
from tests.conventions.test_authorisation import EXPECTED
from tests.conventions.test_budgets import NOT_A_PAGE, reader_of
from tests.helpers.browser import Browser
from tests.helpers.codes import GOOD_PASSWORD
from tests.helpers.raw import raw_get
from tests.helpers.routes import Route, ask, routes_of, shape_of
from tests.helpers.world import World

PAGES = [line for line in EXPECTED if line.startswith("GET") and line not in NOT_A_PAGE]


def keyset(at: str) -> str:
    """The address of a page after a moment no row was written at."""
    return base64.urlsafe_b64encode(f'["{at}","{UUID(int=0)}"]'.encode()).decode().rstrip("=")


QUERIES = {
    "minus one": "-1",
    "a billion": "1e9",
    "past 64 bits": "9223372036854775808",
    "forty digits": "1" * 40,
    "digits that are not ASCII": quote("٣٤"),
    "garbage": "garbage",
    "base 64 of nothing": "AAAA",
    "a keyset of another kind": "WyJhIiwxXQ",
    "a keyset far in the past": keyset("0001-01-01T00:00:00Z"),
    "a keyset west of the past": keyset("0001-01-01T00:00:00+14:00"),
    "a keyset after the last day": keyset("9999-12-31T23:59:59-14:00"),
    "a NUL": "a%00b",
    "broken UTF-8": "%ff%fe",
    "a lone surrogate": "%ed%a0%80",
    "nothing": "",
    "blanks": "%20%20",
    "a long text": "a" * 2_500,
    "words of an engine": quote('title:"(a OR b) AND -c^9999 ~*? \\ /.*/ [1 TO *] {} NOT'),
    "markup": quote("\"'><script>alert(1)</script>x{{7*7}}x"),
    "SQL": quote("' OR 1=1; --"),
    "an impossible date": "2026-02-31",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "a header": "a%0d%0aSet-Cookie:%20a=b",
}


def names(route: Route) -> list[str]:
    """What the route reads of a query: its own parameters, and those it hands on."""
    own = {*route.handler.parsed_fn_signature.parameters} - {"self", "request"}
    handed_on = {*(field.name for field in msgspec.structs.fields(Filters)), "page", "apres"}
    return sorted(own | handed_on)


@pytest.mark.parametrize("attack", QUERIES)
async def test_no_page_crashes_on_a_query_of(attack: str, app, browser: Browser, crashes, world: World):
    routes = {route.shape: route for route in routes_of(app)}
    for line in PAGES:
        browser.cookies.clear()
        if member := world.people[reader_of(line, EXPECTED[line])]:
            await browser.sign_in(member)
        path = world.path(line.split(" ", 1)[1]).partition("?")[0]
        wanted = names(routes[shape_of(line.partition("?")[0])])
        alone = wanted if path == "/annonces" else [name for name in wanted if name not in Filters.__struct_fields__]
        queries = ["&".join(f"{name}={QUERIES[attack]}" for name in wanted)]
        queries += [f"{name}={QUERIES[attack]}" for name in alone] if path != "/direct" else []
        for query in queries:
            page = await ask(app, browser, "GET", f"{path}?{query}")
            assert page.status_code < 500, (f"{path}?{query}", crashes[-1:])
            assert "<script>alert" not in page.text and "x49x" not in page.text, f"{path}?{query}"
            assert "a=b" not in str(page.headers.get("set-cookie")), f"{path}?{query}"


CLIMBING = [
    b"/static/../app/settings.py",
    b"/static/x/../../app/settings.py",
    b"/static/..%2f..%2fapp%2fsettings.py/x",
    b"/static/%2e%2e/%2e%2e/etc/passwd",
    b"/static/x/..%5c..%5cetc%5cpasswd",
    b"/static/x/site.css%00.js",
    b"//static//x//site.css",
    b"/photos/../../etc/passwd/thumb",
    b"/photos/%2e%2e%2f%2e%2e%2fetc%2fpasswd/thumb",
    b"/photos/00000000-0000-0000-0000-000000000000/..%2f..%2fsecret",
    b"/photos/00000000-0000-0000-0000-000000000000/thumb.webp",
    b"/var/secret",
    b"/.git/config",
    b"/.env",
    b"/annonces/../moderation",
    b"/annonces/%ff%fe",
    b"/annonces/%00",
    b"/messages/1",
    b"/notifications/0",
    b"/notifications/-1",
    b"/notifications/99999999999999999999999999",
    b"/reponses/99999999999999999999999999/signalement",
    b"/reponses/-1/signalement",
    b"/confirmation/" + b"a" * 5_000,
    b"/confirmation/%00",
    b"/confirmation/%ed%a0%80",
    b"/nouveau-mot-de-passe/%ff",
    b"/nouveau-mot-de-passe/..%2f",
    b"/schema",
    b"/schema/openapi.json",
    b"/" + b"a/" * 2_000,
]


@pytest.mark.parametrize("path", CLIMBING, ids=lambda path: path[:40].decode())
async def test_a_path_that_climbs_finds_nothing(path: bytes, app, browser: Browser, crashes, chloe):
    await browser.sign_in(chloe)
    status, body = await raw_get(app, path, browser.cookies)
    assert status in (400, 404, 410), (status, crashes[-1:])
    assert b"root:" not in body and b"class Settings" not in body and b"[core]" not in body


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:evil.example",
    "/\r\nSet-Cookie: a=b",
    "evil.example",
    "/\x00/evil.example",
    "@evil.example",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
async def test_signing_in_never_leads_elsewhere(wanted: str, browser: Browser, anne):
    anne.password_hash = await hash_password(GOOD_PASSWORD)
    await anne.save(columns=["password_hash"])
    shown = await browser.get("/connexion", params={"suite": wanted})
    entered = await browser.submit("/connexion", email=anne.email, password=GOOD_PASSWORD, suite=wanted)
    assert entered.status_code == 303
    again = await browser.get("/connexion", params={"suite": wanted})
    assert again.status_code == 303
    for place in (entered.headers["location"], again.headers["location"], back_to(wanted)):
        assert place.startswith("/") and place[1:2] not in ("/", "\\"), place
        assert place.isprintable()
    assert f'value="{wanted}"' not in shown.text


async def test_signing_in_leads_back_to_where_one_was_going(browser: Browser, anne):
    anne.password_hash = await hash_password(GOOD_PASSWORD)
    await anne.save(columns=["password_hash"])
    asked = await browser.get("/annonces?categorie=rides")
    form = await browser.follow(asked)
    assert 'value="/annonces?categorie=rides"' in form.text
    entered = await browser.submit(
        "/connexion", email=anne.email, password=GOOD_PASSWORD, suite="/annonces?categorie=rides"
    )
    assert entered.headers["location"] == "/annonces?categorie=rides"
