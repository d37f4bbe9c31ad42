"""`make bench`: every figure of the README, each as a ratio against a baseline of the same run."""

import asyncio
import json
import os
import platform
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SMALL = (1_000, 10_000)
"""Ads of the lists a million is held against."""
RESULTS = Path(__file__).parent / "RESULTS.md"
os.environ["STATE_DIR"] = os.environ.get("BENCH_DIR") or tempfile.mkdtemp(prefix="entraide-bench-")
os.environ.setdefault("TRUSTED_PROXIES", "1")
os.environ.setdefault("SEARCHES_PER_HOUR", "10000000")
os.environ.setdefault("SEARCHES_PER_HOUR", "1000000000")  # one member asks for all pages

from app import database  # noqa: E402
from app.postgres import database_url  # noqa: E402
from benchmarks import community, processes  # noqa: E402
from benchmarks.load import Seen, load, serial  # noqa: E402


@dataclass(frozen=True)
class Figure:
    what: str
    measured: str
    goal: str
    reached: bool


def main() -> None:
    figures = asyncio.run(measure())
    RESULTS.write_text(_report(figures))
    print(_report(figures))


async def measure() -> list[Figure]:
    database_url()  # this process owns the embedded server, the others inherit its address
    figures: list[Figure] = []
    await community.main(SMALL[0])
    small = []
    for ads in SMALL:
        await community.fill(ads)
        small.append((ads, (await _first_and_thousandth(deep=False))[0]))
    await community.fill(100_000)
    await _reindex()
    figures += await _pages_against_bare()
    figures += await _own_cost()
    figures += await _engine()
    figures += await _sign_ins()
    figures += await _weight_and_memory()
    figures += await _desk()  # after the measure of memory: its thousands of decisions leave work to the jobs
    await community.fill(1_000_000)
    first, thousandth = await _first_and_thousandth(deep=True)
    return [*figures, *_growth(small, first, thousandth)]


async def _pages_against_bare() -> list[Figure]:
    async with processes.bare():
        base = await _warm_then("/")
    async with processes.site():
        cookie, ad = await _member()
        await _counting(cookie)
        listed = await _warm_then("/annonces", cookie)
        others = await load(processes.PORT, await _more_pages_than_kept(), cookie=cookie, seconds=6)
        shown = await _warm_then(ad, cookie)
    return [
        _ratio("list of 25 ads, signed in, 100,000 ads", listed, base, 0.40),
        _ratio("list, pages in turn that were not kept whole", others, base, 0.0),
        _ratio("page of an ad, signed in", shown, base, 0.50),
    ]


async def _engine() -> list[Figure]:
    out = json.loads(await _python("-m", "benchmarks.search_engine", "200000"))
    worst = max((spread["p99"], name) for name, spread in out.items() if name.startswith("search ms"))
    said = f"p99 {worst[0]:.1f} ms ({worst[1].partition(', ')[2]}, the slowest of five kinds of search)"
    change = f"p50 {out['one change findable, ms']['p50']:.0f} ms"
    return [
        Figure("embedded engine with facets, 200,000 ads", said, "≤ 15 ms", worst[0] <= 15),
        Figure("a change is findable after", change, "≤ 2 s", out["one change findable, ms"]["p99"] <= 2000),
    ]


async def _own_cost() -> list[Figure]:
    out = await _python("-m", "benchmarks.own_cost")
    own, engine = map(float, out.split()[-2:])
    said = f"{own:.2f} ms of CPU beside {engine:.1f} ms of engine"
    return [Figure("a search page, without the engine's time", said, "≤ 3 ms", own <= 3)]


async def _sign_ins() -> list[Figure]:
    async with processes.site(TRUSTED_PROXIES="1"):
        cookie, _ = await _member()
        await _counting(cookie)
        calm = await load(processes.PORT, ["/annonces"], cookie=cookie, connections=2, seconds=5)
        storm = asyncio.create_task(_python("-m", "benchmarks.sign_ins"))
        busy = await load(processes.PORT, ["/annonces"], cookie=cookie, connections=2, seconds=4)
        answered = int(await storm)
    ratio = busy.p99 / calm.p99
    said = f"{ratio:.2f} × (p99 {calm.p99:.1f} → {busy.p99:.1f} ms; {answered} sign-ins answered)"
    return [Figure("list while 50 people sign in at once", said, "≤ 3 ×", ratio <= 3 and answered == 50)]


