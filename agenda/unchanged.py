"""Answers programs ask for again and again: nothing is sent twice, and a revoked address is noticed at once."""

import asyncio
import hashlib
from collections.abc import Callable

from litestar import Request, Response

KEPT = "private, no-cache"
"""A reader keeps its copy and asks each time whether it still holds."""


async def unless_known(
    request: Request, what: bytes, make: Callable[[], bytes], media_type: str, headers: dict[str, str] | None = None
) -> Response[bytes]:
    """The body `make` makes, or 304 to who has it already. `what` holds everything the body says.

    `If-Modified-Since` is not listened to: an ad that leaves a list makes it another list without any later date.
    """
    tag = f'"{hashlib.sha256(what).hexdigest()[:32]}"'
    carried = {"etag": tag, "cache-control": KEPT, **(headers or {})}
    if _knows(request.headers.get("if-none-match", ""), tag):
        return Response(b"", status_code=304, headers=carried, media_type=media_type)
    # A full calendar takes a tenth of a second to write: other readers do not wait for it.
    return Response(await asyncio.to_thread(make), headers=carried, media_type=media_type)


def _knows(said: str, tag: str) -> bool:
    tags = [one.strip().removeprefix("W/") for one in said.split(",")]
    return tag in tags or tags == ["*"]
