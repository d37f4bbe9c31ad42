"""Somebody holds that a content is illegal: it is written down, acknowledged, and brought before the team."""

from typing import Annotated, NamedTuple, Self
from uuid import UUID

import msgspec
from litestar.datastructures import FormMultiDict

from app import database
from app.database import transaction
from app.dates import now
from app.forms import Errors, Form
from app.jobs import defer
from app.refusals import Refused
from members.emails import address_of
from members.me import Me
from moderation import audit
from moderation.cases.pressing import press_more
from moderation.cases.tables import EvidenceWhy
from moderation.notices.braking import may_be_written_to
from moderation.notices.jobs import acknowledge, tell_answer
from moderation.notices.kinds import AT_ONCE, KINDS
from moderation.notices.locating import LONGEST, address_here, located
from moderation.notices.standing import standing_case
from moderation.notices.tables import Illegality, NoticeOutcome
from moderation.reports.guarding import call_in_those_aside
from moderation.reports.reportable import OWN, Reportable, is_still_there
from moderation.reports.reporting import bring_before_the_team, hold_reported

NOT_AN_ADDRESS = "Copiez ici l’adresse d’une page d’Entraide, telle que votre navigateur la montre."


class NoticeForm(Form):
    """`email` is not asked of members, nor is `name`."""

    where: Annotated[str, msgspec.Meta(max_length=LONGEST)]
    illegality: Illegality
    why: Annotated[str, msgspec.Meta(min_length=20, max_length=4000)]
    name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    email: Annotated[str, msgspec.Meta(max_length=254)] = ""
    good_faith: bool = False

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "where": NOT_AN_ADDRESS,
            "illegality": "Choisissez ce qui vous semble contraire à la loi.",
            "why": "Expliquez en une phrase au moins ce qui est illégal, en 4\u202f000 caractères au plus.",
        }

    @classmethod
    def read_from(cls, sent: FormMultiDict, me: Me | None) -> tuple[Self | None, Errors]:
        """As `read`, with all that is wrong said at once: nobody corrects one thing to be told of the next."""
        form, errors = cls.read(sent)
        wrong = {**_lacking(sent, me), **errors}
        return (None, wrong) if wrong else (form, wrong)

    @property
    def address(self) -> str:
        """Its path on this site. Raises ValueError for one that has errors."""
        address = address_here(self.where)
        if address is None:
            raise ValueError(self.where)
        return address


def _lacking(sent: FormMultiDict, me: Me | None) -> Errors:
    """What the types of the form do not say, by field."""
    where, name, email = (str(sent.get(field, "")).strip() for field in ("where", "name", "email"))
    wanted: Errors = {}
    if address_here(where) is None:
        wanted["where"] = NOT_AN_ADDRESS
    may_be_nameless = sent.get("illegality") == Illegality.minors.value
    if me is None and not name and not may_be_nameless:
        wanted["name"] = "Écrivez votre nom\u202f: la loi le demande, l’auteur ne le lira pas."
    if me is None and not address_of(email) and (email or not may_be_nameless):
        wanted["email"] = "Écrivez votre adresse e-mail, par exemple prenom@exemple.fr."
    if "good_faith" not in sent:
        wanted["good_faith"] = "Cochez cette case\u202f: un signalement se fait de bonne foi."
    return wanted


class OwnWords(Refused):
    """Nobody sends a notice about what they wrote themselves."""


async def send_notice(form: NoticeForm, me: Me | None) -> UUID:
    """The notice, which has its number. The same sent twice is one; more about the same place joins the first.

    Takes a form without errors. Raises OwnWords. Where nothing stands that others may read, it is
    kept and answered so; what was just left for the same reason, by the decision that stands.
    """
    thing = await located(form.address, me)
    if thing and me and thing.author == me.id:
        raise OwnWords(OWN)
    location = thing.path if thing else form.address
    email = "" if me else address_of(form.email) or ""
    async with transaction():
        await _hold(str(me.id) if me else email, location)
        if before := await _same(form, me, email, location):
            return before
        brought = await _bring(thing, form.illegality, me, email) if thing else NOWHERE
        notice = await _write(form, me, email, location, brought)
        if email and await may_be_written_to(email):
            await defer(tell_answer if brought.answer is NoticeOutcome.unfounded else acknowledge, notice=notice)
        await audit.record(
            "notice.received", by=me.id if me else None, kind="notice", subject=notice, illegality=form.illegality.value
        )
    return notice


async def _hold(who: str, location: str) -> None:
    """What one person sends of one place comes one by one."""
    await database.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"notice {who} {location}")


async def _same(form: NoticeForm, me: Me | None, email: str, location: str) -> UUID | None:
    """The notice that says just this, sent a moment ago."""
    return await database.value(
        "SELECT id FROM notice WHERE member IS NOT DISTINCT FROM $1 AND email = $2 AND location = $3 AND why = $4"
        " AND illegality = $5 AND (member IS NOT NULL OR email <> '') AND made_at > now() - interval '1 hour'",
        me and me.id,
        email,
        location,
        form.why,
        form.illegality.value,
    )


class Brought(NamedTuple):
    """The case a notice joins, and what answers it at once; empty while somebody has to read it."""

    case: UUID | None
    answer: NoticeOutcome | None = None


NOWHERE = Brought(None, NoticeOutcome.nowhere)


async def _bring(thing: Reportable, illegality: Illegality, me: Me | None, email: str) -> Brought:
    """To its open case, or to the one whose decision stands; nowhere when it went away this very moment. Reports that
    were kept aside are read with it."""
    kind = KINDS[illegality]
    opened = await hold_reported(thing.key, thing.listing)
    if not await is_still_there(thing):
        return NOWHERE
    if not opened and (standing := await standing_case(thing, illegality, me.id if me else None, email)):
        return Brought(standing, NoticeOutcome.unfounded)
    due_at = now() + AT_ONCE if kind.is_urgent else None
    case = await bring_before_the_team(thing, kind.risk, EvidenceWhy.notice, due_at=due_at)
    await press_more(case, await call_in_those_aside(thing.key, case))
    return Brought(case)


async def _write(form: NoticeForm, me: Me | None, email: str, location: str, brought: Brought) -> UUID:
    return await database.value(
        """
        INSERT INTO notice ("case", member, joins, location, illegality, why, name, email, good_faith, made_at, outcome,
            answered_at)
        SELECT $1, $2, (SELECT first.id FROM notice first WHERE first.member IS NOT DISTINCT FROM $2
                AND first.email = $7 AND (first.member IS NOT NULL OR first.email <> '') AND first.location = $3
                AND first.joins IS NULL AND first.outcome = ''),
            $3, $4, $5, $6, $7, $8, moment, $9::text,
            CASE WHEN $9::text <> '' THEN moment END FROM clock_timestamp() AS moment RETURNING id
        """,
        brought.case,
        me and me.id,
        location,
        form.illegality.value,
        form.why,
        "" if me else form.name,
        email,
        form.good_faith,
        brought.answer.value if brought.answer else "",
    )
