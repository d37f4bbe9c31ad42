"""The e-mail that goes with unread notifications.

It names nobody, no ad and no place: whoever reads it over a shoulder, in a shared mailbox or on the way learns nothing.
"""

from uuid import UUID

from app import database, mail
from app.settings import settings
from notifications.topics import BY_EMAIL

SUBJECT = "Vous avez du nouveau sur Entraide"
TEXT = """Bonjour,

Vous avez du nouveau sur Entraide. Pour le lire, connectez-vous :
{site}/notifications

Ce message est envoyé automatiquement, il n’est pas utile d’y répondre.
"""


async def mail_news(member: UUID) -> None:
    """Sends one e-mail for everything the member has neither read nor been written to about; nothing if there is none.

    Marked after sending: if the machine stops between the two, the e-mail goes twice. Marking first would lose it
    instead, and who waits for an answer is better told twice than never. Raises when the mail server does not take it.
    """
    news = await database.rows(
        "SELECT n.id, m.email FROM notification n JOIN member m ON m.id = n.member"
        " WHERE n.member = $1 AND n.read_at IS NULL AND n.mailed_at IS NULL AND n.topic = ANY($2::text[])",
        member,
        [topic.value for topic in BY_EMAIL],
    )
    if not news:
        return
    await mail.send(news[0]["email"], SUBJECT, TEXT.format(site=settings().site_url))
    await database.execute(
        "UPDATE notification SET mailed_at = clock_timestamp() WHERE id = ANY($1::bigint[])",
        [row["id"] for row in news],
    )
