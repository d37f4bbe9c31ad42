"""A first word to the social service: with one's account, or without a name and with a code to come back."""

from datetime import timedelta
from typing import Annotated, NamedTuple
from uuid import UUID, uuid4, uuid5

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict

from app import database
from app.client import address
from app.database import transaction
from app.forms import Errors, Form
from app.refusals import TooOften
from app.throttle import throttle
from benefits.counting import count
from benefits.tables import Use
from contacts.kinds import TOPIC
from contacts.kinds import Topic as Subject
from contacts.social.access import talk_just_opened
from contacts.social.codes import code_of, hashed, masked
from contacts.social.packets import LARGEST, attach, read_carried
from contacts.social.saying import put
from contacts.social.workers import Worker, department_name, who_answers, workers
from members.me import Me
from moderation import audit
from notifications.notifying import notify
from notifications.topics import Topic
from places.finding import resolve

LONGEST = 5_000
OF_A_MEMBER, OF_AN_ADDRESS, OF_ALL = 5, 20, 200
AN_HOUR = timedelta(hours=1)
SHOWN_AGAIN_WITHIN = timedelta(minutes=10)
"""A code is shown once; a form sent twice by two clicks shows the same one, not hours later on a shared computer."""
TOPICS = [(topic.value, words) for topic, words in TOPIC.items()]
NOWHERE = "Écrivez le nom ou le code postal de votre commune."
UNKNOWN = "Nous ne trouvons pas cette commune : vérifiez son nom, ou écrivez son code postal."
NOBODY = "Personne du service social ne répond encore ici pour ce département"
TOO_OFTEN = "Trop de demandes en peu de temps. Réessayez dans une heure ; en cas d’urgence, appelez le 112."


class Opening(Form):
    """`how` is `account` or `nameless`; of a visitor it is always nameless. `packet` are results of simulators that go
    with the first word. `once` is drawn with the form."""

    topic: Subject
    commune: Annotated[str, msgspec.Meta(max_length=120)]
    text: Annotated[str, msgspec.Meta(max_length=LONGEST)]
    how: str = "account"
    packet: Annotated[str, msgspec.Meta(max_length=LARGEST)] = ""
    once: UUID = msgspec.field(default_factory=uuid4)

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "topic": "Choisissez de quoi il s’agit, même à peu près.",
            "commune": NOWHERE,
            "text": "Écrivez quelques mots, 5 000 caractères au plus.",
            "once": "Rechargez la page, puis envoyez de nouveau.",
        }


class Asked(NamedTuple):
    """What was asked of whom; or what is wrong, by field."""

    form: Opening | None
    department: str
    errors: Errors


class Opened(NamedTuple):
    """`is_named` with an account. `code` is to be shown now and never again; None when it is too late for that."""

    talk: UUID
    is_named: bool
    code: str | None


async def asked(sent: FormMultiDict) -> Asked:
    form, errors = Opening.read(sent)
    if "once" in errors:
        errors.setdefault("text", errors.pop("once"))
    typed = str(sent.get("commune") or "").strip()[:120]
    place = resolve(typed) if typed else None
    if place is None:
        errors["commune"] = UNKNOWN if typed else NOWHERE
    elif not await who_may_answer(place.department):
        errors["commune"] = f"{NOBODY} ({department_name(place.department)})."
    return Asked(None if errors else form, place.department if place else "", errors)


async def who_may_answer(department: str) -> list[Worker]:
    """Nobody where the social service has no worker yet."""
    return [worker for worker in await workers() if worker.covers(department)]


async def open_talk(form: Opening, department: str, request: Request) -> Opened:
    """Raises TooOften."""
    member = request.user if form.how != "nameless" else None
    await _brake(request, member)
    return await begin(form, department, member)


async def begin(form: Opening, department: str, member: Me | None) -> Opened:
    """Sent twice, it is one conversation.

    Without a name, nothing that is kept leads to the member: no id, no notification, no session, no address.
    """
    talk = uuid5(form.once, f"{form.text} {department} {member.id if member else ''}")
    code = None if member else code_of(form.once, form.text)
    async with transaction():
        is_new = await _inserted(talk, member, code, form.topic, department)
        if is_new:
            opened = await talk_just_opened(talk)
            await put(opened, form.text, uuid5(form.once, f"{talk} {form.text}"))
            if packet := read_carried(form.packet):
                await attach(opened, packet)
            await audit.record("social.opened", by=None, kind="social_talk", subject=talk)
            await call_workers(talk, department, form.topic, but=member.id if member else None)
    count(Use.contacted, "service-social")
    return Opened(talk, member is not None, code if is_new or await _was_just_opened(talk) else None)


async def call_workers(talk: UUID, department: str, topic: str, but: UUID | None = None) -> None:
    """Those who may take it up hear that somebody waits; nothing of who or of what."""
    for worker in who_answers([one for one in await workers() if one.id != but], department, topic):
        path = "/service-social/bureau"
        await notify(worker.id, Topic.social_waiting, thing=talk, about=department_name(department), path=path)


async def _brake(request: Request, member: Me | None) -> None:
    try:
        if member:
            await throttle("social.opening", str(member.id), limit=OF_A_MEMBER, every=AN_HOUR)
        else:
            await throttle("social.opening", masked(address(request)), limit=OF_AN_ADDRESS, every=AN_HOUR)
            await throttle("social.opening", "everybody", limit=OF_ALL, every=AN_HOUR)
    except TooOften:
        raise TooOften(TOO_OFTEN) from None


async def _inserted(talk: UUID, member: Me | None, code: str | None, topic: str, department: str) -> bool:
    return bool(
        await database.value(
            "INSERT INTO social_talk (id, member, code_hash, department, topic, state, opened_at, last_at)"
            " VALUES ($1, $2, $3, $4, $5, 'waiting', clock_timestamp(), clock_timestamp())"
            " ON CONFLICT (id) DO NOTHING RETURNING TRUE",
            talk,
            member.id if member else None,
            hashed(code) if code else None,
            department,
            topic,
        )
    )


async def _was_just_opened(talk: UUID) -> bool:
    return bool(
        await database.value(
            "SELECT opened_at > clock_timestamp() - $2::interval FROM social_talk WHERE id = $1",
            talk,
            SHOWN_AGAIN_WITHIN,
        )
    )
