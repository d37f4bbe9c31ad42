"""The texts of law a moderator may found a decision on, each with what it forbids, in the words of who is concerned.

Read in their consolidated versions on www.legifrance.gouv.fr, under the code and the number each citation gives. Only
texts that apply to everyone stand here: one that binds by somebody's status would write that status down.
"""

import enum

import msgspec


class Law(enum.StrEnum):
    pets = "pets"
    weapons = "weapons"
    medicines = "medicines"
    tobacco = "tobacco"
    papers = "papers"
    counterfeit = "counterfeit"
    hidden_work = "hidden_work"
    credit = "credit"
    fraud = "fraud"
    identity = "identity"
    misleading = "misleading"
    insult = "insult"
    hatred = "hatred"
    discrimination = "discrimination"
    harassment = "harassment"
    private_life = "private_life"
    exposing = "exposing"
    personal_data = "personal_data"
    military_status = "military_status"
    secret = "secret"  # noqa: S105 - the secrets of national defence


class LawText(msgspec.Struct, frozen=True):
    """`citation` is kept with the decision; `why` says what the text forbids."""

    citation: str
    why: str


LAWS = {
    Law.pets: LawText(
        "Code rural et de la pêche maritime, article L214-8-1",
        "La loi interdit de proposer en ligne la cession d’un animal de compagnie, même gratuite, hors des sites et"
        " rubriques spécialisés qu’elle encadre.",
    ),
    Law.weapons: LawText(
        "Code de la sécurité intérieure, articles L311-2 et L312-1 et suivants",
        "Les armes, les munitions et les matériels de guerre ne s’acquièrent et ne se détiennent que dans les"
        " conditions fixées par ces articles.",
    ),
    Law.medicines: LawText(
        "Code de la santé publique, article L4211-1",
        "La délivrance de médicaments au public est réservée aux pharmaciens.",
    ),
    Law.tobacco: LawText(
        "Code général des impôts, articles 568 et 568 ter",
        "La vente de tabac au détail est réservée aux débitants, et sa vente à distance est interdite.",
    ),
    Law.papers: LawText(
        "Code pénal, articles 441-2 et 441-3",
        "La loi punit la fabrication, l’usage et la détention de faux papiers délivrés par une administration.",
    ),
    Law.counterfeit: LawText(
        "Code de la propriété intellectuelle, articles L335-2 et L716-10",
        "La loi interdit d’offrir ou de vendre une contrefaçon.",
    ),
    Law.hidden_work: LawText(
        "Code du travail, articles L8221-1 à L8221-5",
        "Le travail dissimulé est interdit, comme la publicité qui le favorise.",
    ),
    Law.credit: LawText(
        "Code monétaire et financier, article L511-5",
        "Prêter de l’argent à titre habituel est réservé aux établissements agréés.",
    ),
    Law.fraud: LawText(
        "Code pénal, article 313-1",
        "La loi punit l’escroquerie\u202f: tromper une personne pour obtenir de l’argent, un bien ou un service.",
    ),
    Law.identity: LawText(
        "Code pénal, article 226-4-1",
        "La loi punit l’usurpation de l’identité d’une autre personne, y compris en ligne.",
    ),
    Law.misleading: LawText(
        "Code de la consommation, articles L121-2 à L121-4",
        "Les pratiques commerciales trompeuses sont interdites.",
    ),
    Law.insult: LawText(
        "Loi du 29 juillet 1881 sur la liberté de la presse, articles 29, 32 et 33",
        "La loi punit l’injure et la diffamation.",
    ),
    Law.hatred: LawText(
        "Loi du 29 juillet 1881 sur la liberté de la presse, article 24",
        "La loi punit la provocation à la haine, à la violence ou à la discrimination.",
    ),
    Law.discrimination: LawText(
        "Code pénal, articles 225-1 et 225-2",
        "La loi interdit de refuser ou de réserver un bien ou un service selon l’origine, le sexe, la religion, la"
        " santé, la situation de famille ou un autre critère de cet article.",
    ),
    Law.harassment: LawText(
        "Code pénal, articles 222-33 et 222-33-2-2",
        "La loi punit le harcèlement, sexuel ou moral, y compris par des messages en ligne.",
    ),
    Law.private_life: LawText(
        "Code civil, article 9, et code pénal, article 226-1",
        "Chacun a droit au respect de sa vie privée\u202f; la loi punit la diffusion de paroles ou d’images"
        " privées sans accord.",
    ),
    Law.exposing: LawText(
        "Code pénal, article 223-1-1",
        "La loi punit la diffusion d’informations qui permettent d’identifier ou de localiser une personne pour"
        " l’exposer à un risque.",
    ),
    Law.personal_data: LawText(
        "Règlement (UE) 2016/679 (RGPD), articles 5 et 6",
        "Les données d’une personne ne se publient pas sans une raison que la loi admet, par exemple son accord.",
    ),
    Law.military_status: LawText(
        "Code de la défense, article L4123-9-1",
        "La loi protège la mention de la qualité de militaire d’une personne\u202f: ici, elle n’a aucune place.",
    ),
    Law.secret: LawText(
        "Code pénal, articles 413-9 et 413-11",
        "La loi punit la divulgation d’un secret de la défense nationale, par quiconque.",
    ),
}

_BY_CITATION = {text.citation: text for text in LAWS.values()}


def why_illegal(citation: str) -> str:
    """What the law a decision cites forbids; nothing for a citation no longer offered."""
    text = _BY_CITATION.get(citation)
    return text.why if text else ""