async def _desk() -> list[Figure]:
    page_few, decision_few, page_many, decision_many = map(float, (await _python("-m", "benchmarks.desk")).split()[-4:])

    def figure(what: str, few: float, many: float) -> Figure:
        said = f"{many / few:.2f} × (p50 {few:.1f} → {many:.1f} ms)"
        return Figure(f"desk at 10,000 open cases against 100, {what}", said, "≤ 1.5 ×", many / few <= 1.5)

    return [
        figure("first page", page_few, page_many),
        figure("a decision and the next case", decision_few, decision_many),
    ]


async def _weight_and_memory() -> list[Figure]:
    async with processes.site() as running:
        cookie, ad = await _member()
        await _counting(cookie)
        start = running.started_in
        sizes = {path: await _size(path, cookie) for path in ("/", "/annonces", "/annonces/carte", ad)}
        first_visit = await _first_visit()
        paths = [f"/annonces?departement={d}" for d in ("29", "35", "75", "69")] + ["/annonces", ad, "/"]
        for _ in range(2):
            done = 0
            while done < 5_000:
                seen = await load(processes.PORT, paths, cookie=cookie, seconds=2)
                done += int(seen.rate * 2)
        resident = running.web_process_mb()
    heaviest = max(sizes, key=lambda path: sizes[path])
    shown = "an ad" if heaviest == ad else heaviest
    return [
        Figure("`serve` answers after its start", f"{start:.2f} s", "≤ 2 s", start <= 2),
        Figure("one web process after 10,000 requests", f"{resident:.0f} MB", "≤ 150 MB", resident <= 150),
        Figure(
            "heaviest page's HTML", f"{sizes[heaviest] / 1024:.1f} KB ({shown})", "≤ 40 KB", sizes[heaviest] <= 40_960
        ),
        Figure("first visit, all in all", f"{first_visit / 1024:.0f} KB", "≤ 150 KB", first_visit <= 153_600),
    ]


async def _first_and_thousandth(*, deep: bool) -> tuple[Seen, Seen]:
    """p50 of the first page and, when `deep`, of the thousandth."""
    async with processes.site():
        cookie, _ = await _member()
        await _counting(cookie)
        first = await serial(processes.PORT, "/annonces", cookie=cookie, times=400)
        address = await _thousandth_page() if deep else "/annonces"
        return first, await serial(processes.PORT, address, cookie=cookie, times=400)


def _growth(small: list[tuple[int, Seen]], first: Seen, thousandth: Seen) -> list[Figure]:
    """A million against each of the small lists, whose own thousandth page does not exist: against their first."""

    def figure(ads: int, base: Seen, page: str, seen: Seen) -> Figure:
        ratio, what = seen.p50 / base.p50, f"list at 1,000,000 ads against {ads:,}, {page} page"
        return Figure(what, f"{ratio:.2f} × (p50 {base.p50:.2f} → {seen.p50:.2f} ms)", "≤ 1.3 ×", ratio <= 1.3)

    pages = (("first", first), ("thousandth", thousandth))
    return [figure(ads, base, page, seen) for page, seen in pages for ads, base in small]


async def _warm_then(path: str, cookie: str = "") -> Seen:
    await load(processes.PORT, [path], cookie=cookie, seconds=1)
    return await load(processes.PORT, [path], cookie=cookie, seconds=6)


def _ratio(what: str, seen: Seen, base: Seen, goal: float) -> Figure:
    ratio = seen.rate / base.rate
    said = f"{ratio:.0%} ({seen.rate:.0f} of {base.rate:.0f} requests/s)"
    wanted = f"≥ {goal:.0%}" if goal else "for comparison"
    return Figure(f"{what}, against a bare route", said, wanted, ratio >= goal and not seen.failures)


