"""What a person fills in to join: first who vouches for them and where they live, then their account."""

from typing import Annotated

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import MISSING, Errors, Form
from members.emails import address_of
from members.first_names import first_name_of, what_is_wrong
from members.home_commune import meant, trouble
from members.joining import is_open
from members.passwords import weakness
from places.communes import Place

WRONG_CODE = (
    "Ce code n’ouvre pas, ou plus, l’inscription. Vérifiez chaque caractère, ou demandez le code du moment à votre"
    " organisme."
)
WRONG_ADDRESS = "Cette adresse ne semble pas complète. Exemple : prenom@exemple.fr."
CHARTER_FIRST = "Pour rejoindre Entraide, acceptez la charte."
ABOUT = {"code", "first_name", "commune"}

Typed = Annotated[str, msgspec.Meta(max_length=254)]


class JoiningForm(Form):
    code: Typed = ""
    first_name: Typed = ""
    commune: Typed = ""
    commune_code: Typed = ""
    email: Typed = ""
    password: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    charter: bool = False


class Request(msgspec.Struct, kw_only=True):
    """A form as it was understood: `errors` is empty when all of `form`, `place` and its address stand."""

    form: JoiningForm
    errors: Errors
    place: Place | None = None
    candidates: list[Place] = []

    @property
    def about_errors(self) -> Errors:
        return {name: why for name, why in self.errors.items() if name in ABOUT}


async def read(sent: FormMultiDict) -> Request:
    """Checks every field; says of each what to do."""
    form, errors = JoiningForm.read(sent)
    if form is None:
        return Request(form=JoiningForm(), errors=errors)
    form = msgspec.structs.replace(form, first_name=first_name_of(form.first_name))
    place, candidates = meant(form.commune, form.commune_code)
    found = {
        "code": None if await is_open(form.code) else WRONG_CODE,
        "first_name": what_is_wrong(form.first_name),
        "commune": None if place else trouble(candidates),
        "email": None if address_of(form.email) else WRONG_ADDRESS,
        "password": weakness(form.password, email=form.email, first_name=form.first_name),
        "charter": None if form.charter else CHARTER_FIRST,
    }
    errors = {name: _said(form, name, why) for name, why in found.items() if why}
    return Request(form=form, errors=errors, place=place, candidates=candidates)


def _said(form: JoiningForm, name: str, why: str) -> str:
    return why if name == "charter" or getattr(form, name) else MISSING
