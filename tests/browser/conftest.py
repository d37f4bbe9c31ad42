"""One site process and one Chromium for all these tests. The process sees what is committed, so here tests commit."""

import io
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Browser

from app import database
from app.settings import settings
from listings.photos.files import keep
from listings.photos.reencoding import reencoded
from members.sessions import start_session
from members.tables import Body, JoiningCode, Member, Role
from tests.helpers.cast import belonging, person
from tests.helpers.chromium import Window, chromium, window
from tests.helpers.codes import a_code
from tests.helpers.emptying import empty_every_table
from tests.helpers.pictures import photo
from tests.helpers.site_process import SiteProcess, site_process
from tests.helpers.world import World, build_world

Cast = dict[str, Any]
OpenWindow = Callable[..., Awaitable[Window]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
async def undo(app: Any) -> None:
    """Nothing is undone after each test: the tables are emptied after the last."""


@pytest.fixture(scope="session")
async def real_browser(anyio_backend: str) -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
async def site(app: Any, real_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SiteProcess]:
    """As in the demo, so that its mailbox is there; on this run's database, with the photos made here."""
    folder = tmp_path_factory.mktemp("site")
    settings().photo_dir.mkdir(parents=True, exist_ok=True)
    (folder / "photos").symlink_to(settings().photo_dir, target_is_directory=True)
    await empty_every_table()
    with site_process(folder, database=os.environ["DATABASE_URL"], DEMO="1") as process:
        yield process
    await empty_every_table()
    said = process.log.read_text()
    assert "Traceback" not in said and "ERROR" not in said, said[-5000:]


@pytest.fixture(scope="package")
async def cast(site: SiteProcess) -> Cast:
    """Everyone of the cast by name, and the `body` they belong to."""
    now = datetime.now(UTC)
    body = Body(name="Action sociale de Brest", kind="delegation", department="29", created_at=now)
    await body.save()
    lives = {"anne": "29019", "bilal": "29232", "chloe": "35238", "denis": "75056", "emilie": "29019", "farid": "29019"}
    people: dict[str, Member] = {
        name: await belonging(await person(name.title(), commune, trusted=name != "emilie"), body)
        for name, commune in lives.items()
    }
    for name, kind, scope in (
        ("chloe", "moderator", {}),
        ("farid", "moderator", {"categories": ["pet_care"], "departments": ["29"]}),
        ("denis", "administrator", {}),
    ):
        await Role(member=people[name].id, kind=kind, granted_at=now, **scope).save()
    return {**people, "body": body}


@pytest.fixture(scope="package")
async def code(site: SiteProcess) -> JoiningCode:
    """Of a body nobody belongs to yet."""
    body = Body(name="Commune de Châteaulin", kind="employer", department="29", created_at=datetime.now(UTC))
    await body.save()
    return await a_code(body)


@pytest.fixture(scope="package")
async def world(cast: Cast) -> World:
    built = await build_world(cast)
    for name in ("photo", "draft_photo"):
        keep(UUID(built.things[name]), (await reencoded(io.BytesIO(photo()))).sizes)
    return built


@pytest.fixture
async def open_window(real_browser: Browser, site: SiteProcess) -> AsyncIterator[OpenWindow]:
    """`await open_window(anne)`: her browser, signed in; nobody's without a name. Complaints fail the test."""
    async with AsyncExitStack() as opened:

        async def opening(member: Member | None = None, **more: Any) -> Window:
            one = await opened.enter_async_context(window(real_browser, site.address, **more))
            if member:
                cookie = await start_session(member.id, "Chromium sur Linux")
                await one.context.add_cookies([{"name": "session", "value": cookie.value, "url": site.address}])
            return one

        yield opening


@pytest.fixture(autouse=True)
async def another_day(site: SiteProcess) -> None:
    """The cast is the same in every test, in whatever order: what one begins must not use up the next one's day."""
    await database.execute(
        "UPDATE listing SET created_at = created_at - interval '1 day' WHERE created_at > now() - interval '1 day'"
    )


@pytest.fixture(params=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param == "with scripts"
