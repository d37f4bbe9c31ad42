"""A small world in which every address of the site has something to show.

Most of it is Anne's: ads in every state, an edit and a reply that wait, a conversation with Bilal, what she was told,
reported and decided upon. Nothing concerns Émilie. The cases are in Chloé's scope and out of Farid's.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import msgspec
import pytest

from agenda.addresses import Feed, address_of
from app import database
from app.assets import Assets
from app.database import transaction
from app.dates import today
from contacts.social.packets import carried
from exchanges.calendar.weeks import coming
from listings.life.ending_links import Action, ending_link
from listings.photos.files import Size, keep
from listings.reading.filters import Filters
from members.links import fresh_link
from members.sessions import start_session
from members.tables import LinkPurpose, Member
from moderation.appeals.opening import open_appeal
from moderation.audit.sealing import seal
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from notifications.notifying import notify
from notifications.stopping import stop, stop_token
from notifications.topics import Topic
from search.saved.paces import Pace
from search.saved.saving import save
from tests.helpers import ads
from tests.helpers.agreed import agreed, this_day
from tests.helpers.appeals import removed_ad
from tests.helpers.benefits import some_uses
from tests.helpers.cases import said_under
from tests.helpers.cast import belonging, person
from tests.helpers.codes import a_code
from tests.helpers.contacts import some_contacts
from tests.helpers.decisions import decided
from tests.helpers.desk import crowded_case
from tests.helpers.evidence import some_evidence
from tests.helpers.exchanges import helping, word_of_thanks
from tests.helpers.frozen import a_frozen_year
from tests.helpers.homes import a_home, home_draft
from tests.helpers.matching import some_fits
from tests.helpers.notices import reported_without_ground, some_notices
from tests.helpers.offers import an_offer, correspondent, offer_draft, waiting_offer
from tests.helpers.planning import AROUND_BREST, BRITTANY, BY_THE_SEA, exchanges, saturday
from tests.helpers.roofs import some_calls
from tests.helpers.rotas import releases, school_run, takes, takes_once
from tests.helpers.sales import sold
from tests.helpers.sanctions import taken
from tests.helpers.social import A_PACKET, some_social_talk
from tests.helpers.stays import some_stays
from tests.helpers.swaps import some_swaps
from tests.helpers.talks import answered
from tests.helpers.vocabulary import some_words
from tests.moderation.cases.people import as_me


class World(NamedTuple):
    """`things` by name, as they stand in an address; `people` by what they are to those things."""

    things: dict[str, str]
    people: dict[str, Member | None]

    def path(self, door: str) -> str:
        """`/annonces/{draft}` with the address of that thing."""
        return door.format(**self.things)


async def build_world(cast: dict[str, Any]) -> World:
    """Takes the cast by name and the `body` they belong to."""
    async with transaction():
        things = {
            **await _ads(cast["anne"], cast["bilal"]),
            **await _moderation(cast["anne"], cast["bilal"], cast["chloe"], cast["denis"]),
            **await _appealed(cast["anne"], cast["farid"]),
            **await _agreed(cast["anne"], cast["bilal"]),
            **await _rota(cast["anne"], cast["bilal"]),
            **await _members(cast["anne"], cast["bilal"], cast["farid"], cast["body"]),
            **await some_contacts(cast["body"], cast["denis"]),
        }
        things["frozen_year"] = await a_frozen_year()
        things |= await _offers(cast["anne"])
        things |= await some_uses(cast["anne"])
        await home_draft(cast["farid"], occupancy="service_housing")
        things["synonym"] = await some_words(cast["denis"], missed_by=cast["anne"])
        things |= await some_notices(of=cast["bilal"], by=cast["anne"])
        await reported_without_ground(by=cast["bilal"], of=cast["anne"], moderator=cast["chloe"])
        things["conversation"] = await answered(things["published"], cast["bilal"].id)
        things["message"] = await database.value(
            "SELECT min(id) FROM message WHERE conversation = $1 AND sender = $2",
            things["conversation"],
            cast["bilal"].id,
        )
        things |= await _answers(things["conversation"], cast["anne"], cast["bilal"])
        held = (await ads.published(cast["anne"])).id
        things |= await some_evidence(held, things["message"], cast["anne"], cast["bilal"], cast["chloe"])
        things |= await _thanks(things["closed"], cast["anne"], cast["bilal"])
        things |= await some_calls(cast["anne"], cast["bilal"])
        things |= await some_stays(cast["anne"], cast["bilal"])
        things |= await some_swaps(cast["anne"], cast["bilal"])
        things |= await some_social_talk(cast["anne"])
        await _moves(cast["anne"])
        await _plans(cast["anne"], cast["bilal"])
        things |= await _searches(cast["anne"], things["published"])
        await notify(cast["anne"].id, Topic.new_reply, thing=uuid4(), about="Poussette", path="/mes-annonces")
        await database.execute("INSERT INTO news_mail (member, mailed_at) VALUES ($1, now())", cast["anne"].id)
        things["notification"] = await database.value(
            "SELECT max(id) FROM notification WHERE member = $1", cast["anne"].id
        )
        await _may_still_begin_ads_today()
    await some_fits()
    people = {
        "visitor": None,
        "stranger": cast["emilie"],
        "owner": cast["anne"],
        "moderator out of scope": cast["farid"],
        "moderator": cast["chloe"],
        "administrator": cast["denis"],
    }
    return World({name: str(thing) for name, thing in things.items()}, people)


@pytest.fixture
async def world(body, anne, bilal, chloe, denis, emilie, farid) -> World:
    cast = {"anne": anne, "bilal": bilal, "chloe": chloe, "denis": denis, "emilie": emilie, "farid": farid}
    return await build_world({**cast, "body": body})


async def _offers(anne: Member) -> dict[str, Any]:
    """Anne is a correspondent of Finistère: an offer for everyone, one for members, and others nobody else reads."""
    await correspondent(anne, "29")
    return {
        "offer": (await an_offer(anne)).id,
        "members_offer": (await an_offer(anne, readers="members")).id,
        "offer_draft": (await offer_draft(anne)).id,
        "waiting_offer": (await waiting_offer(anne)).id,
    }


async def _may_still_begin_ads_today() -> None:
    await database.execute(
        "UPDATE listing SET created_at = created_at - interval '2 days' WHERE category IN ('home', 'local_offer')"
    )


async def _ads(anne: Member, bilal: Member) -> dict[str, Any]:
    edited = await ads.published(anne, "rides")
    things = {
        "published": (await ads.published(anne)).id,
        "draft": (await ads.draft(anne, "helping_hand")).id,
        "pending": (await ads.pending(anne)).id,
        "closed": (await ads.closed(anne, "classifieds")).id,
        "removed": (await ads.removed(anne, "tips")).id,
        "edited": edited.id,
        "home_step": "logement",
        "removed_home": (await ads.removed(anne, "home")).id,
        "home": (await a_home(anne)).id,
    }
    things["ending_link"] = await _ending_link(things["published"])
    things["photo"] = await _photo(things["published"])
    things["draft_photo"] = await _photo(things["draft"])
    things["reply"] = await said_under(things["published"], bilal, "À quelle heure, le mercredi ?")
    things["own_reply"] = await said_under(things["published"], anne, "De 14 h à 18 h.")
    things["tip"] = await _tip(anne, bilal)
    things["edit_case"] = await _waiting_edit(edited)
    return things


async def _searches(anne: Member, found: UUID) -> dict[str, Any]:
    """One that found something of which Anne was told, and the link in the e-mail that said so."""
    search = await save(as_me(anne), Filters(q="poussette", rayon=25), Pace.daily)
    await database.execute(
        "INSERT INTO search_alert (member, searches, document, found_at, due_at)"
        " VALUES ($1, ARRAY[$2::uuid], $3, now(), now())",
        anne.id,
        search,
        str(found),
    )
    await stop(anne.id, Topic.search_found)
    return {"saved_search": search, "stop_link": stop_token(anne.id, Topic.search_found)}


async def _moves(anne: Member) -> None:
    await database.execute(
        "INSERT INTO moving (member, commune, season, year, declared_at) VALUES ($1, '83137', 'summer', $2, now())",
        anne.id,
        datetime.now(UTC).year + 1,
    )
    await database.execute("INSERT INTO moving_step (member, step, done_at) VALUES ($1, 'boxes', now())", anne.id)


async def _plans(anne: Member, bilal: Member) -> None:
    """Every week of a year and a half for Anne, the most a page can show; a few for Bilal."""
    wishes = [AROUND_BREST, BRITTANY, BY_THE_SEA]
    await exchanges(anne, both=coming(today()), wishes=wishes, ways=["loop"])
    await exchanges(bilal, both=[saturday(4)], away=[saturday(6)])


async def _tip(author: Member, other: Member) -> UUID:
    """With a best answer, a word said under it and a member who found that it still holds."""
    tip = (await ads.published(author, "tips", details={"summary": "L’atelier du samedi répare tout."})).id
    best = await said_under(tip, other, "L’atelier du samedi est le meilleur.")
    under = await said_under(tip, author, "Merci, j’y passerai.")
    await database.execute("UPDATE reply SET parent = $2, quotes = $2 WHERE id = $1", under, best)
    await database.execute("INSERT INTO tip (listing, best) VALUES ($1, $2)", tip, best)
    await database.execute(
        "INSERT INTO tip_check (listing, member, still_true, checked_at) VALUES ($1, $2, TRUE, now())", tip, other.id
    )
    return tip


async def _ending_link(listing: UUID) -> str:
    """Of the reminder that an ad ends soon."""
    reminded_at = await database.value(
        "UPDATE listing SET reminded_at = now() WHERE id = $1 RETURNING reminded_at", listing
    )
    return ending_link(listing, 0, reminded_at, Action.renew)


async def _photo(listing: UUID) -> UUID:
    photo = await database.value(
        "INSERT INTO photo (listing, width, height, added_at) VALUES ($1, 40, 30, now()) RETURNING id", listing
    )
    await database.execute("UPDATE listing SET photos = ARRAY[$2::uuid] WHERE id = $1", listing, photo)
    keep(photo, dict.fromkeys(Size, b"RIFF"))
    return photo


async def _waiting_edit(listing: Any) -> UUID:
    content = ads.content("rides", title="Covoiturage vers Quimper le lundi")
    edit = await database.value(
        "INSERT INTO listing_edit (listing, content, made_at, state) VALUES ($1, $2::text::jsonb, now(), 'waiting')"
        " RETURNING id",
        listing.id,
        msgspec.json.encode(content).decode(),
    )
    return await open_case(
        kind=CaseKind.edit, listing=listing.id, edit=edit, author=listing.author, category="rides", department="29"
    )


async def _moderation(anne: Member, bilal: Member, chloe: Member, denis: Member) -> dict[str, Any]:
    pending = (await ads.pending(anne, "school_run")).id
    asked = (await ads.published(bilal, "school_run")).id
    held = await said_under(asked, anne, "Appelez-moi plutôt.", "held")
    return {
        "held_reply": held,
        "reply_case": await open_case(
            kind=CaseKind.reply,
            listing=asked,
            reply=held,
            author=anne.id,
            category="school_run",
            department="29",
        ),
        "case": await database.value("SELECT id FROM moderation_case WHERE listing = $1", pending),
        "reported": await _reported(by=anne, of=bilal),
        "decision": await _decided(anne, chloe),
        "measure": await taken(anne, "warn", by=chloe),
        "proposal": await taken(bilal, "suspension", 14, by=denis),
        "rule": await _rules(chloe),
        "writing": "annonce",
        "crowded_case": await crowded_case(by=anne, of=bilal, moderator=chloe),
    }


async def _rules(switcher: Member) -> str:
    """One that is on trial, and one that spoke of each case."""
    await database.execute(
        "INSERT INTO rule_switch (rule, mode, why, switched_by, switched_at)"
        " VALUES ('scam.link', 'shadow', 'À voir.', $1, now())",
        switcher.id,
    )
    await database.execute(
        'INSERT INTO rule_hit (at, rule, version, action, mode, moment, "case")'
        " SELECT now(), 'care.suicide', 1, 'care', 'on', 'submission', id FROM moderation_case"
    )
    return "care.suicide"


async def _reported(by: Member, of: Member) -> UUID:
    listing = (await ads.published(of)).id
    case = await open_case(
        kind=CaseKind.listing, listing=listing, author=of.id, category="childcare", department="29", risk=30
    )
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, now())',
        case,
        by.id,
        "market",
        "On dirait une vente.",
    )
    return case


async def _decided(author: Member, moderator: Member) -> UUID:
    listing = (await ads.pending(author, "helping_hand")).id
    case = await database.value("UPDATE moderation_case SET closed_at = now() WHERE listing = $1 RETURNING id", listing)
    await database.execute("UPDATE listing SET status = 'draft' WHERE id = $1", listing)
    return await decided(case, moderator.id, author.id, "ask_changes", "unclear", "Précisez les jours.")


async def _appealed(author: Member, first_judge: Member) -> dict[str, Any]:
    """An appeal that waits for another moderator; what was logged so far is sealed."""
    decision = await removed_ad(author, first_judge, title="Poussette pliante")
    by = as_me(author, is_moderator=False)
    appeal = await open_appeal(decision, "C’est un don, relisez s’il vous plaît.", uuid4(), by)
    await seal()
    return {
        "appealed": decision,
        "appeal": appeal,
        "appeal_case": await database.value('SELECT "case" FROM appeal WHERE id = $1', appeal),
    }


async def _agreed(anne: Member, bilal: Member) -> dict[str, Any]:
    """Bilal comes to Anne's, and the addresses of her feeds."""
    day = this_day(3)
    agenda, ads_ = (address_of(anne.id, 1, feed).split("/")[-2] for feed in Feed)
    return {
        "agreed": (await agreed(anne, bilal, day)).commitments[0],
        "agreed_file": f"{day}.ics",
        "agenda_key": agenda,
        "ads_key": ads_,
    }


