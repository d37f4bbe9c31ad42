"""How the demo's members help each other: answers to an ad, a shared week, words of thanks, a move."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from answers.access import BETWEEN_TWO, Answered, answered
from answers.answering import answer
from answers.choosing import choose
from answers.rota.releasing import release_day
from answers.rota.taking import take_every_week
from answers.waiting_list import put_on_list
from answers.writing import Said
from app import database
from app.dates import now, today
from app.demo_community.talking import ad_of
from app.demo_community.writing import Written
from app.refusals import NotHere
from listings.ad import Ad
from listings.kinds import Outcome
from listings.life.ending import Ending, end
from listings.replies.saying import ReplyForm, reply, screened
from listings.schedules.occurrences import occurrences
from listings.schedules.slots import slots_of
from listings.tips.best import mark_best
from listings.tips.checking import Still, check
from members.me import Me
from moving.declaring import declare
from moving.seasons import coming
from places.finding import resolve
from places.zones import zone_of
from thanks.words import Word
from thanks.writing import write

Cast = dict[str, Me]

SOFA = "Deux paires de bras pour descendre un canapé"
SOFA_ANSWERS = [
    ("hugo", "Présent ! Je viens à pied, j’habite à deux rues. J’ai des sangles de portage."),
    ("karim", "Je peux passer avant d’aller au marché, à condition d’avoir fini à 11 h."),
    ("louise", "Mon grand de dix-neuf ans et moi sommes disponibles. Lequel des deux préférez-vous ?"),
    ("gaelle", "Si la pluie s’en mêle, j’ai une grande bâche pour protéger le canapé."),
    ("jules", "Je viens de Landerneau avec un utilitaire vide, s’il faut aussi l’emporter quelque part."),
    ("maelle", "Disponible toute la matinée, et les crêpes sont un argument solide."),
    ("nicolas", "Je peux aider, mais seulement à partir de 10 h 30."),
    ("ines", "J’ai déménagé trois fois en cinq ans : les escaliers, je connais."),
]
SOFA_CHOSEN, SOFA_LISTED = "hugo", ("karim", "louise")

SCHOOL = "Trajet d’école à pied, le matin, quartier Recouvrance"
SCHOOL_ANSWERS = [
    ("gaelle", "0", "Je commence plus tard le lundi : je prends volontiers ce matin-là."),
    ("bilal", "1", "Le mardi je travaille à Brest et j’arrive par Recouvrance avant 8 h. Comptez sur moi."),
    ("ines", "3", "Mes deux enfants vont à la même école : le jeudi, je fais le chemin de toute façon."),
]
SCHOOL_RESERVE = ("nicolas", "Je peux dépanner de temps en temps si quelqu’un a un empêchement.")
SCHOOL_RELEASED = "bilal"
FRIDAY = 4
FEW_DAYS, WITHIN = 3, 60

WORKSHOP = "L’atelier vélo du samedi est gratuit"
WORKSHOP_BEST = ("nicolas", "Apportez une chambre à air neuve : ils ont les outils, pas toujours les pièces.")
WORKSHOP_MORE = ("maelle", "Y a-t-il de petits vélos à essayer pour les enfants ?")
WORKSHOP_STILL_TRUE = ("anne", "gaelle", "hugo")


class Helped(NamedTuple):
    """Who asked, who answered what, and the word each wrote to the other; the helper's may be missing."""

    title: str
    author: str
    helper: str
    answer: str
    thanks: str
    back: str = ""


HELPED = [
    Helped(
        "Monter une armoire à deux",
        "bilal",
        "anne",
        "Je suis à Douarnenez ce jour-là, j’apporte ma visseuse.",
        "Merci Anne ! Deux heures annoncées, une heure et demie en vrai, et l’armoire ferme.",
        "Un plaisir, Bilal, et merci pour le far encore tiède.",
    ),
    Helped(
        "Qui saurait recoudre une fermeture éclair ?",
        "gaelle",
        "anne",
        "J’ai la machine et la patience. Dites-moi quand cela vous arrange.",
        "Le manteau est sauvé, et mon fils l’a retrouvé avec le sourire. Mille mercis Anne.",
        "Avec joie. La prochaine fois, je vous apprends !",
    ),
    Helped(
        "Cherche des rollers d’enfant, pointure 34",
        "karim",
        "anne",
        "Ceux de ma fille sont devenus trop petits : ils sont à vous.",
        "Les rollers ont déjà fait trois fois le tour du quartier. Merci beaucoup !",
    ),
]

