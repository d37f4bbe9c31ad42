"""What the demo's members say to each other, and what the moderator did this week."""

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
from moderation.cases.access import case_in_scope
from moderation.cases.claiming import claim
from moderation.decisions.deciding import decide
from moderation.decisions.form import DecisionForm
from moderation.decisions.reasons import Reason
from moderation.decisions.tables import DecisionKind
from moderation.reports.reportable import reportable_listing
from moderation.reports.reporting import ReportForm, report
from moderation.reports.tables import ReportReason

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
REPORTED = "Cours de créole autour d’un café"
APPROVED = "Cherche un petit bureau d’appoint"
SENT_BACK = "Aide à la maison"


async def talk(cast: dict[str, Me], ads: Written) -> None:
    """Takes the caller's transaction."""
    for title, who, words in PUBLIC:
        ad, form = await ad_of(ads[title]), ReplyForm(body=words)
        await reply(ad, cast[who], form, await screened(ad, words, cast[who]))
    for title, helper, messages in PRIVATE:
        await _converse(ads[title], cast[helper], [(cast[who], words) for who, words in messages])
    thing = await reportable_listing(ads[REPORTED], cast["anne"])
    words = "Est-ce un cours payant ? L’annonce ne le dit pas."
    await report(thing, ReportForm(reason=ReportReason.market, words=words), cast["anne"])
    await close_listing(ads[CLOSED], cast["denis"], Outcome.fulfilled)


async def moderate(cast: dict[str, Me], ads: Written) -> None:
    """Chloé lets one of Émilie's ads through and asks her to say more in another."""
    chloe = cast["chloe"]
    await _decide(ads[APPROVED], chloe, DecisionKind.approve)
    words = "Dites un peu plus de quelle aide il s’agit et à quels moments : on saura mieux si l’on peut vous aider."
    await _decide(ads[SENT_BACK], chloe, DecisionKind.ask_changes, Reason.unclear, words)


async def _converse(listing: UUID, helper: Me, messages: list[tuple[Me, str]]) -> None:
    (_, first), *others = messages
    opened = await answer(listing, helper.id, Said(word=first), uuid4())
    for who, words in others:
        await send(await conversation(opened, who.id), who.id, words, uuid4())


async def _decide(listing: UUID, me: Me, kind: DecisionKind, reason: Reason | None = None, words: str = "") -> None:
    case = await database.value("SELECT id FROM moderation_case WHERE listing = $1", listing)
    await claim(await case_in_scope(case, me), me)
    held, ad = await case_in_scope(case, me), await ad_of(listing)
    form = DecisionForm(kind=kind, version=held["version"], ad_version=ad.version, reason=reason, words=words)
    await decide(held, form, me)


async def ad_of(listing: UUID) -> Ad:
    row = await database.row("SELECT * FROM listing WHERE id = $1", listing)
    if row is None:
        raise NotHere
    return Ad.of(row)
