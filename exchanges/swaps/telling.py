"""Who hears what of an exchange. The news says neither where, nor when, nor with whom."""

from collections.abc import Iterable
from uuid import UUID

from moderation.decisions.telling import Told, tell
from notifications.topics import Topic

ABOUT = "Échange de logements"


async def tell_everybody(swap: UUID, members: Iterable[UUID], topic: Topic, *, but: UUID | None = None) -> None:
    """Inside the caller's transaction; `but` made it happen and needs not be told."""
    path = f"/echanges/{swap}"
    await tell(
        Told(member=member, topic=topic, thing=swap, about=ABOUT, path=path) for member in members if member != but
    )
