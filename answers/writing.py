"""What a member typed as an answer: when, from where, a word. What is wrong stands beside its field."""

from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import Errors, Form
from listings.schedules.schedule import Schedule
from listings.schedules.slots import slots_of
from listings.writing.written_places import choices, read_place
from members.me import Me
from messaging.access import Answerable
from messaging.writing import objection, too_many_at_first, written
from moderation.rules.advice import Advice
from places.communes import Place

Short = Annotated[str, msgspec.Meta(max_length=200)]


class AnswerForm(Form):
    slots: list[Annotated[str, msgspec.Meta(max_length=10)]] = []
    availability: Short = ""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """An answer. `availability` says in words what `slots` (keys of listings/schedules/slots.py) cannot; without
    a `place` the member's own counts."""

    word: str
    slots: tuple[str, ...] = ()
    availability: str = ""
    place: Place | None = None


class WrittenAnswer(NamedTuple):
    """The answer and the number that makes it count once, or what to say beside the fields; as messaging.writing."""

    said: Said | None
    once: UUID | None
    errors: Errors
    advice: Advice


async def written_answer(sent: FormMultiDict, me: Me, ad: Answerable) -> WrittenAnswer:
    form, errors = AnswerForm.read(sent)
    place, trouble = read_place(sent, "commune")
    if trouble:
        errors["commune"] = trouble
    if form and (wrong := objection(form.availability)):
        errors["availability"] = wrong
    message, more, advice = await written(sent, me.id)
    errors = errors | more
    if message and not errors:
        errors = await too_many_at_first(me)
    if form is None or message is None or errors:
        return WrittenAnswer(None, None, errors, advice)
    said = Said(word=message.text, slots=_known(form.slots, ad.schedule), availability=form.availability, place=place)
    return WrittenAnswer(said, message.once, {}, advice)


def found_places(sent: FormMultiDict) -> list[tuple[str, str]]:
    """For the `choice` macro, when what was typed may be several communes."""
    typed = sent.get("commune")
    return [(label, label) for label in choices(typed)] if isinstance(typed, str) else []


def ticks(schedule: Schedule | None) -> list[tuple[str, str]]:
    """For the `checks` macro; empty when the ad is taken as a whole."""
    return [(slot.key, slot.words.capitalize()) for slot in slots_of(schedule) if slot.key]


def untouched(home: str, ticks: list[tuple[str, str]]) -> dict[str, Any]:
    """The form before anybody typed: from one's own commune (`home`, its label); whoever answers for the only day there
    is can make it, unless they untick it."""
    return {"commune": home, "slots": [ticks[0][0]] if len(ticks) == 1 else []}


def _known(slots: list[str], schedule: Schedule | None) -> tuple[str, ...]:
    """In the order of the ad; a slot it no longer has is not kept."""
    return tuple(slot.key for slot in slots_of(schedule) if slot.key and slot.key in slots)