async def _rota(anne: Member, bilal: Member) -> dict[str, Any]:
    """Bilal comes every day of the week, but not in three days, which Anne is asked to take; tomorrow he comes once."""
    ad = await school_run(anne, days=tuple(range(7)), seats=2, title="Le chemin de l’école, chaque jour")
    day = this_day(3)
    release = await releases(await takes(ad, bilal, str(day.weekday()), since=this_day()), day)
    await takes_once(ad, bilal, this_day(1), seat=2)
    await database.execute(
        "INSERT INTO slot_call (release, member, circle, asked_at, until) VALUES ($1, $2, 'rota', now(), now())",
        release,
        anne.id,
    )
    await database.execute(
        "INSERT INTO evening_reminder (member, day, sent_at) VALUES ($1, $2, now())", bilal.id, this_day()
    )
    return {"rota": ad.id, "release": release}


async def _answers(conversation: UUID, anne: Member, bilal: Member) -> dict[str, Any]:
    """Bilal waits for Anne's word, and she was offered a place of his."""
    offered = (await ads.published(bilal, "rides")).id
    await answered(offered, anne.id)
    await database.execute(
        "UPDATE answer SET state = 'asked', turn = 1, asked_until = now() + interval '1 day' WHERE listing = $1",
        offered,
    )
    await database.execute("INSERT INTO courtesy (listing, words, said_at) VALUES ($1, 'Merci !', now())", offered)
    await database.execute("INSERT INTO member_courtesy (member, words) VALUES ($1, 'Merci !')", bilal.id)
    await database.execute(
        "INSERT INTO reply_delay (conversation, member, seconds) VALUES ($1, $2, 60)", conversation, anne.id
    )
    answer = await database.value("SELECT id FROM answer WHERE conversation = $1", conversation)
    return {"offered_ad": offered, "answer": answer}


