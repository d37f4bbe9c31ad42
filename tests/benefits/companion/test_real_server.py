"""The companion itself, OpenFisca-France, where it is installed: what we send it, it understands."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal

import httpx
import pytest
from msgspec.structs import replace

from app.settings import settings
from benefits.companion import asking
from benefits.companion.asking import figures_for, question
from benefits.companion.household import Household, Housing
from places.finding import resolve
from tests.helpers.failing import free_port
from tests.helpers.source import PROJECT

PROGRAM = PROJECT / ".venv" / "openfisca" / "bin" / "openfisca"
ON = date(2026, 6, 15)
SECONDS_TO_START = 200


@pytest.fixture(scope="module")
async def companion(anyio_backend: str) -> AsyncIterator[str]:
    """Its address, once it has answered."""
    if not PROGRAM.exists():
        missing = "NOT TESTED WITH OPENFISCA: `make .venv/openfisca/.ready` installs it (`make test` does it)"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    port = free_port()
    options = ("--country-package", "openfisca_france", "--workers", "1", "--port", str(port))
    quiet = asyncio.subprocess.DEVNULL
    path = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM), "serve", *options, stdout=quiet, stderr=quiet, env=path
    )
    try:
        address = f"http://127.0.0.1:{port}"
        await _until_it_answers(address)
        yield address
    finally:
        process.terminate()
        await process.wait()


async def _until_it_answers(address: str) -> None:
    """Its first computation reads the law of every month it needs."""
    async with asyncio.timeout(SECONDS_TO_START), httpx.AsyncClient(timeout=SECONDS_TO_START) as http:
        while True:
            try:
                answer = await http.post(f"{address}/calculate", json=question(a_parent(), ON))
            except httpx.ConnectError:
                await asyncio.sleep(0.3)
            else:
                assert answer.status_code == 200, answer.text
                return


def a_parent(**more: object) -> Household:
    brest = resolve("Brest (29)")
    assert brest
    alone = Household(
        born=date(1988, 1, 1),
        couple=False,
        pay=Decimal(1700),
        housing=Housing.unfurnished,
        children=(date(2019, 1, 1),),
        commune=brest,
        rent=Decimal(600),
    )
    return replace(alone, **more)


@pytest.fixture(autouse=True)
def asked_there(companion: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asking._breaker.cache_clear()
    monkeypatch.setattr(asking, "settings", lambda: replace(settings(), openfisca_url=companion))
    monkeypatch.setattr(asking, "BUDGET", 30.0)  # two busy cores; what its slowness does is tried beside


async def test_it_understands_every_question_we_can_ask():
    for housing in Housing:
        found = await figures_for(a_parent(housing=housing), ON)
        assert found.activity_bonus >= 0 and found.housing_aid >= 0 and found.version


async def test_somebody_alone_with_a_child_and_a_small_pay_gets_both():
    found = await figures_for(a_parent(), ON)
    assert 100 < found.activity_bonus < 800
    assert 50 < found.housing_aid < 500


async def test_more_pay_never_gives_more_aid_for_the_home():
    pays = [a_parent(pay=Decimal(pay)) for pay in (1200, 1700, 2400, 4000)]
    aids = [(await figures_for(one, ON)).housing_aid for one in pays]
    assert aids == sorted(aids, reverse=True) and aids[-1] == 0


async def test_a_couple_is_one_household():
    two = a_parent(couple=True, partner_born=date(1990, 5, 1), partner_pay=Decimal(1200))
    assert (await figures_for(two, ON)).housing_aid < (await figures_for(a_parent(), ON)).housing_aid
