"""Requests as our handlers get them."""

from litestar.datastructures import FormMultiDict
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.plugins.htmx import HTMXRequest

from app.refusals import SignInFirst


class Request(HTMXRequest):
    async def form(self) -> FormMultiDict:
        """What was sent. Raises a 400 for bytes that are no text: Litestar 2.25 lets the decoder’s error through.

        Raises SignInFirst for a visitor's files, before reading them: the CSRF check asks for the form before any
        guard. A handler that takes them from some visitors says from whom, by `files_of_visitors`.
        """
        if self.content_type[0] == RequestEncodingType.MULTI_PART and not self._may_send_files():
            raise SignInFirst
        try:
            return await super().form()
        except (UnicodeDecodeError, LookupError) as unreadable:
            raise ClientException("The form cannot be read.") from unreadable

    def _may_send_files(self) -> bool:
        from_whom = self.route_handler.opt.get("files_of_visitors")
        return self.scope.get("user") is not None or bool(from_whom and from_whom(self))