async def _thanks(closed: UUID, anne: Member, bilal: Member) -> dict[str, Any]:
    """Anne wrote after one exchange, and may still write after another; a moderator reads her word first."""
    await sold(anne, 1)
    helped = (await ads.closed(anne, "helping_hand")).id
    asked = (await ads.closed(bilal, "helping_hand")).id
    exchange, other = await helping(closed, anne, bilal), await helping(helped, bilal, anne)
    word = await word_of_thanks(other, anne, bilal, "Merci pour le canapé !", "held")
    return {
        "exchange": exchange,
        "received": await word_of_thanks(await helping(asked, anne, bilal), bilal, anne, "Merci Anne.", "published"),
        "word": word,
        "thanks_case": await open_case(
            kind=CaseKind.thanks,
            listing=helped,
            thanks=word,
            author=anne.id,
            category="helping_hand",
            department="29",
        ),
    }


async def _members(anne: Member, bilal: Member, farid: Member, body: Any) -> dict[str, Any]:
    newcomer = await belonging(await person("Zoe", "29019", trusted=False), body)
    await database.execute("UPDATE member SET confirmed_at = NULL WHERE id = $1", newcomer.id)
    await start_session(anne.id, "Firefox sur Android")
    return {
        "session": await database.value("SELECT id FROM member_session WHERE member = $1", anne.id),
        "anne": anne.id,
        "bilal": bilal.id,
        "confirmation": await fresh_link(newcomer.id, LinkPurpose.confirm),
        "new_password": await fresh_link(bilal.id, LinkPurpose.new_password),
        "fingerprint": _style_sheet().split("/")[2],
        "name": "site.css",
        "size": "thumb",
        "body": body.id,
        "moving_step": "boxes",
        "joining_code": (await a_code(body)).id,
        "role": await database.value("SELECT id FROM role WHERE member = $1", farid.id),
    }


