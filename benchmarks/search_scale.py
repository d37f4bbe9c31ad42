"""`make bench-search`: the search at 10,000, 100,000 and 1,000,000 ads, on Meilisearch, on the embedded engine, and on
PostgreSQL while the engine is away.

    python -m benchmarks.search_scale [ads…]

Each size has a database of its own, filled and indexed by both engines first; then all are asked in one run. At the
largest, changes flow and the index is built again while members search. Writes benchmarks/RESULTS-SEARCH.md; a million
ads take about two hours on two cores. With BENCH_DIR what was prepared is kept there, and not prepared again.
"""

import asyncio
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import meilisearch_server
from benchmarks.search_report import AWAY, EMBEDDED, MEILISEARCH, Measured, report

SIZES = (10_000, 100_000, 1_000_000)
RESULTS = Path(__file__).parent / "RESULTS-SEARCH.md"


async def main(sizes: list[int]) -> None:
    kept = os.environ.get("BENCH_DIR")
    folder = Path(kept or tempfile.mkdtemp(prefix="entraide-bench-"))
    engines = [MEILISEARCH, EMBEDDED] if meilisearch_server.is_there() else [EMBEDDED]
    try:
        ready = {ads: await _of_size(folder, "prepare", ads, *engines) for ads in sizes}
        found = []
        for ads in sizes:
            for engine in (*engines, AWAY):
                prepared = ready[ads].get(engine, {})
                found.append({"engine": engine, "ads": ads, **prepared, **await _of_size(folder, "pages", ads, engine)})
                RESULTS.write_text(report(found))
        for step in ("following", "rebuilding"):
            for at in (at for at in found if at["ads"] == sizes[-1] and at["engine"] in engines):
                at.update(await _of_size(folder, step, sizes[-1], at["engine"]))
                RESULTS.write_text(report(found))
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    print(report(found))


async def _of_size(folder: Path, step: str, ads: int, *engines: str) -> Measured:
    """In a process of its own: a process has one database."""
    print(f"{ads:,} ads, {', '.join(engines)}: {step}", file=sys.stderr, flush=True)
    state = {"STATE_DIR": str(folder / str(ads)), "TRUSTED_PROXIES": "1", "SEARCHES_PER_HOUR": "1000000"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "ignore", "-m", "benchmarks.search_size", step, str(ads), *engines),
        env=os.environ | state,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{step} at {ads} ads ended with {process.returncode}")
    found: Measured = json.loads(out.splitlines()[-1])
    return found


if __name__ == "__main__":
    asyncio.run(main([int(one) for one in sys.argv[1:]] or list(SIZES)))
