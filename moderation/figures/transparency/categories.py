"""The categories of the reports' template (implementing regulation (EU) 2024/2835), and which of ours is which."""

import enum

from moderation.decisions.laws import LAWS, Law
from moderation.decisions.reasons import Reason
from moderation.notices.tables import Illegality


class DsaCategory(enum.StrEnum):
    """Those of the template that something of this site may fall under; the names are those of its machine format."""

    animals = "STATEMENT_CATEGORY_ANIMAL_WELFARE"
    consumers = "STATEMENT_CATEGORY_CONSUMER_INFORMATION"
    cyber_violence = "STATEMENT_CATEGORY_CYBER_VIOLENCE"
    data = "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"
    speech = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
    copies = "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS"
    minors = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
    security = "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY"
    scams = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"
    products = "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS"
    violence = "STATEMENT_CATEGORY_VIOLENCE"
    not_said = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"
    other = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"


LABEL = {
    DsaCategory.animals: "Bien-être animal",
    DsaCategory.consumers: "Information des consommateurs",
    DsaCategory.cyber_violence: "Cyberviolence",
    DsaCategory.data: "Données personnelles et vie privée",
    DsaCategory.speech: "Propos illicites ou préjudiciables",
    DsaCategory.copies: "Propriété intellectuelle",
    DsaCategory.minors: "Protection des mineurs",
    DsaCategory.security: "Sécurité publique",
    DsaCategory.scams: "Escroqueries et fraudes",
    DsaCategory.products: "Produits dangereux ou interdits",
    DsaCategory.violence: "Violence",
    DsaCategory.not_said: "Catégorie non précisée",
    DsaCategory.other: "Autre manquement aux règles du site",
}
OF_NOTICE = {
    Illegality.minors: DsaCategory.minors,
    Illegality.terrorism: DsaCategory.security,
    Illegality.defence: DsaCategory.security,
    Illegality.violence: DsaCategory.violence,
    Illegality.hatred: DsaCategory.speech,
    Illegality.privacy: DsaCategory.data,
    Illegality.forbidden: DsaCategory.products,
    Illegality.fraud: DsaCategory.scams,
    Illegality.defamation: DsaCategory.speech,
    Illegality.work: DsaCategory.other,
    Illegality.copy: DsaCategory.copies,
    Illegality.other: DsaCategory.not_said,
}
OF_REASON = {
    Reason.discretion: DsaCategory.security,
    Reason.empty_home: DsaCategory.other,
    Reason.personal_data: DsaCategory.data,
    Reason.forbidden: DsaCategory.products,
    Reason.market: DsaCategory.other,
    Reason.dishonest: DsaCategory.scams,
    Reason.respect: DsaCategory.speech,
    Reason.unclear: DsaCategory.other,
    Reason.misplaced: DsaCategory.other,
    Reason.repeated: DsaCategory.other,
    Reason.good_faith: DsaCategory.other,
}
OF_LAW = {
    Law.pets: DsaCategory.animals,
    Law.weapons: DsaCategory.products,
    Law.medicines: DsaCategory.products,
    Law.tobacco: DsaCategory.products,
    Law.papers: DsaCategory.products,
    Law.counterfeit: DsaCategory.copies,
    Law.hidden_work: DsaCategory.other,
    Law.credit: DsaCategory.other,
    Law.fraud: DsaCategory.scams,
    Law.identity: DsaCategory.scams,
    Law.misleading: DsaCategory.consumers,
    Law.insult: DsaCategory.speech,
    Law.hatred: DsaCategory.speech,
    Law.discrimination: DsaCategory.speech,
    Law.harassment: DsaCategory.cyber_violence,
    Law.private_life: DsaCategory.data,
    Law.exposing: DsaCategory.cyber_violence,
    Law.personal_data: DsaCategory.data,
    Law.military_status: DsaCategory.data,
    Law.secret: DsaCategory.security,
}
_OF_CITATION = {LAWS[law].citation: category for law, category in OF_LAW.items()}
_OF_REASON = {reason.value: category for reason, category in OF_REASON.items()}


def category_of(ground: str, reason: str, law: str) -> DsaCategory:
    """Of a decision: by the text of law when it is founded on one, else by the article of the charter."""
    if ground == "law" and law in _OF_CITATION:
        return _OF_CITATION[law]
    return _OF_REASON.get(reason, DsaCategory.other)