@cache
def _style_sheet() -> str:
    """Its address, of the site's files packed once: that takes a fifth of a second."""
    return Assets().url("site.css")


def soon() -> str:
    """A day in three weeks, as a date field sends it."""
    return (datetime.now(UTC) + timedelta(days=21)).date().isoformat()


def filled_in() -> dict[str, Any]:
    """What every form of the site is sent: each takes the fields it knows."""
    return {
        "text": "Bonjour, je peux venir.",
        "way": "up",
        "packet": carried(A_PACKET),
        "simulateur": "af",
        "enfants": "0",
        "montrer": "resultat/af",
        "once": str(uuid4()),
        "body": "Bonjour, à quelle heure ?",
        "still": "oui",
        "reply": "1",
        "word": "Merci beaucoup.",
        "words": "Précisez les jours, s’il vous plaît.",
        "kind": "approve",
        "reason": "other",
        "version": "1",
        "ad_version": "1",
        "category": "childcare",
        "outcome": "fulfilled",
        "do": "save",
        "title": "Garde de deux enfants",
        "email": "zoe@exemple.test",
        "password": "cheval batterie agrafe juste",
        "current": "nobody-knows",
        "first_name": "Anne",
        "commune": "Brest (29)",
        "wanted_by": soon(),
        "name": "Mutuelle des Abers",
        "done": "on",
        "months": "6",
        "most_uses": "40",
        "departments": "29",
        "day": soon(),
    }
