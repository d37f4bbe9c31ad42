"""What the transparency report says, beside its figures."""

from moderation.decisions.reasons import TEXTS
from moderation.notices.kinds import KINDS
from moderation.notices.tables import Illegality, NoticeOutcome
from moderation.reports.tables import ReportOutcome
from moderation.sanctions.tables import SanctionKind
from moderation.words import REPORT_REASON as REASON_OF_REPORT

FEWER_THAN_TWO = {
    "avis reçus": "avis reçu",
    "avis déjà traités": "avis déjà traité",
    "signalements reçus": "signalement reçu",
    "contenus relus par une personne": "contenu relu par une personne",
    "mesures prises de notre initiative": "mesure prise de notre initiative",
    "mesures prises": "mesure prise",
    "levées depuis": "levée depuis",
    "recours reçus": "recours reçu",
    "textes retenus par une règle, puis relus": "texte retenu par une règle, puis relu",
    "personnes ayant décidé au moins une fois": "personne ayant décidé au moins une fois",
}
"""What stands beside a zero or a one, by the label of the figure: in French both are singular."""
ORDERS = (
    "Le site ne tient pas de registre des injonctions d’agir ou de fournir des informations (articles 9 et 10)\u202f:"
    " celles-ci arrivent à l’éditeur par courrier, hors du site. Nous n’affichons donc pas de nombre, plutôt qu’un"
    " zéro qui ne voudrait rien dire.",
)
NOTICES = (
    "Ce que chacun, membre ou non, nous dit contraire à la loi. Une personne lit chaque avis et y répond\u202f: aucun"
    " n’est traité par des moyens automatisés seulement.",
    "Le formulaire ne distingue pas les signaleurs de confiance (article 22).",
)
REPORTS = ("Ce que les membres trouvent contraire à la charte. Nous les comptons à part des avis.",)
MEASURES = (
    "Après un signalement, une règle automatique ou une relecture de l’équipe, sans avis de contenu illicite. Toutes"
    " sont décidées par une personne, motivées, et peuvent être contestées pendant six mois.",
)
ACCOUNTS = ("Une suspension ou une exclusion demande l’accord de deux modérateurs.",)
APPEALS = (
    "Gratuits, pendant six mois, examinés par une autre personne que celle qui a décidé.",
    "Le site ne tient pas de registre des litiges portés devant un organe de règlement extrajudiciaire (article 21).",
)
MISUSE = ("Comptées d’après le motif de la mesure prise. Elles figurent aussi, pour les premières, parmi celles"
    " sur les comptes.",)  # fmt: skip
AUTOMATED_MEANS = (
    "Des règles écrites d’avance lisent les textes, jamais les photos\u202f: elles conseillent, retiennent pour"
    " relecture, ou refusent ce qui est manifestement interdit et proposent d’autres mots. Elles n’apprennent rien"
    " des membres. Elles n’enlèvent jamais ce qui est en ligne\u202f: une personne décide.",
    "Le taux d’erreur est la part de ce qu’elles ont retenu et qu’une personne a laissé en ligne, recours compris.",
)
PEOPLE = ("Des bénévoles, qui lisent et répondent en français.",)
RECIPIENTS = (
    "Le site ne mesure pas combien de personnes s’en servent chaque mois\u202f: il ne suit pas ses visiteurs.",
)

ILLEGALITY = {kind.value: KINDS[kind].label for kind in Illegality}
NOTICE_OUTCOME = {
    NoticeOutcome.founded: "Fondé\u202f: une mesure a été prise",
    NoticeOutcome.unfounded: "Infondé\u202f: le contenu est resté",
    NoticeOutcome.withdrawn: "Contenu retiré par son auteur",
    NoticeOutcome.nowhere: "Rien à cette adresse",
    "waiting": "En cours",
}
REPORT_REASON = {reason.value: said[0] for reason, said in REASON_OF_REPORT.items()}
REPORT_OUTCOME = {
    ReportOutcome.founded: "Fondé",
    ReportOutcome.unfounded: "Infondé",
    ReportOutcome.abusive: "Abusif",
    "waiting": "En cours, ou déjà lu peu avant",
}
RESTRICTION = {"remove": "Contenu retiré", "ask_changes": "Contenu renvoyé à son auteur, hors ligne jusqu’à correction"}
GROUND = {"law": "La loi", "charter": "La charte"}
ARTICLE = {reason.value: f"Article {text.article}\u202f: {text.label}" for reason, text in TEXTS.items()}
DETECTION = {
    "rules": "Retenu par une règle automatique",
    "report": "Signalé par un membre",
    "team": "Relu par l’équipe",
}
AUTOMATED = {"automated": "Relevé par des moyens automatisés", "not_automated": "Relevé par une personne"}
APPELLANT = {"author": "De l’auteur du contenu", "reporter": "De la personne qui avait signalé"}
APPEAL_STATE = {
    "upheld": "Accepté\u202f: décision annulée",
    "rejected": "Rejeté\u202f: décision maintenue",
    "withdrawn": "Retiré par la personne",
    "open": "En cours",
}
ACTION = {
    "advise": "Conseil donné à l’auteur",
    "hold": "Retenu pour relecture",
    "refuse": "Refusé avant publication",
    "care": "Numéros d’aide proposés",
}
SUSPENDS = (SanctionKind.no_posting, SanctionKind.suspension, SanctionKind.exclusion)
