"""What a local offer says of itself: the details of a listing of category `local_offer`."""

from datetime import date

from app.dates import in_words
from benefits.kinds import RUBRIC, Rubric
from listings.particulars import Details
from partners.kinds import OFFER_KIND, READERS, OfferKind, Readers
from places.departments import department


class OfferSheet(Details, frozen=True, omit_defaults=True, kw_only=True):
    """`body` is the name of the body that proposes it. `departments` are codes; the listing's own commune is where it
    takes place, its `wanted_by` the last day it is valid. `agreement` (in words) and `agreed_on` prove that the partner
    agreed: its author and the moderators alone read them. `reference` is its author's own."""

    offer_kind: OfferKind
    partner: str
    readers: Readers = Readers.members
    conditions: str = ""
    for_whom: str = ""
    how: str = ""
    url: str = ""
    departments: tuple[str, ...] = ()
    starts_on: date | None = None
    rubric: Rubric | None = None
    body: str = ""
    agreement: str = ""
    agreed_on: date | None = None
    reference: str = ""

    def facts(self) -> list[tuple[str, str]]:
        """What every reader of the offer may read."""
        lines = [
            ("Genre", OFFER_KIND[self.offer_kind]),
            ("Partenaire", self.partner),
            ("Proposé par", self.body),
            ("Conditions", self.conditions),
            ("Pour qui", self.for_whom),
            ("Comment en profiter", self.how),
            ("Adresse sur Internet", self.url),
            ("Départements", ", ".join(names_of(self.departments))),
            ("À partir du", in_words(self.starts_on) if self.starts_on else ""),
            ("Rubrique", RUBRIC[self.rubric] if self.rubric else ""),
        ]
        return [(label, value) for label, value in lines if value]

    def for_the_team(self) -> list[tuple[str, str]]:
        agreed_on = in_words(self.agreed_on) if self.agreed_on else ""
        lines = [
            ("Lisible par", READERS[self.readers]),
            ("Accord du partenaire", self.agreement),
            ("Date de l’accord", agreed_on),
            ("Référence", self.reference),
        ]
        return [(label, value) for label, value in lines if value]


def names_of(codes: tuple[str, ...]) -> list[str]:
    """Of departments, as `Finistère (29)`; a code nobody knows as it is."""
    return [found.label if (found := department(code)) else code for code in codes]
