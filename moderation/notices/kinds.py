"""What a content may be held to break, in plain words, with the law and how much such a notice presses."""

from datetime import timedelta

import msgspec

from moderation.decisions.laws import LAWS, Law
from moderation.notices.tables import Illegality

AT_ONCE = timedelta(hours=1)
"""Read within this time when somebody may be in danger; the others like any case."""


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """`risk` is that of a case (0–100). Of `is_urgent` ones somebody may be in danger."""

    label: str
    hint: str
    law: str
    risk: int
    is_urgent: bool = False


def _cited(*laws: Law) -> str:
    return "\u202f; ".join(LAWS[law].citation for law in laws)


KINDS = {
    Illegality.minors: Kind(
        label="Un enfant en danger ou exploité",
        hint="Image ou proposition à caractère sexuel d’un mineur, mise en danger. Vous pouvez rester anonyme.",
        law="Code pénal, articles 227-22 à 227-24",
        risk=100,
        is_urgent=True,
    ),
    Illegality.violence: Kind(
        label="Menaces, harcèlement, violences",
        hint="Menacer, harceler, appeler à s’en prendre à quelqu’un.",
        law=f"Code pénal, article 222-17\u202f; {LAWS[Law.harassment].citation}",
        risk=95,
        is_urgent=True,
    ),
    Illegality.terrorism: Kind(
        label="Terrorisme",
        hint="Faire l’éloge d’attentats, y appeler, recruter.",
        law="Code pénal, article 421-2-5",
        risk=100,
        is_urgent=True,
    ),
    Illegality.defence: Kind(
        label="Secret ou sécurité de la défense",
        hint="Ce qui révèle un secret, ou expose des personnes en disant où elles sont ou ce qu’elles font.",
        law=_cited(Law.secret, Law.exposing),
        risk=95,
        is_urgent=True,
    ),
    Illegality.hatred: Kind(
        label="Haine ou discrimination",
        hint="Contre des personnes pour leur origine, leur religion, leur sexe, leur santé…",
        law=_cited(Law.hatred, Law.discrimination),
        risk=85,
    ),
    Illegality.privacy: Kind(
        label="Vie privée, données, image d’une personne",
        hint="Adresse, numéro, photo ou propos publiés sans l’accord de la personne.",
        law=_cited(Law.private_life, Law.personal_data),
        risk=80,
    ),
    Illegality.forbidden: Kind(
        label="Vente interdite",
        hint="Arme, médicament, tabac, animal à vendre ou à donner, faux papiers.",
        law=_cited(Law.weapons, Law.medicines, Law.tobacco, Law.pets, Law.papers),
        risk=75,
    ),
    Illegality.fraud: Kind(
        label="Escroquerie, usurpation d’identité",
        hint="Tromper pour obtenir de l’argent ou un bien, se faire passer pour quelqu’un.",
        law=_cited(Law.fraud, Law.identity),
        risk=75,
    ),
    Illegality.defamation: Kind(
        label="Injure ou diffamation",
        hint="Insulter une personne, ou l’accuser publiquement d’un fait qui porte atteinte à son honneur.",
        law=_cited(Law.insult),
        risk=65,
    ),
    Illegality.work: Kind(
        label="Travail dissimulé, crédit illégal",
        hint="Travail payé sans être déclaré, prêt d’argent contre intérêt.",
        law=_cited(Law.hidden_work, Law.credit),
        risk=55,
    ),
    Illegality.copy: Kind(
        label="Contrefaçon, droit d’auteur",
        hint="Copie d’une marque, d’une photo ou d’une œuvre sans droit.",
        law=_cited(Law.counterfeit),
        risk=45,
    ),
    Illegality.other: Kind(
        label="Autre chose que la loi interdit",
        hint="Dites ci-dessous, si vous le savez, quel texte de loi est en cause.",
        law="",
        risk=50,
    ),
}
