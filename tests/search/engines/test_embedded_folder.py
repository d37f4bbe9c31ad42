"""The embedded engine's folder: kept, damaged, lost, written by another version, held by another process."""

import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from search.contract import EngineUnavailable, Query
from search.embedded import EmbeddedEngine, folder
from tests.helpers.waiting import PATIENCE
from tests.search.engines.ads import CAST, ad, ask, found, in_batches

WRITE_FOREVER = """
import asyncio, sys
from search.embedded import EmbeddedEngine
from tests.search.engines.ads import ad

async def main():
    engine = EmbeddedEngine(sys.argv[1])
    await engine.prepare()
    number = 0
    while True:
        await engine.put([ad(f"n{number}", f"Tondeuse {number}")])
        print(number, flush=True)
        number += 1

asyncio.run(main())
"""


async def built(path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(path)
    await engine.prepare()
    await engine.rebuild(in_batches(CAST))
    return engine


async def reopened(path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(path)
    await engine.prepare()
    return engine


def live_build(path: Path) -> Path:
    return path / (path / folder.LIVE).read_text()


def builds(path: Path) -> list[Path]:
    return [entry for entry in path.iterdir() if entry.is_dir()]


def write_until_killed(path: Path, after: int) -> int:
    """Let another process put ads one by one; kill -9 it while it goes on. The last it said was done."""
    program = [sys.executable, "-c", WRITE_FOREVER, str(path)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as writer:
        assert writer.stdout
        too_late = threading.Timer(PATIENCE, writer.kill)
        too_late.start()
        said = [int(writer.stdout.readline()) for _ in range(after)]
        too_late.cancel()
        writer.send_signal(signal.SIGKILL)
    return said[-1]


async def test_what_was_put_is_still_there_after_a_restart(tmp_path: Path) -> None:
    engine = await built(tmp_path)
    await engine.put([ad("late", "Tondeuse")])
    await engine.close()
    engine = await reopened(tmp_path)
    assert not engine.needs_rebuild
    assert await engine.count() == len(CAST) + 1
    assert await found(engine, "tondeuse", near=None) == ["late"]
    await engine.close()


async def test_without_an_index_it_says_so_rather_than_nothing_found(tmp_path: Path) -> None:
    engine = await reopened(tmp_path / "new")
    assert engine.needs_rebuild
    for asking in (
        ask(engine, "velo"),
        engine.suggest(Query(words="vel")),
        engine.count(),
        engine.put(CAST),
        engine.remove(["x"]),
    ):
        with pytest.raises(EngineUnavailable):
            await asking
    await engine.rebuild(in_batches(CAST))
    assert not engine.needs_rebuild
    assert (await ask(engine)).total == len(CAST)
    await engine.close()


@pytest.mark.parametrize(
    "harm", ["emptied", "cut", "no_meta", "garbage_meta", "gone", "pointer_garbage", "other_version"]
)
async def test_a_damaged_index_asks_for_a_rebuild_and_gets_one(tmp_path: Path, harm: str) -> None:
    await (await built(tmp_path)).close()
    build = live_build(tmp_path)
    match harm:
        case "emptied":
            for file in build.glob("*.store"):
                file.write_bytes(b"")
        case "cut":
            for file in build.glob("*.idx"):
                file.write_bytes(file.read_bytes()[:20])
        case "no_meta":
            (build / "meta.json").unlink()
            for file in build.glob(".managed.json"):
                file.write_text("broken")
        case "garbage_meta":
            (build / "meta.json").write_text('{"segments": [')
        case "gone":
            shutil.rmtree(build)
        case "pointer_garbage":
            (tmp_path / folder.LIVE).write_bytes(b"\xff../../etc")
        case "other_version":
            older = build.with_name("0.0-" + build.name.split("-")[1])
            build.rename(older)
            (tmp_path / folder.LIVE).write_text(older.name)
    engine = await reopened(tmp_path)
    assert engine.needs_rebuild
    await engine.rebuild(in_batches(CAST))
    assert await found(engine, "poussette") == ["poussette"]
    await engine.close()
    assert builds(tmp_path) == [live_build(tmp_path)]


async def test_a_kill_at_any_moment_loses_nothing_that_was_said_done(tmp_path: Path) -> None:
    await (await built(tmp_path)).close()
    said = -1
    for kill_after in (1, 7, 20):
        said = max(said, write_until_killed(tmp_path, kill_after))
        engine = await reopened(tmp_path)
        assert not engine.needs_rebuild
        assert await engine.count() >= len(CAST) + said + 1
        assert await found(engine, "poussette") == ["poussette"]
        await engine.put([ad("after", "Perceuse")])
        await engine.remove(["after"])
        await engine.close()


async def test_a_rebuild_that_was_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    await (await built(tmp_path)).close()
    unfinished = folder.Folder(tmp_path).begin()
    assert unfinished and unfinished.is_dir()
    engine = await reopened(tmp_path)
    assert await engine.count() == len(CAST)
    assert not unfinished.exists()
    await engine.close()


async def test_two_processes_never_hold_one_folder(tmp_path: Path) -> None:
    first = await built(tmp_path)
    second = EmbeddedEngine(tmp_path)
    with pytest.raises(EngineUnavailable, match="Another process"):
        await second.prepare()
    assert await found(first, "poussette") == ["poussette"]
    await first.close()
    await second.prepare()
    assert await found(second, "poussette") == ["poussette"]
    await second.close()
