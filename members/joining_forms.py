"""What a person fills in to join: first who vouches for them and where they live, then their account."""

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import MISSING, Errors, Form
from members.emails import address_of
from members.first_names import first_name_of
from members.home_commune import meant, trouble
from members.joining import is_open
from members.passwords import weakness
from members.screened_names import objection_to
from places.communes import Place

WRONG_CODE = (
    "Ce code n’ouvre pas, ou plus, l’inscription. Vérifiez chaque caractère, ou demandez le code du moment à votre"
    " organisme."
)
WRONG_ADDRESS = "Cette adresse ne semble pas complète. Exemple : prenom@exemple.fr."
CHARTER_FIRST = "Pour rejoindre Entraide, acceptez la charte."
ABOUT = {"code", "first_name", "commune"}

LONGEST = 2_000
"""Whatever is longer is cut: past that no field can be right, and its own message says so."""


class JoiningForm(Form):
    code: str = ""
    first_name: str = ""
    commune: str = ""
    commune_code: str = ""
    email: str = ""
    password: str = ""
    charter: bool = False

    def __post_init__(self) -> None:
        for name in ("code", "first_name", "commune", "commune_code", "email", "password"):
            setattr(self, name, getattr(self, name)[:LONGEST])


class Asked(msgspec.Struct, kw_only=True):
    """A form as it was understood: `errors` is empty when all of `form`, `place` and its address stand."""

    form: JoiningForm
    errors: Errors
    place: Place | None
    candidates: list[Place]

    @property
    def about_errors(self) -> Errors:
        return {name: why for name, why in self.errors.items() if name in ABOUT}


async def read(sent: FormMultiDict) -> Asked:
    """Checks every field; says of each what to do."""
    form = JoiningForm.read(sent)[0] or JoiningForm()
    form = msgspec.structs.replace(form, first_name=first_name_of(form.first_name))
    place, candidates = meant(form.commune, form.commune_code)
    found = {
        "code": None if await is_open(form.code) else WRONG_CODE,
        "first_name": await objection_to(form.first_name),
        "commune": None if place else trouble(candidates),
        "email": None if address_of(form.email) else WRONG_ADDRESS,
        "password": weakness(form.password, email=form.email, first_name=form.first_name),
        "charter": None if form.charter else CHARTER_FIRST,
    }
    errors = {name: _said(form, name, why) for name, why in found.items() if why}
    return Asked(form=form, errors=errors, place=place, candidates=candidates)


def _said(form: JoiningForm, name: str, why: str) -> str:
    return why if name == "charter" or getattr(form, name) else MISSING
