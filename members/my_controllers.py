"""A member's own pages: who they are here, their password, their devices."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, Request, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.forms import Errors, Form
from app.pages import flashes, go, page
from members import new_password
from members.devices import devices_of, sign_out_device, sign_out_others
from members.first_names import first_name_of
from members.guards import signed_in
from members.home_commune import as_choices, meant, trouble
from members.passwords import weakness
from members.profile import account_of, change_profile
from members.screened_names import objection_to
from members.signing_in import leave

flashes(
    profile="C’est enregistré.",
    replaced="Votre mot de passe est changé. Vos autres appareils sont déconnectés.",
    device_out="Cet appareil est déconnecté.",
    others_out="Vos autres appareils sont déconnectés.",
)
NOT_YOURS = "Ce n’est pas votre mot de passe actuel."

Typed = Annotated[str, msgspec.Meta(max_length=254)]
Secret = Annotated[str, msgspec.Meta(max_length=2_000)]


class ProfileForm(Form):
    first_name: Typed
    commune: Typed
    commune_code: Typed = ""


class PasswordForm(Form):
    current: Secret
    password: Secret


class Me(Controller):
    path = "/moi"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        return page(request, "members/me.html", account=await account_of(request.user.id))

    @get("/profil")
    async def profile(self, request: Request) -> Template:
        sent = {"first_name": request.user.first_name, "commune": request.user.place.label}
        return page(request, "members/profile.html", sent=sent, errors={}, choices=[])

    @post("/profil")
    async def save_profile(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = ProfileForm.read(sent)
        if form is None:
            return page(request, "members/profile.html", 422, sent=sent, errors=errors, choices=[])
        name = first_name_of(form.first_name)
        place, candidates = meant(form.commune, form.commune_code)
        wrong = {"first_name": await objection_to(name), "commune": None if place else trouble(candidates)}
        if place is None or wrong["first_name"]:
            errors, choices = {field: why for field, why in wrong.items() if why}, as_choices(candidates)
            return page(request, "members/profile.html", 422, sent=sent, errors=errors, choices=choices)
        await change_profile(request.user, first_name=name, place=place)
        return go("/moi", done="profile")


class MyPassword(Controller):
    path = "/moi/mot-de-passe"
    guards = [signed_in]

    @get("/")
    async def ask(self, request: Request) -> Template:
        return page(request, "members/password.html", errors={})

    @post("/")
    async def change(self, request: Request) -> Template | Redirect:
        form, errors = await _checked(request, await request.form())
        if form is None:
            return page(request, "members/password.html", 422, errors=errors)
        await new_password.change(request.user, form.password)
        return go("/moi", done="replaced")


async def _checked(request: Request, sent: FormMultiDict) -> tuple[PasswordForm | None, Errors]:
    form, errors = PasswordForm.read(sent)
    if form is None:
        return None, errors
    if not await new_password.knows_own_password(request.user, form.current):
        return None, {"current": NOT_YOURS}
    account = await account_of(request.user.id)
    weak = weakness(form.password, email=account.email, first_name=account.first_name)
    return (None, {"password": weak}) if weak else (form, {})


class MyDevices(Controller):
    path = "/moi/appareils"
    guards = [signed_in]

    @get("/")
    async def show(self, request: Request) -> Template:
        return page(request, "members/devices.html", devices=await devices_of(request.user))

    @post("/fermeture")
    async def close_others(self, request: Request) -> Redirect:
        await sign_out_others(request.user)
        return go("/moi/appareils", done="others_out")

    @post("/{session:uuid}/fermeture")
    async def close(self, request: Request, session: FromPath[UUID]) -> Redirect:
        await sign_out_device(request.user, session)
        if session == request.user.session:
            return go("/", done="signed_out", cookies=await leave(request))
        return go("/moi/appareils", done="device_out")