MOVES, TO, SEASONS_AHEAD = "anne", "Rennes (35)", 3


async def help_each_other(cast: Cast, ads: Written) -> None:
    """Takes the caller's transaction."""
    await _many_answers(cast, ads[SOFA])
    await _shared_week(cast, ads[SCHOOL])
    await _discussion(cast, ads[WORKSHOP])
    for exchange in HELPED:
        await _helped(cast, exchange, ads[exchange.title])
    rennes = resolve(TO)
    if rennes is None:
        raise LookupError(TO)
    await declare(cast[MOVES], rennes, coming(today())[SEASONS_AHEAD])


async def _many_answers(cast: Cast, listing: UUID) -> None:
    """One of two is chosen, two wait in reserve, the others wait for an answer."""
    ad = await ad_of(listing)
    slots = tuple(slot.key for slot in slots_of(ad.content.schedule))
    for name, words in SOFA_ANSWERS:
        await answer(listing, cast[name].id, Said(word=words, slots=slots), uuid4())
    await choose(await _answer(listing, cast[SOFA_CHOSEN]), slots, cast["anne"])
    for name in SOFA_LISTED:
        await put_on_list(await _answer(listing, cast[name]), cast["anne"])


async def _shared_week(cast: Cast, listing: UUID) -> None:
    """Each morning has somebody, Anne among them; on one day somebody cannot come."""
    anne = cast["anne"]
    for name, day, words in SCHOOL_ANSWERS:
        await answer(listing, cast[name].id, Said(word=words, slots=(day,)), uuid4())
        await choose(await _answer(listing, cast[name]), (day,), anne)
    name, words = SCHOOL_RESERVE
    await answer(listing, cast[name].id, Said(word=words, availability="Le matin, prévenu la veille"), uuid4())
    ad = await ad_of(listing)
    first = _next(ad, str(FRIDAY))
    await take_every_week(listing, anne.id, first, now())
    released = next(day for who, day, _ in SCHOOL_ANSWERS if who == SCHOOL_RELEASED)
    await release_day(listing, cast[SCHOOL_RELEASED].id, _next(ad, released), now())


def _next(ad: Ad, slot: str) -> date:
    """The first day of this slot that is a few days away, beyond school holidays if need be."""
    first, last = today() + timedelta(days=FEW_DAYS), today() + timedelta(days=WITHIN)
    return occurrences(ad.content.schedule, zone_of(ad.department), first, last, slots=(slot,))[0].day


async def _discussion(cast: Cast, listing: UUID) -> None:
    ad = await ad_of(listing)
    for name, words in (WORKSHOP_BEST, WORKSHOP_MORE):
        await reply(ad, cast[name], ReplyForm(body=words), await screened(ad, words, cast[name]))
    best = await database.value(
        "SELECT id FROM reply WHERE listing = $1 AND author = $2", listing, cast[WORKSHOP_BEST[0]].id
    )
    await mark_best(ad, best, cast["bilal"])
    for name in WORKSHOP_STILL_TRUE:
        await check(ad, cast[name], Still.yes)


async def _helped(cast: Cast, exchange: Helped, listing: UUID) -> None:
    """Answered, settled, thanked; where the helper writes too, both words open."""
    author, helper = cast[exchange.author], cast[exchange.helper]
    await answer(listing, helper.id, Said(word=exchange.answer), uuid4())
    ending = Ending(Outcome.fulfilled, [helper.id], {helper.id: Word(word=exchange.thanks)})
    await end(await ad_of(listing), author, ending)
    if exchange.back:
        kept = await database.value("SELECT id FROM help WHERE listing = $1", listing)
        await write(kept, helper, Word(word=exchange.back))


async def _answer(listing: UUID, helper: Me) -> Answered:
    row = await database.row(f"{BETWEEN_TWO} AND a.helper = $2", listing, helper.id)
    if row is None:
        raise NotHere
    return answered(row)
