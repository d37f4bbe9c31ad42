"""Why a thing is sent back or removed: the articles of the charter, each with words ready for its author."""

import enum
from collections.abc import Iterable

import msgspec

from moderation.decisions.laws import Law
from moderation.notices.tables import Illegality
from moderation.reports.tables import ReportReason


class Reason(enum.StrEnum):
    discretion = "discretion"
    empty_home = "empty_home"
    personal_data = "personal_data"
    forbidden = "forbidden"
    market = "market"
    dishonest = "dishonest"
    respect = "respect"
    unclear = "unclear"
    misplaced = "misplaced"
    repeated = "repeated"
    good_faith = "good_faith"


ARTICLES = {
    1: "L’esprit",
    2: "Ce que vous pouvez publier",
    3: "Une annonce claire, à sa place, une seule fois",
    4: "Rien qui révèle une absence ou une mission",
    5: "Rien qui expose quelqu’un",
    6: "Rien qui ressemble à un commerce",
    7: "Rien d’interdit ou de dangereux",
    8: "Rien de trompeur",
    9: "Le respect",
    10: "La prudence",
    11: "Signaler de bonne foi",
    12: "La modération, expliquée",
    13: "Des mesures à la hauteur",
    14: "Contester une décision",
    15: "Vos données",
    16: "Quand la charte change",
}
"""The titles of the charter (templates/public/charter.html), by number."""


class Text(msgspec.Struct, frozen=True):
    """`label` is the moderator's choice and the author's heading, `words` what the author reads unless edited;
    `article` is the charter's, `laws` those that may be cited too."""

    label: str
    words: str
    article: int
    laws: tuple[Law, ...] = ()

    @property
    def article_title(self) -> str:
        """`article 5, « Rien qui expose quelqu’un »`"""
        return f"article {self.article}, «\u202f{ARTICLES[self.article]}\u202f»"


TEXTS = {
    Reason.discretion: Text(
        "Discrétion (missions, absences)",
        "Votre texte permet de deviner une mission, une unité ou une date de départ ou de retour. Pour"
        " votre sécurité et celle des autres, dites seulement de quelle aide il s’agit et quand, sans dire"
        " pourquoi.",
        4,
        (Law.secret, Law.military_status),
    ),
    Reason.empty_home: Text(
        "Un logement qui paraîtrait vide",
        "Votre texte laisse comprendre que votre logement sera vide. Retirez les dates d’absence\u202f: vous les"
        " direz en privé à la personne que vous aurez choisie.",
        4,
    ),
    Reason.personal_data: Text(
        "Données personnelles",
        "Votre texte contient des coordonnées ou des informations sur une personne, par exemple un numéro,"
        " une adresse ou le nom d’un enfant. Retirez-les\u202f: la messagerie privée est là pour les échanger.",
        5,
        (Law.personal_data, Law.private_life, Law.exposing, Law.military_status),
    ),
    Reason.forbidden: Text(
        "Interdit ou encadré par la loi",
        "Ce que vous proposez ou cherchez ne peut pas passer par une annonce ici\u202f: armes, animaux à vendre"
        " ou à donner, médicaments, tabac, effets militaires, travail non déclaré.",
        7,
        (Law.pets, Law.weapons, Law.medicines, Law.tobacco, Law.papers, Law.counterfeit, Law.hidden_work),
    ),
    Reason.market: Text(
        "Commerce, activité pro",
        "Entraide n’est pas un marché\u202f: on y donne, prête, partage les frais ou revend un objet dont on ne"
        " se sert plus. Retirez le tarif ou la publicité, ou reformulez votre annonce en ce sens.",
        6,
        (Law.hidden_work, Law.credit, Law.misleading),
    ),
    Reason.dishonest: Text(
        "Annonce trompeuse",
        "Votre texte promet ou demande quelque chose qui ressemble à une tromperie (paiement d’avance,"
        " lien, identité d’un autre). Il ne peut pas rester en ligne ainsi.",
        8,
        (Law.fraud, Law.identity, Law.misleading, Law.counterfeit),
    ),
    Reason.respect: Text(
        "Respect des personnes",
        "Votre texte blesse, exclut ou vise une personne. Chacun ici doit pouvoir demander et proposer de"
        " l’aide sans crainte\u202f: dites les choses autrement.",
        9,
        (Law.insult, Law.hatred, Law.discrimination, Law.harassment),
    ),
    Reason.unclear: Text(
        "Demande à préciser",
        "On ne comprend pas encore bien de quelle aide il s’agit. Précisez ce que vous demandez ou"
        " proposez, quand et où\u202f: vous aurez plus vite une réponse.",
        3,
    ),
    Reason.misplaced: Text(
        "Mauvaise rubrique",
        "Votre texte serait mieux trouvé dans une autre rubrique. Changez-la, puis renvoyez votre annonce.",
        3,
    ),
    Reason.repeated: Text(
        "Annonce déjà publiée",
        "Vous avez déjà une annonce semblable. Prolongez-la ou modifiez-la\u202f: les autres la trouveront aussi bien,"
        " et personne ne répondra deux fois.",
        3,
    ),
}

