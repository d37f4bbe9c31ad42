"""Secrets stay in their columns, and the tables are what the migrations make."""

import asyncio
import os
import shutil
import sys
from pathlib import Path

from piccolo.columns import UUID as AnyUUID
from piccolo.conf.apps import Finder

from tests.helpers.postgres import another_database
from tests.helpers.source import DOMAINS, PROJECT
from tests.helpers.world import World

SECRET = ("password", "hash", "token", "code", "email")


async def test_printing_a_row_tells_no_secret(world: World):
    for table in Finder().get_table_classes():
        secrets = [column for column in table._meta.columns if column._meta.secret]
        if not secrets:
            continue
        row = await table.objects().first()
        assert row is not None, f"the world has no {table.__name__}"
        for column in secrets:
            kept = getattr(row, column._meta.name)
            assert str(kept) not in f"{row} {row!r} {[row]}", f"{table.__name__}.{column._meta.name}"


async def test_what_sounds_secret_is_marked_secret():
    marked = {
        f"{table._meta.tablename}.{column._meta.name}": bool(column._meta.secret)
        for table in Finder().get_table_classes()
        for column in table._meta.columns
        if any(word in column._meta.name for word in SECRET) and not isinstance(column, AnyUUID)
    }
    not_secret = {"membership.code"}  # a key to the code's row
    assert {name for name, secret in marked.items() if not secret} <= not_secret, marked


async def test_no_table_tells_what_a_member_is_outside():
    """Military status is a restricted datum: no column can hold one."""
    forbidden = (
        "rank",
        "unit",
        "corps",
        "military",
        "grade",
        "employer",
        "religion",
        "health",
        "birth",
        "phone",
        "address",
    )
    columns = [
        f"{table._meta.tablename}.{column._meta.name}"
        for table in Finder().get_table_classes()
        for column in table._meta.columns
    ]
    assert not [name for name in columns if any(name.partition(".")[2].startswith(word) for word in forbidden)]


APPS = tuple(sorted(Finder().get_app_registry().app_configs))
COMPARE = f"""
import asyncio
from piccolo.apps.migrations.commands.new import NoChanges, _create_new_migration
from piccolo.conf.apps import Finder

async def main():
    for name in {APPS}:
        try:
            made = await _create_new_migration(Finder().get_app_config(app_name=name), auto=True)
        except NoChanges:
            print("=", name)
        else:
            print("differs:", name, open(made.migration_path).read())

asyncio.run(main())
"""


async def test_the_migrations_make_the_tables(tmp_path):
    """On a copy, for Piccolo writes a migration where it finds a difference."""
    for folder in DOMAINS:
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    said = await _run("-c", COMPARE, cwd=tmp_path, PYTHONPATH=str(tmp_path), STATE_DIR=str(tmp_path / "state"))
    same = [line.removeprefix("= ") for line in said.splitlines() if line.startswith("= ")]
    assert same == list(APPS), said


async def test_every_migration_can_be_taken_back(tmp_path):
    """Forwards, backwards, forwards, on an empty database of its own."""
    with another_database("migrations") as url:
        for step in (["forwards", "all"], ["backwards", "all", "--auto_agree"], ["forwards", "all"]):
            piccolo = ("-m", "piccolo.main", "migrations", *step)
            await _run(*piccolo, cwd=PROJECT, DATABASE_URL=url, STATE_DIR=str(tmp_path))


async def _run(*arguments: str, cwd: Path, **environment: str) -> str:
    done = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=cwd,
        env={**os.environ, "PICCOLO_CONF": "app.piccolo_conf", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(done.communicate(), 120)
    assert done.returncode == 0, said.decode()
    return said.decode()
