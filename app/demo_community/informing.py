"""Whom the demo's members may ask, what they ask the social service, what Victor proposes around him, and how often the
rights were read."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from app import database
from app.dates import today
from app.demo_community.moderating import approve
from app.demo_community.writing import back_in_time
from benefits.tables import Use
from contacts.directory.keeping import add
from contacts.directory.typed import content_of
from contacts.kinds import Topic
from contacts.social.access import theirs
from contacts.social.closing import close
from contacts.social.handing import take_up
from contacts.social.opening import Opening, begin
from contacts.social.packets import Packet, attach
from contacts.social.writing import send
from listings.ad import Ad
from listings.content import Content
from listings.kinds import Category
from listings.writing.drafting import save_draft
from members.me import Me
from partners.writing.beginning import begin_offer
from partners.writing.sending import send_offer
from places.finding import resolve

HERE = Path(__file__).parent
Cast = dict[str, Me]

NAMELESS = (
    "Bonjour. Depuis deux mois je n’arrive plus à tout payer, et je n’ose pas en parler autour de moi."
    " Par quoi faut-il commencer ?"
)
ASKED = (
    "Bonjour, mon fils entre en maternelle en septembre et je travaille tôt. Qui peut m’aider pour la garde du matin ?"
)
ANSWERED = (
    "Bonjour Karim. Deux pistes : l’accueil du matin de l’école, et une aide pour le payer."
    " Pouvez-vous me dire à quelle heure vous commencez ?"
)
SHOWN = Packet(
    lines=(("Combien d’enfants avez-vous à charge ?", "1"), ("Vivez-vous en couple ?", "Non")),
    results=(("Complément de libre choix du mode de garde", "Probable"),),
)
ABOUT_DEBTS = (
    "Bonjour, nous avons deux crédits à rembourser et le loyer vient d’augmenter. Est-ce trop tôt pour en parler ?"
)
ADVISED = (
    "Bonjour Gaëlle. Ce n’est jamais trop tôt. Apportez vos trois derniers relevés vendredi : nous verrons ensemble ce"
    " qui peut attendre."
)
FAREWELL = "Votre plan est en place. Écrivez de nouveau quand vous voulez."
USED = {
    (Use.opened, "prestation/af"): 9,
    (Use.opened, "prestation/cmg"): 14,
    (Use.opened, "prestation/sft"): 6,
    (Use.opened, "prestation/aip"): 5,
    (Use.opened, "prestation/changement-residence"): 11,
    (Use.opened, "evenement/mutation"): 7,
    (Use.opened, "evenement/naissance"): 4,
    (Use.simulated, "simulateur/af"): 5,
    (Use.simulated, "simulateur/cmg"): 8,
    (Use.simulated, "simulateur/mensualites"): 2,
    (Use.contacted, "contact"): 6,
    (Use.contacted, "service-social"): 1,
}


async def count_uses() -> None:
    """Thirty days of them: as many on a weekday, or one more, and half on Saturdays and Sundays. Of whom, nothing is
    known here either."""
    uses, things = zip(*USED, strict=True)
    await database.execute(_COUNTED, [use.value for use in uses], things, list(USED.values()), today())


async def list_contacts(cast: Cast) -> None:
    """Takes the caller's transaction."""
    for typed in _read("contacts.toml")["contact"]:
        account = typed.pop("account", None)
        typed |= _days(typed.pop("checked", 0), typed.pop("closed", None))
        content, errors = content_of({name: said.strip() for name, said in typed.items()}, {})
        if content is None:
            raise ValueError(f"{typed['name']}: {errors}")
        contact = await add(content, cast["denis"].id)
        if account:
            await database.execute("UPDATE contact SET member = $2 WHERE id = $1", contact, cast[account].id)


def _days(checked: int, closed: list[int] | None) -> dict[str, str]:
    """As an administrator types them."""
    said = {"checked_on": f"{today() - timedelta(days=checked):%d/%m/%Y}"}
    if closed:
        first, last = (f"{today() + timedelta(days=days):%d/%m/%Y}" for days in closed)
        said["closures"] = f"{first} au {last}, congés"
    return said


