"""Every form of the site, sent what no browser sends: an answer, never a crash, and nothing is taken for markup."""

from collections.abc import Iterator
from urllib.parse import quote_plus

import httpx
import pytest

from app.forms import Form
from app.piccolo_conf import DB
from tests.conventions.test_authorisation import EXPECTED
from tests.conventions.test_budgets import reader_of
from tests.helpers.browser import Browser
from tests.helpers.world import World, filled_in

POSTS = [line for line in EXPECTED if line.startswith("POST")]
MARKUP = "\"'><script>alert(1)</script>x{{7*7}}x${7*7}"
HOSTILE = {
    "broken UTF-8": "%ff%fe%80",
    "a NUL": "a%00b",
    "only NULs": "%00%00",
    "a lone surrogate": "%ed%a0%80",
    "markup and a template": quote_plus(MARKUP),
    "SQL": quote_plus("1'; DROP TABLE member; -- \\"),
    "a header": "zoe@exemple.test%0d%0aBcc:%20all@exemple.test",
    "a negative number": "-1",
    "a number too large for any column": "99999999999999999999999999",
    "a number past 64 bits, barely": "9223372036854775808",
    "not a number": "NaN",
    "an impossible date": "0000-99-99",
    "a date before the Romans": "0001-01-01",
    "the last date there is": "9999-12-31",
    "an unknown word": "owner",
    "an id of nobody": "00000000-0000-0000-0000-000000000000",
    "blanks": "%20%09%0a%c2%a0%e2%80%8b",
    "text turned round": "%e2%80%ae%e2%80%ae",
    "a letter under many accents": "e" + "%cc%81" * 500,
    "a field of 150 kB": "a" * 150_000,
    "JSON": quote_plus('{"$ne": null, "a": [[[[]]]]}'),
    "a path": quote_plus("../../../../etc/passwd"),
}


def field_names() -> list[str]:
    """Every field a form of the site knows, and some that only its pages write."""

    def forms(of: type[Form]) -> Iterator[type[Form]]:
        for form in of.__subclasses__():
            yield form
            yield from forms(form)

    known = {name for form in forms(Form) for name in form.__struct_fields__}
    return sorted(known | filled_in().keys() | {"photo", "suite", "code", "charter", "commune_code"})


@pytest.mark.parametrize("attack", HOSTILE)
async def test_no_form_crashes_on(attack: str, app, crashes, world: World):
    names, value = field_names(), HOSTILE[attack]
    if len(value) > 10_000:
        names = [name for name in names if name in ("body", "text", "words", "email", "password", "name")][:1]
    everywhere = "&".join(f"{name}={value}" for name in names)
    for line in POSTS:
        answer = await send(app, world, line, everywhere.encode())
        assert answer.status_code < 500, (line, crashes[-1:])
        assert "<script>alert" not in answer.text, line
        assert "x49x" not in answer.text, line


LISTS = "&".join(f"{name}[]=1&{name}[a]=1&{name}=1&{name}=2&{name}=" for name in field_names())


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("application/x-www-form-urlencoded", LISTS.encode()),
        ("application/x-www-form-urlencoded", b"=&&&==&%&%zz=%zz&;"),
        ("application/x-www-form-urlencoded", b"text=1&" * 5_000),
        ("application/x-www-form-urlencoded", b""),
        ("application/json", b'{"text": ["a"], "category": null}'),
        ("application/json", b"[" * 20_000),
        ("text/plain", b"text=hello"),
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--x--',
        ),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="te'),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="title"; filename="../../etc/passwd"\r\n'
            b"Content-Type: text/html\r\n\r\n<script>\r\n--x--\r\n",
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 2_000 + b"--x--",
        ),
        ("charset=utf-7", b"+AHs-"),
    ],
    ids=range(14),
)
async def test_no_form_crashes_on_a_body_that_is_none(kind: str, sent: bytes, app, crashes, world: World):
    for line in POSTS:
        answer = await send(app, world, line, sent, kind)
        assert answer.status_code < 500, (line, crashes[-1:])


async def send(
    app, world: World, line: str, body: bytes, kind: str = "application/x-www-form-urlencoded"
) -> httpx.Response:
    """A POST of raw bytes by someone the door lets in; what it did is undone."""
    async with Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") as browser:
        before = await DB.current_transaction.get().savepoint()
        if member := world.people[reader_of(line, EXPECTED[line])]:
            await browser.sign_in(member)
        await browser.get("/charte")
        token = {"x-csrftoken": browser.cookies["__Host-csrf"]}
        answer = await browser.post(
            world.path(line.split(" ", 1)[1]), content=body, headers={"content-type": kind, **token}
        )
        await before.rollback_to()
        await before.release()
    return answer
