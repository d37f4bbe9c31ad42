"""The search for everybody in a process of its own: it takes minutes of a processor and its memory is given back.

`python -m exchanges.matching.apart` reads columns on its standard input and writes what was found, as numpy files.
"""

import asyncio
import io
import os
import sys
from dataclasses import dataclass, fields, replace

import numpy as np

from exchanges.matching.entrants import Entrants, Ints
from exchanges.matching.fit import calendar, lowered
from exchanges.matching.graph import build
from exchanges.matching.searching import search, search_hosts

NICENESS = 10
"""Pages come first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Fits, by rows of the entrants; how many there are of each; exchanges and one-way stays to propose."""

    guest: Ints
    host: Ints
    score: Ints
    same: Ints
    wanted_by: Ints
    wants: Ints
    members: Ints
    same_weeks: Ints
    hosted: Ints
    bound: Ints
    exact: Ints


async def searched(e: Entrants, free: Ints, apart: Ints, dislikes: Ints) -> Answer:
    """Of these entrants, those who are `free` being proposed exchanges. `apart` are lines of a guest and a host whom
    something keeps apart, `dislikes` those of exchanges.matching.fit. Raises ChildProcessError when the process ends
    badly."""
    given = io.BytesIO()
    np.savez(given, allow_pickle=False, who_is_free=free, who_is_apart=apart, dislikes=dislikes, **e.columns())
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "exchanges.matching.apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        found, _ = await process.communicate(given.getvalue())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise ChildProcessError(f"the search for matches ended with {process.returncode}")
    return Answer(**np.load(io.BytesIO(found), allow_pickle=False))


def answer(e: Entrants, free: Ints, apart: Ints, dislikes: Ints) -> Answer:
    """The same in this process."""
    weeks = calendar(e)
    graph = build(e, weeks).without(apart)
    arcs = graph.arcs
    graph = replace(graph, arcs=replace(arcs, score=lowered(e, arcs.guest, arcs.host, arcs.score, dislikes)))
    found = search(e, weeks, graph, free)
    left = free.copy()
    left[found.exchanges.members[found.exchanges.members >= 0]] = False
    hosted = search_hosts(e, graph, left)
    return Answer(
        guest=graph.arcs.guest,
        host=graph.arcs.host,
        score=graph.arcs.score,
        same=graph.arcs.same,
        wanted_by=graph.wanted_by,
        wants=graph.wants,
        members=found.exchanges.members,
        same_weeks=found.exchanges.same,
        hosted=hosted.members,
        bound=np.array(found.bound),
        exact=np.array(found.exact),
    )


def main() -> None:
    os.nice(NICENESS)
    with np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False) as given:
        columns = dict(given)
    free, apart = columns.pop("who_is_free"), columns.pop("who_is_apart")
    dislikes = columns.pop("dislikes")
    found = answer(Entrants(**columns), free, apart, dislikes)
    said = io.BytesIO()
    np.savez(said, allow_pickle=False, **{field.name: getattr(found, field.name) for field in fields(found)})
    sys.stdout.buffer.write(said.getvalue())


if __name__ == "__main__":
    main()
