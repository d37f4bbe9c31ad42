"""A member's contact card: how the others of a confirmed exchange reach them, and the door of their home.

Written once, for all exchanges; nobody reads it before everything is agreed. What it says is in no log.
"""

from typing import Annotated, Any
from uuid import UUID

import msgspec
import phonenumbers

from app import database
from app.database import transaction
from app.dates import now
from app.forms import Errors, Form
from exchanges.stays.screening import objections
from members.emails import address_of
from members.first_names import NO_RANK, first_name_of, what_is_wrong
from members.me import Me

FRANCE = 33
SOMEHOW = "Indiquez au moins un moyen de vous joindre : téléphone, courriel ou autre."
NO_NUMBER = "Ce numéro ne semble pas complet. Par exemple : 06 12 34 56 78."
NO_NAME = "Écrivez votre prénom puis votre nom, en lettres, sans grade ni fonction."
NO_MAIL = "Cette adresse de courriel ne semble pas complète."


class CardForm(Form):
    """Every field may stay empty, but not all the ways to reach somebody."""

    full_name: Annotated[str, msgspec.Meta(max_length=80)] = ""
    telephone: Annotated[str, msgspec.Meta(max_length=30)] = ""
    mail: Annotated[str, msgspec.Meta(max_length=254)] = ""
    other_way: Annotated[str, msgspec.Meta(max_length=160)] = ""
    door: Annotated[str, msgspec.Meta(max_length=400)] = ""
    way_in: Annotated[str, msgspec.Meta(max_length=1_000)] = ""

    async def objections(self) -> Errors:
        """What keeps this from being kept, by field."""
        wrong: Errors = {}
        if not (self.telephone or self.mail or self.other_way):
            wrong["telephone"] = SOMEHOW
        if self.full_name and not is_full_name(first_name_of(self.full_name)):
            wrong["full_name"] = NO_NAME
        if self.telephone and not number_of(self.telephone):
            wrong["telephone"] = NO_NUMBER
        if self.mail and not address_of(self.mail):
            wrong["mail"] = NO_MAIL
        said = {"full_name": self.full_name, "other_way": self.other_way, "door": self.door, "way_in": self.way_in}
        return {**await objections({name: text for name, text in said.items() if text}), **wrong}


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """As it is kept, the telephone as `number_of`. What was not said is ''."""

    full_name: str
    telephone: str
    mail: str
    other_way: str
    door: str
    way_in: str

    @property
    def telephone_text(self) -> str:
        """`06 12 34 56 78`, as people read it in France, and with its country for any other."""
        number = phonenumbers.parse(self.telephone)
        is_french = number.country_code == FRANCE
        style = phonenumbers.PhoneNumberFormat.NATIONAL if is_french else phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(number, style).replace(" ", "\u00a0")

    def __repr__(self) -> str:  # a log that prints what a function held would tell where somebody lives
        return "Card"


async def own_card(member: UUID) -> Card | None:
    row = await database.row("SELECT * FROM contact_card WHERE member = $1", member)
    return card_of(row) if row else None


def card_of(row: Any) -> Card:
    """From a record that has its columns."""
    return Card(**{name: row[name] for name in Card.__struct_fields__})


async def keep_card(me: Me, form: CardForm) -> None:
    """Instead of what the card said before. The form's `objections` come first."""
    await database.execute(
        """
        INSERT INTO contact_card (member, full_name, telephone, mail, other_way, door, way_in, written_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (member) DO UPDATE SET full_name = excluded.full_name, telephone = excluded.telephone,
            mail = excluded.mail, other_way = excluded.other_way, door = excluded.door, way_in = excluded.way_in,
            written_at = excluded.written_at
        """,
        me.id,
        first_name_of(form.full_name),
        number_of(form.telephone) or "",
        address_of(form.mail) or "",
        " ".join(form.other_way.split()),
        form.door,
        form.way_in,
        now(),
    )


async def erase_card(me: Me) -> None:
    """Everywhere at once, also for the exchanges already confirmed. Without a card nothing changes."""
    async with transaction():
        await database.execute("DELETE FROM contact_card WHERE member = $1", me.id)


def is_full_name(name: str) -> bool:
    """A first name, then letters: nobody is known here by their rank, though some are called Maréchal."""
    first, *others = name.split()
    return what_is_wrong(first) is None and all(what_is_wrong(word) in (None, NO_RANK) for word in others)


def number_of(typed: str) -> str | None:
    """As every telephone dials it (E.164, `+33612345678`), a French number unless it says otherwise; None when it
    cannot be one."""
    try:
        number = phonenumbers.parse(typed, "FR")
    except phonenumbers.NumberParseException:
        return None
    possible = phonenumbers.is_possible_number(number) and not number.extension
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if possible else None
