"""Whom the demo's members may ask, what they ask the social service, and what Victor proposes around him."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from app import database
from app.dates import today
from app.demo_community.moderating import approve
from app.demo_community.writing import back_in_time
from contacts.directory.keeping import add
from contacts.directory.typed import content_of
from contacts.kinds import Topic
from contacts.social.access import theirs
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


async def list_contacts(cast: Cast) -> None:
    """Takes the caller's transaction."""
    for typed in _read("contacts.toml")["contact"]:
        account = typed.pop("account", None)
        content, errors = content_of({name: said.strip() for name, said in typed.items()}, {})
        if content is None:
            raise ValueError(f"{typed['name']}: {errors}")
        contact = await add(content, cast["denis"].id)
        if account:
            await database.execute("UPDATE contact SET member = $2 WHERE id = $1", contact, cast[account].id)


async def ask_the_social_service(cast: Cast) -> None:
    """One conversation goes on with Wanda, with results of a simulator; one without a name waits."""
    karim, wanda = cast["karim"], cast["wanda"]
    opened = await begin(Opening(topic=Topic.family, commune="Brest", text=ASKED, once=uuid4()), "29", karim)
    talk = await theirs(opened.talk, karim)
    await attach(talk, SHOWN)
    waiting = await theirs(opened.talk, wanda)
    await take_up(waiting, waiting.version, wanda.id)
    await send(await theirs(opened.talk, wanda), ANSWERED, [], uuid4())
    await begin(Opening(topic=Topic.money, commune="Brest", text=NAMELESS, how="nameless", once=uuid4()), "29", None)


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
