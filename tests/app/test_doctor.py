"""What the doctor says of a healthy site, and of each thing that can be wrong with one."""

import asyncio
import sys

import msgspec
import pytest

from app import database, doctor
from app.jobs import defer
from app.settings import Settings, settings
from search import engine
from search.jobs import check_index
from tests.helpers.ads import published


@pytest.fixture
def changed(monkeypatch):
    """The same settings but for some."""

    def change(**given) -> Settings:
        new = msgspec.structs.replace(settings(), **given)
        monkeypatch.setattr("app.settings.settings", lambda: new)
        return new

    return change


async def saw(check) -> doctor.Found:
    try:
        return await check()
    except doctor.Wrong as wrong:
        return wrong.found


async def test_a_healthy_site_is_said_so_line_by_line(app, changed, tmp_path, monkeypatch, capsys):
    changed(site_url="http://127.0.0.1:8000")
    monkeypatch.setattr(engine, "configured", lambda: Counted(0))

    assert await doctor.examine() is True

    said = capsys.readouterr().out
    for name in ("python", "settings", "files", "disk", "photos", "packages", "address", "secret", "e-mail", "database",
                 "tables", "clock", "queue", "search"):  # fmt: skip
        assert f" {name}" in said
    assert "wrong" not in said


async def test_one_thing_wrong_is_enough_and_comes_with_how_to_mend_it(app, changed, monkeypatch, capsys):
    changed(site_url="http://entraide.example")
    monkeypatch.setattr(engine, "configured", lambda: Counted(0))
    assert await doctor.examine() is False
    assert "→ Serve the site over HTTPS" in capsys.readouterr().out


async def test_a_check_that_crashes_is_a_thing_wrong(undo, capsys):
    async def crash():
        raise ZeroDivisionError("oops")

    assert await doctor._told("queue", crash) is False
    assert "ZeroDivisionError: oops" in capsys.readouterr().out


async def test_an_old_python(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 1, "final", 0))
    assert "3.11" in (await saw(doctor.python)).mend


async def test_a_setting_that_cannot_be_read(monkeypatch):
    def unreadable():
        raise msgspec.ValidationError("Expected `int`, got `str` - at `$.trust_after`")

    monkeypatch.setattr("app.settings.settings", unreadable)
    assert "trust_after" in (await saw(doctor.readable_settings)).saw


async def test_a_folder_that_is_not_there(changed, tmp_path):
    changed(state_dir=tmp_path / "gone")
    assert "right to write" in (await saw(doctor.state_folder)).mend
    (tmp_path / "photos").write_text("a file where a folder should be")
    changed(state_dir=tmp_path)
    assert "right to write" in (await saw(doctor.photo_folder)).mend


async def test_a_full_disk(monkeypatch):
    monkeypatch.setattr(doctor, "LEAST_FREE", 10**18)
    assert "Make room" in (await saw(doctor.disk)).mend


async def test_missing_packages(monkeypatch):
    def missing():
        raise RuntimeError("node_modules/htmx.org is missing")

    monkeypatch.setattr("app.assets.Assets", missing)
    assert "npm ci" in (await saw(doctor.packages)).mend


@pytest.mark.parametrize(
    "url", ["entraide.example", "https://entraide.example/site", "ftp://x", "http://entraide.example"]
)
async def test_an_address_nobody_can_safely_open(changed, url):
    changed(site_url=url)
    assert (await saw(doctor.address)).mend


@pytest.mark.parametrize("url", ["https://entraide.example", "https://entraide.example/", "http://localhost:8000"])
async def test_a_good_address(changed, url):
    changed(site_url=url)
    assert (await saw(doctor.address)).mend == ""


async def test_a_short_secret_is_not_shown(changed):
    changed(secret="abcdef")
    found = await saw(doctor.secret)
    assert "32" in found.mend
    assert "abcdef" not in found.saw + found.mend


