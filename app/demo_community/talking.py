"""What the demo's members say to each other, in public and in private."""

from uuid import UUID, uuid4

from answers.answering import answer
from answers.writing import Said
from app import database
from app.demo_community.writing import Written
from app.refusals import NotHere
from listings.ad import Ad
from listings.kinds import Outcome
from listings.life.closing import close_listing
from listings.replies.saying import ReplyForm, reply, screened
from members.me import Me
from messaging.access import conversation
from messaging.sending import send

PUBLIC = [
    ("Poussette canne pliante à donner", "bilal", "Bonjour Anne, se replie-t-elle assez pour un petit coffre ?"),
    ("Poussette canne pliante à donner", "anne", "Oui, elle tient dans le coffre de ma citadine avec les courses."),
    (
        "Vélobus du matin : rejoignez-nous",
        "anne",
        "Quelle belle idée ! À partir de quel âge les enfants peuvent-ils venir ?",
    ),
    ("Vélobus du matin : rejoignez-nous", "denis", "Dès qu’ils roulent sans petites roues. Le plus jeune a six ans."),
    ("L’atelier vélo du samedi est gratuit", "anne", "Merci pour l’adresse, j’y suis allée : accueil formidable."),
    ("Arriver dans une ville : ce qui nous a aidés", "farid", "Le carton « premier soir », je l’adopte tout de suite."),
    ("Plants de tomates et de piments", "denis", "Les piments sont-ils très forts ?"),
]
PRIVATE = [
    (
        "Deux paires de bras pour descendre un canapé",
        "bilal",
        [
            ("bilal", "Bonjour Anne, je suis à Brest ce jour-là et j’ai le dos solide. Je peux être là à 10 h."),
            ("anne", "Merci beaucoup Bilal ! Il nous manque une deuxième personne, je cherche encore."),
            ("bilal", "Je demande à un ami et je vous redis cela demain."),
        ],
    ),
    (
        "Visites et câlins pour chats du centre-ville",
        "anne",
        [
            ("anne", "Bonjour, ma mère habite rue Kéréon et son chat est très câlin. Passez-vous aussi le dimanche ?"),
            ("bilal", "Oui, le dimanche est même mon jour préféré. Comment s’appelle ce chat ?"),
        ],
    ),
]
CLOSED = "Encyclopédies et romans policiers"


async def talk(cast: dict[str, Me], ads: Written) -> None:
    """Takes the caller's transaction."""
    for title, who, words in PUBLIC:
        ad, form = await ad_of(ads[title]), ReplyForm(body=words)
        await reply(ad, cast[who], form, await screened(ad, words, cast[who]))
    for title, helper, messages in PRIVATE:
        await _converse(ads[title], cast[helper], [(cast[who], words) for who, words in messages])
    await close_listing(ads[CLOSED], cast["denis"], Outcome.fulfilled)


async def _converse(listing: UUID, helper: Me, messages: list[tuple[Me, str]]) -> None:
    (_, first), *others = messages
    opened = await answer(listing, helper.id, Said(word=first), uuid4())
    for who, words in others:
        await send(await conversation(opened, who.id), who.id, words, uuid4())


async def ad_of(listing: UUID) -> Ad:
    row = await database.row("SELECT * FROM listing WHERE id = $1", listing)
    if row is None:
        raise NotHere
    return Ad.of(row)
