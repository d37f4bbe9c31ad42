"""The words of an ad: categories, kinds, deals, states. Enums, not tables: a new one needs no migration of data."""

import enum


class Category(enum.StrEnum):
    childcare = "childcare"
    school_run = "school_run"
    pet_care = "pet_care"
    classifieds = "classifieds"
    helping_hand = "helping_hand"
    rides = "rides"
    tips = "tips"
    home = "home"
    local_offer = "local_offer"


APART = (Category.home, Category.local_offer)
"""What has pages of its own: homes (exchanges/homes) and local offers (partners), never among ads."""
ADS = tuple(category for category in Category if category not in APART)
"""What is written and listed as an ad."""
IS_AN_AD = "category NOT IN ('home', 'local_offer')"
"""The same as the condition of a query on `listing`."""


class Kind(enum.StrEnum):
    request = "request"
    offer = "offer"


class Deal(enum.StrEnum):
    give = "give"
    lend = "lend"
    sell = "sell"
    seek = "seek"


class Status(enum.StrEnum):
    draft = "draft"
    pending = "pending"
    published = "published"
    closed = "closed"
    removed = "removed"
    aside = "aside"


# A value, so that it is looked up for the few rows that are shown, and the members are never gone through.
PUBLIC = """status = 'published' AND expires_at > now()
    AND (SELECT suspended_until > now() FROM member WHERE member.id = author) IS NOT TRUE"""
"""The condition of a query on `listing` for ads every member may find: those of somebody just suspended go with the
suspension, before the job that sets each aside."""


ONLINE_ADS = f"{IS_AN_AD} AND {PUBLIC}"
"""The same of ads alone."""


class Outcome(enum.StrEnum):
    fulfilled = "fulfilled"
    withdrawn = "withdrawn"
    expired = "expired"


CATEGORY = {
    Category.childcare: "Garde d’enfants",
    Category.school_run: "Trajets d’école",
    Category.pet_care: "Garde d’animaux",
    Category.classifieds: "Petites annonces",
    Category.helping_hand: "Coups de main",
    Category.rides: "Covoiturage",
    Category.tips: "Bons procédés",
    Category.home: "Logements à échanger",
    Category.local_offer: "Offres locales",
}
CATEGORY_ICON = {
    Category.childcare: "baby",
    Category.school_run: "backpack",
    Category.pet_care: "paw-print",
    Category.classifieds: "tag",
    Category.helping_hand: "hand-helping",
    Category.rides: "car",
    Category.tips: "lightbulb",
    Category.home: "house",
    Category.local_offer: "ticket",
}
CATEGORY_HINT = {
    Category.childcare: "Baby-sitting, garde partagée, relais du mercredi ou du soir",
    Category.school_run: "Emmener et aller chercher à l’école, à pied ou en voiture",
    Category.pet_care: "Visites, promenades, garde pendant quelques jours",
    Category.classifieds: "Donner, prêter, vendre à petit prix, chercher un objet",
    Category.helping_hand: "Déménagement, courses, devoirs, bricolage, outils",
    Category.rides: "Trajets partagés, réguliers ou d’un jour",
    Category.tips: "Une astuce, une bonne adresse, un conseil à partager",
    Category.home: "Votre logement contre un autre, le temps d’un séjour, sans argent",
    Category.local_offer: "Un tarif convenu par votre organisme, un équipement public ouvert à tous",
}
NAMED = {
    **dict.fromkeys(Category, ("annonce", "l’annonce")),
    Category.home: ("fiche", "la fiche"),
    Category.local_offer: ("offre", "l’offre"),
}
"""What its author reads it called, alone and with its article; all of them feminine."""
KIND = {Kind.request: "Demande", Kind.offer: "Offre"}
DEAL = {Deal.give: "À donner", Deal.lend: "À prêter", Deal.sell: "À vendre", Deal.seek: "Recherche"}
STATUS = {
    Status.draft: "Brouillon",
    Status.pending: "En relecture",
    Status.published: "En ligne",
    Status.closed: "Terminée",
    Status.removed: "Retirée par la modération",
    Status.aside: "Mise de côté",
}
OUTCOME = {
    Outcome.fulfilled: "Le besoin est réglé",
    Outcome.withdrawn: "Je ne souhaite plus la publier",
    Outcome.expired: "Arrivée à son terme",
}
