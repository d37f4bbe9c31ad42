"""What a person may be told when something is not done. Each is turned into a page in app/problems.py."""

from collections.abc import Sequence

ALREADY = "C’est déjà fait."


class Refused(Exception):
    """Our rules or the present state do not allow it; the text is French and says what to do next.

    `leads_to` is the address and the name of the page that explains, for what has one; `written` are the texts the
    person sent, to be given back.
    """

    status = 409
    leads_to: tuple[str, str] | None = None
    written: Sequence[str] = ()


class NotHere(Refused):
    """Not there, or not theirs: the same answer, so that nothing can be learnt by guessing."""

    status = 404

    def __init__(self, text: str = "Cette page n’existe pas, ou elle n’est plus accessible.") -> None:
        super().__init__(text)


class NotAllowed(Refused):
    """The person is known and may not do this."""

    status = 403

    def __init__(self, text: str = "Vous n’avez pas accès à cette page.") -> None:
        super().__init__(text)


class TooOften(Refused):
    """Tried more often than anyone would by hand."""

    status = 429


class AlreadyDone(Refused):
    """The same click a second time: they are led where the first one led, with this sentence."""

    def __init__(self, path: str) -> None:
        super().__init__(ALREADY)
        self.path = path


class Suspended(Exception):
    """A suspended member asked for a page that is closed to them: they are led to the one that says why."""


class SignInFirst(Exception):
    """A page for members was asked by a visitor: they are sent to sign in, then back."""
