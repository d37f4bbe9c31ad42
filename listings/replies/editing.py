"""Changing one's reply: at once when nothing speaks against it, otherwise after a moderator has read the new words."""

from datetime import timedelta

import asyncpg

from app import database
from app.database import transaction
from app.forms import Form
from app.refusals import Refused
from listings.replies.access import ENDED, Reply
from listings.replies.locking import locked
from listings.replies.saying import Body, ask_a_person, not_too_often
from listings.writing.changed import ChangedMeanwhile
from listings.writing.editing import Edited
from members.me import Me
from moderation import audit
from moderation.cases.closing import clear_case_of_reply
from moderation.rules import Verdict
from moderation.rules.recording import record_hits
from moderation.rules.tables import Moment
from moderation.sanctions.enforcing import guard_posting

FREELY = timedelta(minutes=15)
"""How long a change leaves no mark."""
GONE = "Ce message n’est plus là : il ne peut plus être modifié."
CHANGED = "Ce message a changé entre-temps, dans une autre fenêtre. Ce que vous avez écrit est encore ici."


class EditForm(Form):
    """`version` is the reply's as the form was filled."""

    body: Body
    version: int

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "body": "Écrivez votre message, en 1 000 caractères au plus.",
            "version": "Rechargez la page, puis recommencez.",
        }


async def edit_reply(reply: Reply, by: Me, form: EditForm, verdict: Verdict) -> Edited:
    """Replaces the words of a reply of `by`, marked as changed past a quarter of an hour. What the rules hold, what a
    new member writes and what somebody reported waits, the old words stay; a newer change replaces one that waits.

    Raises ChangedMeanwhile when the reply is not any more what the form showed, unless it says just this (the form sent
    twice); Refused when the reply or its ad is not online.
    """
    guard_posting(by)
    await not_too_often(by.id)
    async with transaction():
        row = await locked(reply.id)
        if row["state"] not in ("published", "held"):
            raise Refused(GONE)
        if not row["is_online"]:
            raise Refused(ENDED)
        if row["version"] != form.version:
            return _same_or_changed(row, form.body)
        return await _edit(row, reply, by, form.body, verdict)


async def _edit(row: asyncpg.Record, reply: Reply, by: Me, body: str, verdict: Verdict) -> Edited:
    """Takes a locked row."""
    is_reported = await clear_case_of_reply(reply.id)
    is_new = body != row["body"]
    waits = row["state"] == "held" or (is_new and (verdict.waits_for_a_person or not by.is_trusted or is_reported))
    if waits:
        await _wait(reply.id, body)
        case = await ask_a_person(reply.id, reply.ad, by.id, verdict.findings)
    else:
        case = None
        await _apply(reply.id, body)
    await record_hits(verdict, Moment.reply, case)
    await audit.record("reply.edit_held" if waits else "reply.edited", by=by.id, kind="reply", subject=reply.id)
    return Edited.waiting if waits else Edited.applied


async def _wait(reply_id: int, body: str) -> None:
    """What nobody has read yet simply says the new words."""
    await database.execute(
        "UPDATE reply SET body = CASE state WHEN 'held' THEN $2 ELSE body END,"
        " waiting_body = CASE state WHEN 'held' THEN NULL ELSE $2 END,"
        " refused_body = NULL, version = version + 1 WHERE id = $1",
        reply_id,
        body,
    )


async def _apply(reply_id: int, body: str) -> None:
    await database.execute(
        "UPDATE reply SET body = $2, waiting_body = NULL, refused_body = NULL, version = version + 1,"
        " edited_at = CASE WHEN body <> $2 AND said_at <= clock_timestamp() - $3::interval THEN clock_timestamp()"
        " ELSE edited_at END WHERE id = $1",
        reply_id,
        body,
        FREELY,
    )


def _same_or_changed(row: asyncpg.Record, body: str) -> Edited:
    if body == row["waiting_body"] or (row["state"] == "held" and body == row["body"]):
        return Edited.waiting
    if body == row["body"] and row["waiting_body"] is None:
        return Edited.applied
    raise ChangedMeanwhile(CHANGED)
