"""What `make bench-search` writes: goals, engines, kinds of pages."""

import os
import platform
from datetime import date
from typing import Any

from benchmarks.spread import spread

Measured = dict[str, Any]
EMBEDDED, MEILISEARCH, AWAY = "embedded", "Meilisearch", "PostgreSQL, the engine away"
MOST_GROWTH, MOST_ADDED, MOST_LATE = 1.5, 3.0, 2000.0


def report(found: list[Measured]) -> str:
    return "\n".join([*_head(), *_goals(found), *_engines(found), *_by_kind(found), ""])


def _head() -> list[str]:
    return [
        "# Results of the search",
        "",
        f"Written by `make bench-search` on {date.today():%Y-%m-%d}; {os.cpu_count()} cores, Python"  # noqa: DTZ011
        f" {platform.python_version()}. Ratios are of one run; absolute figures are the machine's. Pages are asked of a"
        " running site, one after the other, each address once, so that nothing kept answers them; milliseconds. The"
        " databases were filled and the indexes built beforehand.",
        "",
    ]


def _goals(found: list[Measured]) -> list[str]:
    lines = ["| goal | measured | wanted | reached |", "|---|---|---|---|"]
    for engine in (MEILISEARCH, EMBEDDED, AWAY):
        here = [at for at in found if at["engine"] == engine]
        if not here:
            continue
        first, last = here[0], here[-1]
        growth = _whole(last)["p95"] / _whole(first)["p95"]
        wanted = f"≤ {MOST_GROWTH} ×" if engine == MEILISEARCH else "for comparison"
        said = f"{growth:.2f} × ({_whole(first)['p95']:.1f} → {_whole(last)['p95']:.1f} ms)"
        lines.append(
            _goal(
                f"{engine}: p95 of a search page, {last['ads']:,} ads against {first['ads']:,}",
                said,
                wanted,
                growth <= MOST_GROWTH or engine != MEILISEARCH,
            )
        )
        for at in (at for at in here if "layer" in at):
            added = max(kind["added"] for kind in at["layer"].values())
            said = f"{added:.2f} ms, {max(kind['cpu'] for kind in at['layer'].values()):.2f} of them CPU"
            what = f"{engine}, {at['ads']:,} ads: added to the engine's own time, median of the worst kind"
            lines.append(_goal(what, said, f"≤ {MOST_ADDED:.0f} ms", added <= MOST_ADDED))
        if "following" in last:
            lines.append(_following(engine, last))
        if "rebuilding" in last:
            lines.append(_rebuilding(engine, last))
    return [*lines, ""]


def _following(engine: str, at: Measured) -> str:
    seen = at["following"]
    late = seen["findable ms"]["p99"]
    said = (
        f"p50 {seen['findable ms']['p50']:.0f}, p99 {late:.0f} ms at {seen['a second']} changes/s; {seen['lost']} lost"
    )
    what = f"{engine}, {at['ads']:,} ads: a change is findable while 200 a second flow"
    return _goal(what, said, "p99 ≤ 2 s, 0 lost", late <= MOST_LATE and not seen["lost"])


def _rebuilding(engine: str, at: Measured) -> str:
    again = at["rebuilding"]
    said = (
        f"{again['failed']} failed, {again['empty']} empty, {again['degraded']} by PostgreSQL of {again['searches']}"
        f" searches in {again['seconds']} s (p95 {again['p95']:.0f} ms)"
    )
    what = f"{engine}, {at['ads']:,} ads: searches while the index is built again"
    return _goal(what, said, "none failed or empty", not again["failed"] + again["empty"])


def _goal(what: str, measured: str, wanted: str, reached: bool) -> str:
    return f"| {what} | {measured} | {wanted} | {'yes' if reached else '**no**'} |"


def _engines(found: list[Measured]) -> list[str]:
    head = "| engine | ads | ads loaded/s | documents indexed/s | index, MB | search page p50 | p95 | p99 |"
    lines = [head, "|---|---|---|---|---|---|---|---|"]
    for at in found:
        whole = _whole(at)
        prepared = (at.get(what) or "" for what in ("loaded a second", "indexed a second", "index MB"))
        cells = [at["engine"], f"{at['ads']:,}", *prepared]
        lines.append(f"| {' | '.join(map(str, (*cells, whole['p50'], whole['p95'], whole['p99'])))} |")
    return [*lines, ""]


def _by_kind(found: list[Measured]) -> list[str]:
    lines = ["| page | engine | ads | p50 | p95 | p99 | not 200 | by PostgreSQL |", "|---|---|---|---|---|---|---|---|"]
    for kind in found[0]["pages"]:
        for at in found:
            page = at["pages"][kind]
            cells = [kind, at["engine"], f"{at['ads']:,}"]
            cells += [page[name] for name in ("p50", "p95", "p99", "failed", "degraded")]
            lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


def _whole(at: Measured) -> dict[str, float]:
    """Over all kinds of pages but the suggestions, which are no page."""
    return spread([took for kind, page in at["pages"].items() if kind != "suggestions" for took in page["all"]])
