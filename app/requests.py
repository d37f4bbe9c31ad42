"""Requests as our handlers get them."""

from litestar.datastructures import FormMultiDict
from litestar.exceptions import ClientException
from litestar.plugins.htmx import HTMXRequest


class Request(HTMXRequest):
    async def form(self) -> FormMultiDict:
        """What was sent. Raises a 400 for bytes that are no text: Litestar 2.25 lets the decoder’s error through."""
        try:
            return await super().form()
        except (UnicodeDecodeError, LookupError) as unreadable:
            raise ClientException("The form cannot be read.") from unreadable
