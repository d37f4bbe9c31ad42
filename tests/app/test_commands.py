"""What a command says where it cannot do its work yet."""

import asyncio
import os
import sys

import pytest

from tests.helpers.postgres import another_database
from tests.helpers.source import PROJECT


@pytest.mark.parametrize("command", [["search", "status"], ["search", "check"], ["reindex"]], ids=" ".join)
async def test_a_database_without_tables_is_told_in_a_sentence(command, tmp_path):
    with another_database("bare") as url:
        done = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app", *command, cwd=PROJECT, stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "DATABASE_URL": url, "STATE_DIR": str(tmp_path)},
        )  # fmt: skip
        _, complained = await asyncio.wait_for(done.communicate(), 60)
    assert done.returncode == 1
    assert complained.decode() == "Error: The database lacks tables of this version: run `entraide migrate`.\n"
