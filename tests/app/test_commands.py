"""What a command says where it cannot do its work yet."""

import asyncio
import os
import sys

import asyncpg
import pytest

from app import database
from tests.helpers.postgres import another_database
from tests.helpers.source import PROJECT

NOT_MIGRATED = "Error: The database lacks tables or columns of this version: run `entraide migrate`.\n"


@pytest.mark.parametrize("command", [["search", "status"], ["search", "check"], ["reindex"]], ids=" ".join)
async def test_a_database_without_tables_is_told_in_a_sentence(command, tmp_path):
    with another_database("bare") as url:
        assert await complaint(*command, database_url=url, state_dir=str(tmp_path)) == NOT_MIGRATED


async def test_a_database_of_an_older_version_is_told_in_a_sentence(tmp_path):
    with another_database("older") as url:
        await older(url)
        assert await complaint("search", "status", database_url=url, state_dir=str(tmp_path)) == NOT_MIGRATED


async def older(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE search_document (id varchar(64))")
    await connection.close()


async def complaint(*command: str, database_url: str, state_dir: str) -> str:
    """Of a command that fails."""
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", *command, cwd=PROJECT, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": database_url, "STATE_DIR": state_dir},
    )  # fmt: skip
    _, complained = await asyncio.wait_for(done.communicate(), 60)
    assert done.returncode == 1
    return complained.decode()


AWAY = {"MEILISEARCH_URL": "http://127.0.0.1:9", "MEILISEARCH_KEY": "of a server that is away"}


async def told(*command: str, state_dir: str) -> tuple[int | None, str, str]:
    """The exit code of a command whose engine is away, what it said and what it complained of."""
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", *command, cwd=PROJECT,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **AWAY, "STATE_DIR": state_dir},
    )  # fmt: skip
    said, complained = await asyncio.wait_for(done.communicate(), 60)
    return done.returncode, said.decode(), complained.decode()


@pytest.mark.parametrize("command", [["search", "check"], ["reindex"]], ids=" ".join)
async def test_where_the_engine_is_away_nothing_is_begun(command, undo, tmp_path):
    before = await database.row("SELECT * FROM search_rebuild")
    code, _, complained = await told(*command, state_dir=str(tmp_path))
    assert code == 1
    assert complained.startswith("Error: Meilisearch at http://127.0.0.1:9 does not answer")
    assert len(complained.splitlines()) == 1
    assert await database.row("SELECT * FROM search_rebuild") == before


async def test_the_status_says_that_the_engine_is_away(tmp_path):
    code, said, _ = await told("search", "status", state_dir=str(tmp_path))
    assert code == 0
    assert "the engine is away, PostgreSQL answers in its place" in said
