"""Handing documents over to an engine. One it will never take must not keep the others from it: it is set aside, said
in the status, and tried again once it changes, or at the next check."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from app import database
from search.contract import Document, NotTaken
from search.following.reading_rows import document_of

log = logging.getLogger(__name__)

IS_PENDING = "indexed IS DISTINCT FROM version AND refused IS DISTINCT FROM version"
"""Of `search_document`: the index has yet to follow, and will."""
_SET_ASIDE = """
UPDATE search_document d SET refused = s.version FROM unnest($1::varchar[], $2::bigint[]) AS s(id, version)
WHERE d.id = s.id AND d.version = s.version
"""
_TRY_AGAIN = "UPDATE search_document SET refused = NULL WHERE refused IS NOT NULL"

Take = Callable[[Sequence[Document]], Awaitable[None]]


async def hand_over(rows: Sequence[Any], take: Take) -> list[Any]:
    """The rows that were taken; the others are set aside as they are now.

    Raises `EngineUnavailable`, also where each of several is refused: that is no fault of theirs.
    """
    documents, refused = _read(rows)
    refused |= await _refused(documents, take)
    if len(rows) > 1 and len(refused) == len(rows):
        raise NotTaken(next(iter(refused.values())))
    if refused:
        aside = [row for row in rows if row["id"] in refused]
        await database.execute(_SET_ASIDE, [row["id"] for row in aside], [row["version"] for row in aside])
        for id, why in refused.items():
            log.error("search: %s is set aside, the engine does not take it: %s", id, why)
    return [row for row in rows if row["id"] not in refused]


async def try_again() -> None:
    """Whatever was set aside is sent again."""
    await database.execute(_TRY_AGAIN)


def _read(rows: Sequence[Any]) -> tuple[list[Document], dict[str, str]]:
    documents, refused = [], {}
    for row in rows:
        try:
            documents.append(document_of(row))
        except ValueError as unknown:  # written by a later version of this code
            refused[row["id"]] = str(unknown)
    return documents, refused


async def _refused(documents: Sequence[Document], take: Take) -> dict[str, str]:
    """Why each that was not taken was refused; found by halves."""
    if not documents:
        return {}
    try:
        await take(documents)
    except NotTaken as refusal:
        if len(documents) == 1:
            return {documents[0].id: str(refusal)}
        half = len(documents) // 2
        return await _refused(documents[:half], take) | await _refused(documents[half:], take)
    return {}