async def _member() -> tuple[str, str]:
    """The cookie of a signed-in member, and the address of somebody else's ad."""
    from members.sessions import cookie_name, start_session

    async with database.connection_pool():
        member = await database.value("SELECT id FROM member WHERE email = 'm1@banc.test'")
        ad = await database.value(
            "SELECT id FROM listing WHERE author <> $1 ORDER BY published_at DESC LIMIT 1", member
        )
        return f"{cookie_name()}={(await start_session(member)).value}", f"/annonces/{ad}"


async def _counting(cookie: str) -> None:
    """Waits until the counts beside the list are there: the index is ready."""
    for _ in range(600):
        if b"facet-count" in await _get("/annonces", cookie):
            return
        await asyncio.sleep(0.2)
    raise TimeoutError("the index is not ready")


async def _more_pages_than_kept() -> list[str]:
    """Addresses of lists asked in turn, a few more than `app.kept.pages` holds: each is put together again."""
    from app.paging import SIZE, After, address

    async with database.connection_pool():
        rows = await database.rows(
            "SELECT published_at, id FROM (SELECT published_at, id, row_number() OVER"
            " (ORDER BY published_at DESC, id DESC) AS place FROM listing WHERE status = 'published') numbered"
            f" WHERE place % {SIZE} = 0 ORDER BY place LIMIT 155"
        )
    return [f"/annonces?apres={address(After(row['published_at'], row['id']))}" for row in rows]


async def _thousandth_page() -> str:
    from app.paging import SIZE, After, address

    async with database.connection_pool():
        row = await database.row(
            "SELECT published_at, id FROM listing WHERE status = 'published'"
            f" ORDER BY published_at DESC, id DESC OFFSET {999 * SIZE - 1} LIMIT 1"
        )
        assert row is not None
        return f"/annonces?apres={address(After(row['published_at'], row['id']))}"


async def _get(path: str, cookie: str = "", encoding: str = "identity") -> bytes:
    import httpx

    headers = {"cookie": cookie, "accept-encoding": encoding}
    async with (
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{processes.PORT}", timeout=60, headers=headers) as client,
        client.stream("GET", path) as answer,
    ):
        return b"".join([chunk async for chunk in answer.aiter_raw()])


async def _size(path: str, cookie: str) -> int:
    return len(await _get(path, cookie))


async def _first_visit() -> int:
    """The public home and all it asks for, as a browser receives it."""
    html = (await _get("/")).decode()
    css = next(path for path in re.findall(r'href="(/static/[^"]+)"', html) if path.endswith(".css"))
    asked = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html))
    asked |= set(re.findall(r"url\((/static/[^)]+)\)", (await _get(css)).decode()))
    return sum([len(await _get(path, encoding="br, gzip")) for path in ["/", *sorted(asked)]])


async def _reindex() -> None:
    await _python("-m", "app", "reindex")


async def _python(*arguments: str) -> str:
    import sys

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", *arguments, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    return out.decode()


def _report(figures: list[Figure]) -> str:
    mark: Callable[[bool], str] = lambda reached: "yes" if reached else "**no**"  # noqa: E731
    lines = [f"| {f.what} | {f.measured} | {f.goal} | {mark(f.reached)} |" for f in figures]
    return "\n".join(
        [
            "# Results",
            "",
            f"Written by `make bench` on {date.today():%Y-%m-%d}; {os.cpu_count()} cores, Python"  # noqa: DTZ011
            f" {platform.python_version()}, embedded PostgreSQL and embedded search engine, one web process."
            " Ratios are of one run; absolute figures are the machine's. The bare route is benchmarks/bare.py:"
            " Litestar, asyncpg's pool as it comes, the 25 newest ads whole with their authors, two bytes. The list"
            " and the ad are asked again by one member: a page kept whole for all who see the same serves them.",
            "",
            "| what | measured | goal | reached |",
            "|---|---|---|---|",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    main()
