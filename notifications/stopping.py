"""The e-mails of one topic a member wants no more of. The link in each needs no session: who holds it may stop them."""

from uuid import UUID

import msgspec

from app import database
from app.database import transaction
from app.refusals import Refused
from app.settings import settings
from app.signing import signed, unsigned
from notifications.topics import STOPPABLE, Topic

PURPOSE = "notifications.stop"


class LinkGone(Refused):
    """A link that was changed, cut or made up, or of somebody who left: nobody learns which."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "Ce lien n’est pas complet. Ouvrez-le de nouveau depuis l’e-mail, ou connectez-vous :"
            " vos recherches et leurs e-mails sont dans « Moi »."
        )


class StopLink(msgspec.Struct, frozen=True, array_like=True):
    member: UUID
    topic: Topic


def stop_link(member: UUID, topic: Topic) -> str:
    """The whole address, as an e-mail carries it."""
    return f"{settings().site_url}/lien/courriels/{stop_token(member, topic)}"


def stop_token(member: UUID, topic: Topic) -> str:
    return signed(PURPOSE, msgspec.to_builtins(StopLink(member, topic)))


async def read_link(token: str) -> StopLink:
    """Raises LinkGone."""
    try:
        link = msgspec.convert(unsigned(PURPOSE, token), StopLink)
    except msgspec.ValidationError:
        raise LinkGone from None
    if link.topic not in STOPPABLE or not await database.value("SELECT TRUE FROM member WHERE id = $1", link.member):
        raise LinkGone
    return link


async def is_stopped(member: UUID, topic: Topic) -> bool:
    return await database.value(
        "SELECT EXISTS (SELECT FROM mail_stop WHERE member = $1 AND topic = $2)", member, topic.value
    )


async def stop(member: UUID, topic: Topic) -> None:
    """A second time changes nothing."""
    await database.execute(
        "INSERT INTO mail_stop (member, topic, stopped_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING",
        member,
        topic.value,
    )


async def resume(member: UUID, topic: Topic) -> None:
    """What was told in the app meanwhile is not written of any more."""
    async with transaction():
        await database.execute("DELETE FROM mail_stop WHERE member = $1 AND topic = $2", member, topic.value)
        await database.execute(
            "UPDATE notification SET mailed_at = clock_timestamp()"
            " WHERE member = $1 AND topic = $2 AND mailed_at IS NULL",
            member,
            topic.value,
        )
