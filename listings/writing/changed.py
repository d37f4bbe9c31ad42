"""Two windows write the same text: the second to send is told, and keeps what it wrote."""

import msgspec

from app.refusals import Refused
from listings.content import Content

CHANGED = "Elle a été modifiée entre-temps, depuis une autre fenêtre. Ce que vous avez écrit est encore ici."
DRAFT_CHANGED = "Il a été modifié entre-temps, depuis une autre fenêtre. Ce que vous avez écrit est encore ici."


class ChangedMeanwhile(Refused):
    """It is not any more what the form showed: another window was faster."""


def words_of(content: Content) -> Content:
    """What is written in a draft's form. Photos are added and taken away one by one, whatever window does it."""
    return msgspec.structs.replace(content, photos=())
