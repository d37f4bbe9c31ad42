"""Whether the addresses outside of this site that the catalogue leads to still answer."""

import asyncio
from collections.abc import Iterable

import httpx

from benefits.catalogue.reading import guides, sheets

AT_ONCE = 8
SECONDS = 20.0
REFUSING_ROBOTS = (401, 403, 405, 406, 429, 503)
"""The page may well be there for people."""


async def dead_links() -> list[tuple[str, str]]:
    """Address and what is wrong, of those that do not answer."""
    gate = asyncio.Semaphore(AT_ONCE)
    headers = {"user-agent": "entraide (verification des liens)"}
    async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=True, headers=headers) as client:
        tried = await asyncio.gather(*(_tried(client, gate, address) for address in outside()))
    return [(address, wrong) for address, wrong in tried if wrong]


def outside() -> list[str]:
    """Every address outside of this site, once."""
    return sorted({one for one in _every() if one.startswith(("http://", "https://"))})


def _every() -> Iterable[str]:
    for sheet in sheets().values():
        yield sheet.facts.apply.url
        yield from (link.url for link in sheet.facts.links)
        yield from (source.url for source in sheet.facts.sources)
        for part in sheet.sections:
            yield from part.links
    for guide in guides().values():
        yield from (link.id for step in guide.facts.steps for link in step.links)


async def _tried(client: httpx.AsyncClient, gate: asyncio.Semaphore, address: str) -> tuple[str, str]:
    async with gate:
        try:
            async with client.stream("GET", address) as answer:
                is_there = answer.status_code < 400 or answer.status_code in REFUSING_ROBOTS
                return address, "" if is_there else f"répond {answer.status_code}"
        except httpx.HTTPError as problem:
            return address, type(problem).__name__