OF_REPORTING = Text(
    "Signalements abusifs",
    "Vous avez signalé à plusieurs reprises des textes où il n’y avait rien à redire. Un signalement demande"
    " l’attention d’une personne\u202f: gardez-le pour ce qui vous semble vraiment contraire à la charte.",
    11,
)
"""For those who reported, never for what is published: not among the reasons of a decision about a text."""


def text_of(reason: str) -> Text:
    """What is said of a reason, a decision's or a sanction's. Raises KeyError for one that is not known."""
    return OF_REPORTING if reason == Reason.good_faith else TEXTS[Reason(reason)]


OF_FAMILY = {
    "opsec": Reason.discretion,
    "safety": Reason.empty_home,
    "privacy": Reason.personal_data,
    "law": Reason.forbidden,
    "commerce": Reason.market,
    "scam": Reason.dishonest,
    "language": Reason.respect,
    "repeat": Reason.repeated,
}
OF_REPORT = {
    ReportReason.reveals: Reason.discretion,
    ReportReason.dishonest: Reason.dishonest,
    ReportReason.hurtful: Reason.respect,
    ReportReason.forbidden: Reason.forbidden,
    ReportReason.market: Reason.market,
}
OF_NOTICE = {
    Illegality.minors: Reason.forbidden,
    Illegality.terrorism: Reason.forbidden,
    Illegality.defence: Reason.discretion,
    Illegality.violence: Reason.respect,
    Illegality.hatred: Reason.respect,
    Illegality.privacy: Reason.personal_data,
    Illegality.forbidden: Reason.forbidden,
    Illegality.fraud: Reason.dishonest,
    Illegality.defamation: Reason.respect,
    Illegality.work: Reason.forbidden,
    Illegality.copy: Reason.forbidden,
}


def likely_reason(families: Iterable[str], reported: Iterable[str], notified: Iterable[str] = ()) -> Reason:
    """The one to offer first, from what the rules, then the legal notices, then the reporters said."""
    from_rules = (OF_FAMILY[family] for family in families if family in OF_FAMILY)
    from_reports = (OF_REPORT[ReportReason(why)] for why in reported if ReportReason(why) in OF_REPORT)
    from_notices = (OF_NOTICE[Illegality(why)] for why in notified if Illegality(why) in OF_NOTICE)
    return next(from_rules, None) or next(from_notices, None) or next(from_reports, Reason.unclear)


def words_for(reason: Reason, typed: str) -> str:
    """The ready words of the chosen reason when those of another were left untouched (a page without scripts)."""
    return TEXTS[reason].words if typed.split() in [text.words.split() for text in TEXTS.values()] else typed
