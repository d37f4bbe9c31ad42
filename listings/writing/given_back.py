"""What somebody wrote for a text that cannot take it any more, given back on the page that says so."""

from collections.abc import Awaitable

from litestar import Request

from app.refusals import Refused
from listings.ad import Ad
from listings.content import MORE_WORDS

TEXTS = ("title", "body", *MORE_WORDS)
LONGEST = 10_000


async def giving_back(request: Request, way: Awaitable[Ad]) -> Ad:
    """What this way leads to. A refusal on it carries the words that were sent."""
    try:
        return await way
    except Refused as refused:
        sent = await request.form()
        typed = [str(sent.get(name) or "").strip() for name in TEXTS]
        refused.written = [text[:LONGEST] for text in typed if text]
        raise
