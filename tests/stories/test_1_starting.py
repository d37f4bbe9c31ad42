"""One command shows it all: the demo, its people, its ads; `make help` says the others."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import httpx

from app.demo_community.cast import PASSWORD
from tests.helpers.browser import words
from tests.helpers.finding import found
from tests.helpers.postgres import another_database
from tests.helpers.site_process import SiteProcess, site_process
from tests.helpers.source import PROJECT

LOADING = "Préparation de la communauté"


@asynccontextmanager
async def _signed_in(site: SiteProcess, who: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=site.address, follow_redirects=True, timeout=20) as browser:
        await browser.get("/connexion")
        sent = {"email": f"{who}@demo.entraide", "password": PASSWORD}
        page = await browser.post("/connexion", data=sent, headers={"x-csrftoken": browser.cookies["csrf"]})
        assert page.status_code == 200, words(page)
        yield browser


async def test_the_demo_opens_to_everyone_it_names_and_loads_once(tmp_path: Path):
    with another_database("demo") as database:
        with site_process(tmp_path, "demo", database=database, DEMO=None) as site:
            log = site.log.read_text()
            assert site.address in log
            for who, path in (("anne", "/annonces"), ("chloe", "/moderation"), ("denis", "/administration")):
                assert f"{who}@demo.entraide" in log
                async with _signed_in(site, who) as browser:
                    assert (await browser.get(path)).status_code == 200
            async with _signed_in(site, "emilie") as browser:
                ads = await browser.get("/annonces")
                assert len(found(ads)) > 10
                assert found(await browser.get("/annonces", params={"q": "nounou"}))
                assert (await browser.get("/moderation")).status_code == 403
                assert (await browser.get("/courriels")).status_code == 200
        with site_process(tmp_path, "demo", database=database, DEMO=None) as site:
            async with _signed_in(site, "emilie") as browser:
                assert found(await browser.get("/annonces")) == found(ads)
        assert site.log.read_text().count(LOADING) == 1


async def test_make_help_says_every_command_in_one_line():
    said = (await anyio.run_process(["make", "--no-print-directory", "help"], cwd=PROJECT)).stdout.decode()
    (phony,) = re.findall(r"^\.PHONY: (.+)$", (PROJECT / "Makefile").read_text(), re.MULTILINE)
    for target in phony.split():
        assert re.search(rf"^{target} +\S.*$", said, re.MULTILINE), target
