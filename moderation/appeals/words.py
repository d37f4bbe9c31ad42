"""What appellants and moderators read of appeals."""

from listings.kinds import NAMED, Category
from moderation.appeals.tables import AppealState
from moderation.cases.tables import CaseKind
from moderation.decisions.tables import DecisionKind

HEADING = {
    AppealState.open: "Votre recours est en cours",
    AppealState.upheld: "On vous donne raison",
    AppealState.rejected: "La décision est maintenue",
    AppealState.withdrawn: "Vous avez retiré votre recours",
}
OF_A_LISTING = (CaseKind.listing, CaseKind.edit)
FORMS = {
    CaseKind.listing: ("l’annonce", "e"),
    CaseKind.edit: ("la modification de l’annonce", "e"),
    CaseKind.reply: ("le message public", ""),
    CaseKind.thanks: ("le mot de merci", ""),
    CaseKind.message: ("le message privé", ""),
    CaseKind.appeal: ("le recours", ""),
}
"""The thing and the ending of a participle about it."""


def decided(kind: DecisionKind, of: CaseKind, category: str) -> str:
    """`l’annonce a été retirée`: the contested decision in a few words."""
    thing, ending = FORMS[of]
    thing = thing.replace("l’annonce", NAMED[Category(category)][1]) if of in OF_A_LISTING else thing
    match kind:
        case DecisionKind.approve:
            return f"{thing} est resté{ending} en ligne"
        case DecisionKind.ask_changes:
            return f"{thing} a été refusé{ending} pour correction"
        case DecisionKind.remove:
            return f"{thing} a été retiré{ending}"
