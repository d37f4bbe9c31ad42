"""`entraide audit …`, as it is typed."""

import asyncio
import csv
import json
import os
import sys

import pytest

from app import database
from moderation import audit
from moderation.audit.sealing import head, seal
from tests.helpers.source import PROJECT

pytestmark = pytest.mark.commits
TAMPER = "SET session_replication_role = replica; {}; SET session_replication_role = DEFAULT;"


async def entraide(*arguments: str) -> tuple[int, str, str]:
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app.commands", "audit", *arguments, cwd=PROJECT, env=dict(os.environ),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, complained = await asyncio.wait_for(done.communicate(), 60)
    return done.returncode or 0, said.decode(), complained.decode()


@pytest.fixture
async def written(anne):
    for number in range(4):
        await audit.record("tried", by=anne.id, kind="member", subject=number, number=number)
    await seal()
    return await head()


async def test_verify_prints_the_head_and_proves_one_printed_before(written):
    code, said, _ = await entraide("verify")
    assert code == 0
    assert str(written) in said
    assert "4 entries sealed, 0 waiting" in said
    code, said, _ = await entraide("verify", "--expect", str(written))
    assert code == 0


async def test_verify_names_what_was_tampered_with(written):
    entry = await database.value("SELECT entry FROM audit_seal WHERE position = 3")
    await database.script(TAMPER.format(f"UPDATE audit_entry SET actor = NULL WHERE id = {entry}"))
    code, _, complained = await entraide("verify")
    assert code == 1
    assert f"BROKEN at position 3, entry {entry}" in complained
    assert "holds up to 2:" in complained


async def test_verify_misses_an_end_that_was_cut_off_only_without_the_head(written):
    await database.script(
        TAMPER.format("DELETE FROM audit_seal WHERE position > 2; DELETE FROM audit_entry WHERE id > 2")
    )
    assert (await entraide("verify"))[0] == 0
    code, _, complained = await entraide("verify", "--expect", str(written))
    assert (code, "cut off" in complained) == (1, True)


async def test_verify_refuses_a_head_it_cannot_read(written):
    code, _, complained = await entraide("verify", "--expect", "nonsense")
    assert (code, complained) == (1, "Error: Not POSITION:DIGEST: 'nonsense'\n")


async def test_export_writes_json_lines_and_csv_and_says_so_in_the_log(written, tmp_path):
    lines, sheet = tmp_path / "log.jsonl", tmp_path / "log.csv"
    assert (await entraide("export", "--from", "2000-01-01", "--to", "2199-12-31", "--output", str(lines)))[0] == 0
    entries = [json.loads(line) for line in lines.read_text().splitlines()]
    assert [entry["position"] for entry in entries] == [1, 2, 3, 4, None]
    assert entries[3]["digest"] == written.digest.hex()
    assert entries[4]["action"] == "audit.exported"
    assert (await entraide("export", "--format", "csv", "--output", str(sheet), "--to", "2000-01-01"))[0] == 0
    assert len(list(csv.reader(sheet.read_text().splitlines()))) == 1, "headings alone"
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'audit.exported'") == 2


async def test_seal_seals_and_says_where_the_chain_ends(anne):
    await audit.record("joined", by=anne.id, kind="member", subject=anne.id)
    code, said, _ = await entraide("seal")
    assert (code, said) == (0, f"1 sealed.\n{await head()}\n")


async def test_grants_are_printed_for_a_role_that_is_there_and_refused_for_another():
    name = f"entraide_printed_{os.getpid()}"
    await database.execute(f"CREATE ROLE {name}")
    try:
        code, said, _ = await entraide("grants", name)
        assert code == 0
        assert f"GRANT SELECT, INSERT ON audit_entry, audit_seal, transparency_year TO {name};" in said
        assert not await database.value("SELECT has_table_privilege($1, 'audit_entry', 'INSERT')", name)
        assert (await entraide("grants", name, "--execute"))[0] == 0
        assert await database.value("SELECT has_table_privilege($1, 'audit_entry', 'INSERT')", name)
    finally:
        await database.execute(f"DROP OWNED BY {name}")
        await database.execute(f"DROP ROLE {name}")
    code, _, complained = await entraide("grants", "nobody")
    assert (code, "There is no role" in complained) == (1, True)