async def ask_the_social_service(cast: Cast) -> None:
    """One conversation goes on with Wanda, with results of a simulator; one without a name waits; one is over."""
    await _advised(cast["gaelle"], cast["wanda"])
    karim, wanda = cast["karim"], cast["wanda"]
    opened = await begin(Opening(topic=Topic.family, commune="Brest", text=ASKED, once=uuid4()), "29", karim)
    talk = await theirs(opened.talk, karim)
    await attach(talk, SHOWN)
    waiting = await theirs(opened.talk, wanda)
    await take_up(waiting, waiting.version, wanda.id)
    await send(await theirs(opened.talk, wanda), ANSWERED, [], uuid4())
    await begin(Opening(topic=Topic.money, commune="Brest", text=NAMELESS, how="nameless", once=uuid4()), "29", None)


async def _advised(gaelle: Me, wanda: Me) -> None:
    """Begun twenty days ago, answered the same morning, closed two days later."""
    opened = await begin(Opening(topic=Topic.money, commune="Brest", text=ABOUT_DEBTS, once=uuid4()), "29", gaelle)
    waiting = await theirs(opened.talk, wanda)
    await take_up(waiting, waiting.version, wanda.id)
    await send(await theirs(opened.talk, wanda), ADVISED, [], uuid4())
    await close(await theirs(opened.talk, wanda), FAREWELL, uuid4())
    for earlier in _EARLIER:
        await database.execute(earlier, opened.talk)


async def offer_locally(cast: Cast) -> None:
    """What Victor proposes: Chloé read all but the last."""
    for days, offer in enumerate(_read("offers.toml")["offer"], start=3):
        made, content = await _offered(offer, cast["victor"])
        if offer.get("state") != "pending":
            await approve(made, cast["chloe"])
            await back_in_time(made, content, timedelta(days=days))


async def _offered(offer: dict[str, Any], by: Me) -> tuple[UUID, Content]:
    place = resolve(offer["commune"])
    assert place is not None  # noqa: S101 - the file names communes that exist
    made = await begin_offer(by)
    begun = await _ad(made)
    agreed_on = today() - timedelta(days=40)
    content = Content(
        category=Category.local_offer,
        title=offer["title"],
        body=offer["body"],
        details={**begun.content.details, **offer["details"], "agreed_on": agreed_on.isoformat()},
        wanted_by=today() + timedelta(days=offer["valid_days"]),
        commune=place.code,
    )
    await save_draft(begun, content, [])
    await send_offer(await _ad(made), by)
    return made, content


async def _ad(listing: UUID) -> Ad:
    row = await database.row("SELECT * FROM listing WHERE id = $1", listing)
    assert row is not None  # noqa: S101 - just written
    return Ad.of(row)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


_COUNTED = """
INSERT INTO benefit_use ("on", use, thing, times)
SELECT day::date, use, thing, CASE WHEN extract(isodow FROM day) < 6 THEN times + extract(day FROM day)::int % 2
    ELSE (times + 1) / 2 END
FROM unnest($1::varchar[], $2::varchar[], $3::int[]) AS used(use, thing, times),
    generate_series($4::date - 29, $4::date - 1, interval '1 day') AS day
"""
_EARLIER = (
    "UPDATE social_talk SET opened_at = opened_at - interval '20 days', last_at = last_at - interval '18 days',"
    " first_answered_at = first_answered_at - interval '20 days' + interval '2 hours',"
    " closed_at = closed_at - interval '18 days' WHERE id = $1",
    "UPDATE social_message m SET sent_at = CASE WHEN NOT by_worker THEN t.opened_at"
    " WHEN m.id >= (SELECT max(id) - 1 FROM social_message WHERE talk = $1) THEN t.closed_at"
    " ELSE t.first_answered_at END FROM social_talk t WHERE t.id = m.talk AND m.talk = $1",
    "UPDATE social_message SET read_at = sent_at + interval '1 hour' WHERE talk = $1",
    "UPDATE notification SET read_at = last_at WHERE thing = $1",
)
