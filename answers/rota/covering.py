"""Somebody says whether they come on a released day. The first yes wins."""

from datetime import datetime
from uuid import UUID

from answers.rota.asking import start_looking
from answers.rota.open_days import OpenDay, in_words_with_hour, open_day
from answers.rota.releasing import forget_calls
from answers.rota.saying import say_in_conversation
from app import database
from app.database import transaction
from app.refusals import Refused
from members.blocking import stay_unblocked
from messaging.tables import Event
from moderation import audit
from moderation.decisions.telling import Told, tell
from notifications.topics import Topic

SOMEBODY_COMES = "Merci ! Quelqu’un vient déjà d’accepter : vous n’avez rien à faire."
NOT_NEEDED = "Ce créneau n’est plus à reprendre. Merci d’avoir répondu !"
THERE_ALREADY = "Vous venez déjà ce jour-là."
YOURS = "C’est votre créneau : choisissez « Finalement, je viens » dans la semaine."


async def say_yes(release: UUID, helper: UUID, at: datetime) -> None:
    """They come instead. Said twice, it is one yes. Raises Refused when somebody was quicker or nobody is needed."""
    async with transaction():
        day = await open_day(release, at)
        if day is None:
            await _refuse_what_is_too_late(release, helper)
            return
        if helper != day.ad.author:
            await stay_unblocked(helper, day.ad.author)
        if helper in day.present:
            raise Refused(YOURS if helper == day.releaser else THERE_ALREADY)
        await database.execute(
            "UPDATE slot_release SET covered_by = $2, covered_at = $3, due_at = NULL"
            " WHERE id = $1 AND covered_by IS NULL",
            release,
            helper,
            at,
        )
        await database.execute("UPDATE slot_call SET said = 'yes' WHERE release = $1 AND member = $2", release, helper)
        await forget_calls(release)
        when = in_words_with_hour(day.seat)
        await say_in_conversation(day.ad.id, helper, Event.covered, f"vient {when}", f"venez {when}")
        await audit.record("rota.covered", by=helper, kind="listing", subject=day.ad.id, day=day.day.isoformat())
        await _tell_who_waited(day, helper)


async def say_no(release: UUID, helper: UUID, at: datetime) -> None:
    """The next is asked at once. Again, or too late, it changes nothing."""
    async with transaction():
        day = await open_day(release, at)
        said = await database.value(
            "UPDATE slot_call SET said = 'no' WHERE release = $1 AND member = $2 AND said IS DISTINCT FROM 'no'"
            " AND said IS DISTINCT FROM 'yes' RETURNING id",
            release,
            helper,
        )
        if day and said:
            await start_looking(release, at)


async def _refuse_what_is_too_late(release: UUID, helper: UUID) -> None:
    covered_by = await database.value("SELECT covered_by FROM slot_release WHERE id = $1", release)
    if covered_by != helper:
        raise Refused(SOMEBODY_COMES if covered_by else NOT_NEEDED)


async def _tell_who_waited(day: OpenDay, helper: UUID) -> None:
    await tell(
        Told(member=member, topic=Topic.slot_covered, thing=day.release, about=day.about, path=day.week_path)
        for member in {day.ad.author, day.releaser} - {helper}
    )
