"""Conversations of the cast."""

import re
from uuid import UUID, uuid4

import httpx

from app import database
from messaging.answering import answer


async def answered(listing: UUID, helper: UUID, text: str = "Bonjour, je peux venir mercredi.") -> UUID:
    """The conversation a helper's answer opened."""
    return await answer(listing, helper, text, uuid4())


async def unread(conversation: UUID, member: UUID) -> int:
    return await database.value(
        "SELECT unread FROM reading WHERE conversation = $1 AND member = $2", conversation, member
    )


def badge(page: httpx.Response, name: str) -> int:
    """The number the header shows: `messages` or `notifications`."""
    shown = re.search(rf'id="unread-{name}">(\d*)', page.text)
    assert shown, page.text[:500]
    return int(shown[1] or 0)
