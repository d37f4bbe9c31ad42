"""The e-mail that goes with unread notifications.

It names nobody, no ad and no place: whoever reads it over a shoulder, in a shared mailbox or on the way learns nothing.
"""

from datetime import timedelta
from uuid import UUID

from app import database, mail
from app.database import transaction
from app.jobs import defer
from app.settings import settings
from notifications.jobs import look_for_news
from notifications.stopping import stop_link
from notifications.topics import BY_EMAIL, OF_THE_TEAM, STOPPABLE, URGENT, Topic

BETWEEN_TWO = timedelta(hours=1)
"""Who is written to each time anything happens reads none of it any more. What is urgent does not wait."""

SUBJECT = "Vous avez du nouveau sur Entraide"
TEXT = """Bonjour,

Vous avez du nouveau sur Entraide. Pour le lire, connectez-vous :
{site}/notifications

Ce message est envoyé automatiquement, il n’est pas utile d’y répondre.
"""
STOP = """
Pour ne plus recevoir d’e-mail quand une de vos recherches trouve quelque chose, sans vous connecter :
{link}
"""


async def mail_news(member: UUID) -> None:
    """Sends one e-mail for everything the member has neither read nor been written to about; nothing if there is none.
    Less than an hour after the last one only when something is urgent: the rest waits for the end of the hour.

    To be run one after the other for a member. Marked after sending: if the machine stops between the two, the e-mail
    goes twice. Marking first would lose it instead, and who waits for an answer is better told twice than never.
    Raises when the mail server does not take it.
    """
    news = await database.rows(
        "SELECT n.id, n.topic, m.email FROM notification n JOIN member m ON m.id = n.member"
        " WHERE n.member = $1 AND n.read_at IS NULL AND n.mailed_at IS NULL AND n.topic = ANY($2::text[])"
        " AND (n.topic = ANY($3::text[]) OR m.suspended_until IS NULL OR m.suspended_until <= now())"
        " AND NOT EXISTS (SELECT FROM mail_stop s WHERE s.member = n.member AND s.topic = n.topic)",
        member,
        [topic.value for topic in BY_EMAIL],
        [topic.value for topic in OF_THE_TEAM],
    )
    if not news or (URGENT.isdisjoint(row["topic"] for row in news) and await _waits(member)):
        return
    text, headers = _letter(member, {Topic(row["topic"]) for row in news})
    await mail.send(news[0]["email"], SUBJECT, text, headers=headers)
    await _mark(member, [row["id"] for row in news])


def _letter(member: UUID, topics: set[Topic]) -> tuple[str, dict[str, str]]:
    """Its text and its headers: what may be stopped carries the way to stop it, for people and for their mail program
    (RFC 8058)."""
    text = TEXT.format(site=settings().site_url)
    if not (stoppable := topics & STOPPABLE):
        return text, {}
    link = stop_link(member, min(stoppable))
    headers = {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return text + STOP.format(link=link), headers


async def _waits(member: UUID) -> bool:
    """Whether the hour since the last e-mail is not over; then one job looks again at its end."""
    async with transaction():
        last = await database.row(
            "SELECT mailed_at + $2::interval - clock_timestamp() AS left, due_at > clock_timestamp() AS is_planned"
            " FROM news_mail WHERE member = $1 AND mailed_at + $2::interval > clock_timestamp()",
            member,
            BETWEEN_TWO,
        )
        if last and not last["is_planned"]:
            await database.execute(
                "UPDATE news_mail SET due_at = clock_timestamp() + $2::interval WHERE member = $1",
                member,
                last["left"],
            )
            await defer(look_for_news, after=last["left"], member=member)
    return last is not None


async def _mark(member: UUID, news: list[int]) -> None:
    async with transaction():
        await database.execute(
            "UPDATE notification SET mailed_at = clock_timestamp() WHERE id = ANY($1::bigint[])", news
        )
        await database.execute(
            "INSERT INTO news_mail (member, mailed_at) VALUES ($1, clock_timestamp())"
            " ON CONFLICT (member) DO UPDATE SET mailed_at = excluded.mailed_at",
            member,
        )
