"""The words of local offers: a price or a service agreed with a partner, or a facility of the community."""

import enum


class OfferKind(enum.StrEnum):
    offer = "offer"
    facility = "facility"


class Readers(enum.StrEnum):
    """Who may read it: whoever comes to the site, or members alone."""

    everyone = "everyone"
    members = "members"


OFFER_KIND = {OfferKind.offer: "Offre d’un partenaire", OfferKind.facility: "Équipement public"}
OFFER_ICON = {OfferKind.offer: "ticket", OfferKind.facility: "landmark"}
READERS = {
    Readers.everyone: "Tout le monde, même sans compte",
    Readers.members: "Les membres seulement",
}
