"""What the desk, the reporter and the author read for each kind, family and reason."""

from moderation.cases.tables import CaseKind
from moderation.decisions.tables import DecisionKind
from moderation.reports.tables import ReportReason

KIND_OF_CASE = {
    CaseKind.listing: "annonce",
    CaseKind.edit: "modification",
    CaseKind.reply: "message public",
    CaseKind.thanks: "mot de merci",
    CaseKind.message: "message privé",
    CaseKind.appeal: "recours",
}
IN_THE_FEMININE = (CaseKind.listing, CaseKind.edit)
FIRST_STEPS = "nouveau membre"
FAMILY = {
    "care": "personne en difficulté\u202f?",
    "opsec": "discrétion",
    "safety": "logement vide",
    "law": "interdit ou encadré",
    "scam": "arnaque\u202f?",
    "language": "insulte\u202f?",
    "privacy": "données personnelles",
    "commerce": "commerce",
    "repeat": "annonce répétée",
    "screening": "relecture automatique en panne",
}
REPORT_REASON = {
    ReportReason.reveals: (
        "Trop d’informations",
        "Une absence, une mission, une adresse, un numéro, le nom d’un enfant.",
        "eye-off",
    ),
    ReportReason.dishonest: (
        "Cela semble malhonnête",
        "Une arnaque, un faux, quelqu’un qui se fait passer pour un autre.",
        "triangle-alert",
    ),
    ReportReason.hurtful: (
        "Cela blesse ou exclut",
        "Insulte, moquerie, discrimination, harcèlement.",
        "heart-handshake",
    ),
    ReportReason.forbidden: (
        "C’est interdit ici",
        "Arme, animal à vendre ou à donner, médicament, effet militaire, travail caché.",
        "ban",
    ),
    ReportReason.market: (
        "C’est du commerce",
        "Un professionnel, une publicité, de la revente.",
        "tag",
    ),
    ReportReason.other: (
        "Autre chose",
        "Dites-le en quelques mots ci-dessous.",
        "flag",
    ),
}
DECISION = {
    DecisionKind.approve: "Approuvée",
    DecisionKind.ask_changes: "Renvoyée pour correction",
    DecisionKind.remove: "Retirée",
}
SAID = (CaseKind.reply, CaseKind.thanks, CaseKind.message)
"""What is said rather than published: decided of with DECISION_ON_REPLY."""
DECISION_ON_REPLY = {
    DecisionKind.approve: "Approuvé",
    DecisionKind.ask_changes: "Modification refusée",
    DecisionKind.remove: "Retiré",
}