async def test_mail_to_nowhere(changed):
    changed(smtp_url="", site_url="https://entraide.example", demo=False)
    assert "SMTP_URL" in (await saw(doctor.mail)).mend
    changed(smtp_url="smtp://127.0.0.1:9")
    assert "does not answer" in (await saw(doctor.mail)).saw
    changed(smtp_url="mail.example")
    assert "cannot be read" in (await saw(doctor.mail)).saw


async def test_a_mail_server_that_answers(changed):
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        changed(smtp_url=f"smtp://anne:motdepasse@127.0.0.1:{port}")
        found = await saw(doctor.mail)
    assert found.mend == ""
    assert "motdepasse" not in found.saw


async def test_a_database_that_does_not_answer(monkeypatch):
    monkeypatch.setattr("app.postgres.database_url", lambda: "postgresql://anne:motdepasse@127.0.0.1:9/x")
    found = await saw(doctor.database_server)
    assert "DATABASE_URL" in found.mend
    assert "motdepasse" not in found.saw


async def test_an_old_database(monkeypatch):
    monkeypatch.setattr(doctor, "OLDEST_POSTGRES", 99)
    assert "Upgrade" in (await saw(doctor.database_server)).mend


async def test_a_migration_that_was_not_run(undo):
    assert (await saw(doctor.tables)).mend == ""
    await database.execute("DELETE FROM migration WHERE id = (SELECT max(id) FROM migration)")
    assert "entraide migrate" in (await saw(doctor.tables)).mend


async def test_clocks_that_disagree(undo, monkeypatch):
    monkeypatch.setattr(doctor, "MOST_DRIFT_SECONDS", -1)
    assert "NTP" in (await saw(doctor.clock)).mend


async def test_jobs_nobody_runs_and_jobs_given_up(undo):
    await defer(check_index)
    assert (await saw(doctor.queue)).saw.startswith("1 waiting")
    assert (await saw(doctor.queue)).mend == ""
    await database.execute("UPDATE procrastinate_events SET at = now() - interval '3 hours'")
    await database.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    stalled = await saw(doctor.queue)
    assert "1 stalled since" in stalled.saw
    assert "entraide worker" in stalled.mend
    await database.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert "1 failed" in (await saw(doctor.queue)).saw
    assert (await saw(doctor.queue)).mend


class Counted:
    """An engine that holds so many documents."""

    name = "embedded"
    needs_rebuild = False

    def __init__(self, documents: int) -> None:
        self.documents = documents

    async def prepare(self) -> None: ...

    async def count(self) -> int:
        return self.documents

    async def close(self) -> None: ...


async def test_an_index_that_drifted(anne, monkeypatch):
    await published(anne)
    monkeypatch.setattr(engine, "configured", lambda: Counted(3))
    nobody_follows = await saw(doctor.search)
    assert "1 changes to follow" in nobody_follows.saw
    assert "entraide worker" in nobody_follows.mend
    await database.execute("UPDATE search_document SET indexed = version")
    found = await saw(doctor.search)
    assert "3 of 1" in found.saw
    assert "reindex" in found.mend


async def test_an_index_that_was_never_built_or_is_held(undo, changed, tmp_path):
    from search.embedded import EmbeddedEngine

    held = EmbeddedEngine(tmp_path)
    changed(state_dir=tmp_path.parent)

    def same_folder() -> EmbeddedEngine:
        return EmbeddedEngine(tmp_path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "configured", same_folder)
        assert "no usable index" in (await saw(doctor.search)).saw
        await held.prepare()
        assert "in use by the running site" in (await saw(doctor.search)).saw
        await held.close()


async def test_a_search_server_that_is_away(undo, changed, monkeypatch):
    changed(meilisearch_url="http://127.0.0.1:9")
    from search.meili import MeilisearchEngine

    monkeypatch.setattr(engine, "configured", lambda: MeilisearchEngine("http://127.0.0.1:9"))
    assert "MEILISEARCH_URL" in (await saw(doctor.search)).mend
