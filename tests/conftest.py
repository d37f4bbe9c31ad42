"""The site in this process, on the test's own loop; every test undone; the cast."""

import os
import tempfile
from pathlib import Path

os.environ.update(
    # The engines' own tests use the server one names; the site of the other tests does without.
    TEST_MEILISEARCH_URL=os.environ.get("TEST_MEILISEARCH_URL") or os.environ.get("MEILISEARCH_URL", ""),
    TEST_MEILISEARCH_KEY=os.environ.get("TEST_MEILISEARCH_KEY") or os.environ.get("MEILISEARCH_KEY", ""),
    TZ="Asia/Tokyo",  # nothing may depend on the machine's clock being in France
    STATE_DIR=tempfile.mkdtemp(prefix="entraide-test-"),
    SITE_URL="https://site.test",
    SECRET="0" * 64,
    SOCIAL_KEYS="A" * 43 + "=",  # the site in a process of its own opens what the tests seal
    ARGON2_TIME_COST="1",
    ARGON2_MEMORY_KIB="64",
    DEMO="",
    SMTP_URL="",
    MEILISEARCH_URL="",
)

from tests.helpers.postgres import database_for_this_run

os.environ["DATABASE_URL"] = database_for_this_run(Path(tempfile.gettempdir()) / "entraide-test-postgres")

import httpx
import pytest
from hypothesis import settings

from app import figures
from app.migrating import migrate
from app.piccolo_conf import DB
from app.refusals import Refused, SignInFirst, Suspended
from app.site import create_app
from benefits import counting
from moderation.cases import records
from moderation.figures import desk
from moderation.figures.transparency import pages as transparency
from moderation.rules import modes
from partners.reading import list_page
from search import facets, finding
from search.words import synonyms
from tests.helpers.browser import Browser
from tests.helpers.cast import *  # noqa: F403
from tests.helpers.emptying import empty_every_table
from tests.helpers.finding import index, index_made  # noqa: F401

# Where time is what is proved, a test measures it; elsewhere a busy machine is no failure.
settings.register_profile("any machine", settings.default, deadline=None)
settings.load_profile("any machine")


class Crashes(list[BaseException]):
    """Litestar turns a crash into a 500 page; here the test that caused one fails with the error itself."""

    async def keep(self, error: BaseException, _scope: object) -> None:
        expected = isinstance(error, Refused | SignInFirst | Suspended) or getattr(error, "status_code", 500) < 500
        if not expected:
            self.append(error)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def crashes() -> Crashes:
    return Crashes()


@pytest.fixture(scope="session")
async def app(crashes: Crashes, anyio_backend: str):
    await migrate()
    counting.EVERY = 86_400.0  # what was counted is written by the test that asks for it
    app = create_app(after_exception=[crashes.keep])
    async with app.lifespan():
        await index_made()
        yield app


@pytest.fixture(autouse=True)
async def undo(app, request: pytest.FixtureRequest):
    """Every test starts from an empty database and leaves no trace."""
    if request.node.get_closest_marker("commits"):
        yield
        await empty_every_table()
    else:
        async with DB.transaction() as tx:
            yield
            await tx.rollback()


@pytest.fixture(autouse=True)
def nothing_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process keeps for a while is that of the test, not of the one before."""
    monkeypatch.setattr(figures, "_kept", None)
    monkeypatch.setattr(modes, "_switched", modes.AS_IN_THE_FILE)
    monkeypatch.setattr(synonyms, "_current", None)
    facets.forget()
    finding.forget_failures()
    records.forget_records()
    transparency.live.forget()
    desk.kept.forget()
    list_page.counts.forget()
    counting.forget()


@pytest.fixture
async def browser(app, crashes: Crashes):
    """A visitor's browser. `await browser.sign_in(anne)` makes it hers."""
    crashes.clear()
    async with Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") as browser:
        yield browser
    for error in crashes:
        raise error


@pytest.fixture
async def another_browser(app):
    async with Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") as browser:
        yield browser
