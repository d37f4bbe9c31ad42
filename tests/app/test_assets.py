"""The site's own files: what is served, how it is packed, what is refused."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import brotli
import pytest
from jinja2 import Environment, FileSystemLoader, nodes

from app.assets import Assets
from app.icons import IN_SPRITE, icon, sprite

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def assets():
    return Assets()


async def test_the_style_sheet_is_kept_for_ever_and_comes_compressed(browser, assets):
    answer = await browser.get(assets.url("site.css"), headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "set-cookie" not in answer.headers
    assert "@layer components" in answer.text


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None), ("*;q=0.1", None)],
)
async def test_a_browser_gets_an_encoding_it_takes(browser, assets, accepted, sent):
    answer = await browser.get(assets.url("site.js"), headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == sent
    assert "entraide:ready" in answer.text


async def test_a_link_checker_may_ask_for_the_head_only(browser, assets):
    answer = await browser.head(assets.url("atkinson-400.woff2"))
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "font/woff2", b"")


@pytest.mark.parametrize(
    "path",
    [
        "/static/0000000000/site.css",
        "/static/x/%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/static/../app/site.py",
        "/static/x/..%5c..%5cpyproject.toml",
        "/static/css/base.css",
        "/static//etc/passwd",
    ],
)
async def test_nothing_else_can_be_read(browser, path):
    assert (await browser.get(path)).status_code == 404


async def test_every_address_in_the_style_sheet_leads_somewhere(browser, assets):
    sheet = (await browser.get(assets.url("site.css"))).text
    addresses = re.findall(r"url\(([^)]+)\)", sheet)
    assert len(addresses) == 2
    for address in addresses:
        assert (await browser.get(address)).status_code == 200


async def test_the_address_changes_with_the_content(tmp_path, assets):
    own = tmp_path / "static"
    for folder in ("css", "js", "img"):
        (own / folder).mkdir(parents=True)
    (own / "css" / "one.css").write_text("a{}")
    before = Assets(own).url("site.css")
    (own / "css" / "one.css").write_text("b{}")
    assert before != Assets(own).url("site.css")


async def test_missing_packages_are_said_at_startup(tmp_path):
    with pytest.raises(RuntimeError, match="npm ci"):
        Assets(packages=tmp_path)


async def test_a_file_that_is_not_there_is_a_named_error(assets):
    with pytest.raises(LookupError, match=r"nope\.css.*site\.css"):
        assets.url("nope.css")
    with pytest.raises(LookupError, match="no-such-icon"):
        icon("no-such-icon")
    with pytest.raises(LookupError, match="passwd"):
        icon("../../../etc/passwd")


async def test_every_icon_of_the_sprite_is_drawn():
    symbols = ET.fromstring(sprite())  # noqa: S314 - our own file
    assert [symbol.get("id") for symbol in symbols] == list(IN_SPRITE)
    assert all(len(symbol) > 0 for symbol in symbols)


async def test_an_icon_is_decorative_and_escapes_its_class():
    assert 'aria-hidden="true"' in icon("bell")
    assert "<script" not in icon("bell", '"><script>')
    assert "<path" in icon("anchor")


async def test_every_icon_a_template_names_exists():
    jinja = Environment(loader=FileSystemLoader(PROJECT / "templates"), autoescape=True)
    named = set()
    for template in jinja.list_templates(extensions=["html"]):
        tree = jinja.parse((PROJECT / "templates" / template).read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "icon" and isinstance(call.args[0], nodes.Const):
                named.add(call.args[0].value)
    assert len(named) > 10
    for name in named:
        assert icon(name)


async def test_a_first_visit_weighs_less_than_150_kilobytes(browser, assets):
    page = await browser.get("/charte", headers={"accept-encoding": "br"})
    weight = len(brotli.compress(page.content, quality=1))
    for name in (
        "site.css",
        "site.js",
        "htmx.js",
        "icons.svg",
        "favicon.svg",
        "atkinson-400.woff2",
        "atkinson-700.woff2",
    ):
        weight += int(
            (await browser.head(assets.url(name), headers={"accept-encoding": "br"})).headers["content-length"]
        )
    assert weight < 150_000


async def test_no_template_carries_inline_style_or_script():
    for template in (PROJECT / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text), template


async def test_scripts_stay_small():
    for script in (PROJECT / "static" / "js").glob("*.js"):
        assert len(script.read_text(encoding="utf-8").splitlines()) <= 60, script
