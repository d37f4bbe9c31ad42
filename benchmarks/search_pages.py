"""Pages of the search asked one after the other by members of a site that runs, and what they said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from time import perf_counter

import httpx

from app import database
from app.demo_crowd.people import ADDRESSES
from members.sessions import cookie_name, start_session

MEMBERS = 20
DEGRADED = "La recherche complète revient dans un instant"
_TOTAL = re.compile(r'id="results-count">\s*(Aucune annonce|[\d\s\u202f\u00a0]+annonces?|Les plus récentes)')


@dataclass
class Pages:
    """Milliseconds of those that were answered; how many were refused, empty, or PostgreSQL's."""

    took: list[float] = field(default_factory=list)
    failed: int = 0
    empty: int = 0
    degraded: int = 0


async def cookies() -> list[str]:
    """Of some members, so that none asks more than a member may."""
    async with database.connection_pool():
        members = await database.rows("SELECT id FROM member WHERE email LIKE $1 LIMIT $2", ADDRESSES, MEMBERS)
        return [f"{cookie_name()}={(await start_session(row['id'])).value}" for row in members]


async def ask(port: int, addresses: Sequence[str], members: Sequence[str], pages: Pages | None = None) -> Pages:
    """Each address once, on one connection."""
    pages = pages or Pages()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        for address, cookie in zip(addresses, cycle(members), strict=False):
            began = perf_counter()
            answer = await client.get(address, headers={"cookie": cookie})
            took = (perf_counter() - began) * 1000
            if answer.status_code not in (200, 204):
                pages.failed += 1
                continue
            pages.took.append(took)
            pages.degraded += DEGRADED in answer.text
            pages.empty += bool((said := _TOTAL.search(answer.text)) and said.group(1) == "Aucune annonce")
    return pages
