"""Conversations of the cast."""

import re
from collections.abc import Sequence
from uuid import UUID, uuid4

import httpx

from answers.answering import answer
from answers.writing import Said
from app import database


async def answered(
    listing: UUID, helper: UUID, text: str = "Bonjour, je peux venir mercredi.", slots: Sequence[str] = ()
) -> UUID:
    """The conversation a helper's answer opened."""
    return await answer(listing, helper, Said(word=text, slots=tuple(slots)), uuid4())


async def unread(conversation: UUID, member: UUID) -> int:
    return await database.value(
        "SELECT unread FROM reading WHERE conversation = $1 AND member = $2", conversation, member
    )


def badge(page: httpx.Response, name: str) -> int:
    """The number the header shows: `messages` or `notifications`."""
    shown = re.search(rf'id="unread-{name}">(\d*)', page.text)
    assert shown, page.text[:500]
    return int(shown[1] or 0)
