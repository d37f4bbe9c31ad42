"""The doors of visitors: joining, confirming, signing in, choosing a new password."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from app.client import address
from app.forms import Form
from app.pages import back_to, flashes, go, page
from members import joining, joining_forms, new_password
from members.brakes import brake_code, brake_joining, brake_mail
from members.emails import address_of, same_address
from members.home_commune import as_choices
from members.links import LinkGone, look_at
from members.passwords import weakness
from members.profile import account_of
from members.signing_in import enter, leave, recognise
from members.tables import LinkPurpose

flashes(
    joined="Bienvenue ! Votre compte est ouvert.",
    signed_out="Votre session est fermée. À bientôt !",
    renewed="Votre mot de passe est changé. Connectez-vous avec le nouveau.",
)
NOT_THE_ONE = (
    "Ce n’est pas le mot de passe choisi à l’inscription. Vous ne l’avez pas choisi vous-même, ou vous l’avez oublié ?"
    " Recommencez l’inscription : le nouveau mot de passe remplacera l’ancien."
)
WRONG = "Adresse ou mot de passe incorrect. Vérifiez-les, ou choisissez un nouveau mot de passe."


def link_gone(request: Request, _: LinkGone) -> Template:
    return page(request, "members/link_gone.html", LinkGone.status)


class Joining(Controller):
    path = "/rejoindre"

    @get("/")
    async def about_you(self, request: Request, code: FromQuery[str] = "") -> Template | Redirect:
        if request.user:
            return go("/")
        return page(request, "members/join_about.html", sent={"code": code[:80]}, errors={}, choices=[])

    @post("/")
    async def join(self, request: Request) -> Template | Redirect:
        await brake_joining(address(request))
        sent = await request.form()
        asked = await joining_forms.read(sent)
        if "correct" in sent:
            return page(request, "members/join_about.html", sent=sent, errors={}, choices=[])
        if asked.about_errors or asked.place is None:
            choices = as_choices(asked.candidates)
            return page(request, "members/join_about.html", 422, sent=sent, errors=asked.about_errors, choices=choices)
        is_second_step = "email" in sent
        if asked.errors or not is_second_step:
            errors, status = (asked.errors, 422) if is_second_step else ({}, 200)
            return page(request, "members/join_account.html", status, sent=sent, errors=errors, asked=asked)
        await _ask_to_join(asked, address(request))
        return go("/rejoindre/courriel")

    @get("/courriel")
    async def look_at_your_mail(self, request: Request) -> Template:
        return page(request, "members/mail_sent.html")

    @get("/renvoi")
    async def ask_again(self, request: Request) -> Template:
        return page(request, "members/resend.html", sent={}, errors={}, unconfirmed=False)

    @post("/renvoi")
    async def send_again(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = AddressForm.checked(sent)
        if form is None:
            return page(request, "members/resend.html", 422, sent=sent, errors=errors, unconfirmed=False)
        await brake_mail(form.email, address(request))
        await joining.ask_again(form.email)
        return go("/rejoindre/courriel")


async def _ask_to_join(asked: joining_forms.Asked, client: str) -> None:
    form, email = asked.form, address_of(asked.form.email)
    assert asked.place and email  # noqa: S101 - both stand when there are no errors
    await brake_code(form.code)
    await brake_mail(email, client)
    await joining.join(
        email=email, password=form.password, first_name=form.first_name, place=asked.place, code=form.code
    )


class AddressForm(Form):
    email: Annotated[str, msgspec.Meta(max_length=254)]

    @classmethod
    def checked(cls, sent: Any) -> tuple["AddressForm | None", dict[str, str]]:
        form, errors = cls.read(sent)
        email = address_of(form.email) if form else None
        if form and not email:
            errors = {"email": joining_forms.WRONG_ADDRESS}
        return (cls(email=email), {}) if email else (None, errors)


class PasswordForm(Form):
    password: Annotated[str, msgspec.Meta(max_length=2_000)]


class Confirmation(Controller):
    """Mail scanners open every link, so that opening changes nothing: the page's button does."""

    path = "/confirmation/{token:str}"
    exception_handlers = {LinkGone: link_gone}

    @get("/")
    async def show(self, request: Request, token: FromPath[str]) -> Template:
        account = await account_of(await look_at(token, LinkPurpose.confirm))
        return page(request, "members/confirm.html", token=token, account=account, errors={})

    @post("/")
    async def confirm(self, request: Request, token: FromPath[str]) -> Template | Redirect:
        account = await account_of(await look_at(token, LinkPurpose.confirm))
        form, errors = PasswordForm.read(await request.form())
        member = form and await joining.confirm(token, form.password, address(request))
        if not member:
            errors = errors or {"password": NOT_THE_ONE}
            return page(request, "members/confirm.html", 422, token=token, account=account, errors=errors)
        return go("/", done="joined", cookies=await enter(request, member))


class SignInForm(Form):
    email: Annotated[str, msgspec.Meta(max_length=254)]
    password: Annotated[str, msgspec.Meta(max_length=2_000)]
    suite: Annotated[str, msgspec.Meta(max_length=2_000)] = "/"


class SigningIn(Controller):
    @get("/connexion")
    async def ask(self, request: Request, suite: FromQuery[str] = "/") -> Template | Redirect:
        if request.user:
            return go(back_to(suite))
        return page(request, "members/sign_in.html", sent={"suite": back_to(suite)}, errors={})

    @post("/connexion")
    async def sign_in(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = SignInForm.read(sent)
        account = form and await recognise(same_address(form.email), form.password, address(request))
        if not form or not account:
            return page(request, "members/sign_in.html", 422, sent=sent, errors=errors or {"password": WRONG})
        if not account.is_confirmed:
            return page(request, "members/resend.html", 403, sent=sent, errors={}, unconfirmed=True)
        return go(back_to(form.suite), cookies=await enter(request, account.id))

    @post("/deconnexion")
    async def sign_out(self, request: Request) -> Redirect:
        return go("/", done="signed_out", cookies=await leave(request))


class ForgottenPassword(Controller):
    path = "/mot-de-passe-oublie"

    @get("/")
    async def ask(self, request: Request) -> Template:
        return page(request, "members/forgotten.html", sent={}, errors={})

    @post("/")
    async def send(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = AddressForm.checked(sent)
        if form is None:
            return page(request, "members/forgotten.html", 422, sent=sent, errors=errors)
        await brake_mail(form.email, address(request))
        await new_password.forgotten(form.email)
        return go("/mot-de-passe-oublie/courriel")

    @get("/courriel")
    async def look_at_your_mail(self, request: Request) -> Template:
        return page(request, "members/forgotten_sent.html")


class NewPassword(Controller):
    path = "/nouveau-mot-de-passe/{token:str}"
    exception_handlers = {LinkGone: link_gone}

    @get("/")
    async def ask(self, request: Request, token: FromPath[str]) -> Template:
        await look_at(token, LinkPurpose.new_password)
        return page(request, "members/new_password.html", token=token, errors={})

    @post("/")
    async def choose(self, request: Request, token: FromPath[str]) -> Template | Redirect:
        account = await account_of(await look_at(token, LinkPurpose.new_password))
        form, errors = PasswordForm.read(await request.form())
        weak = form and weakness(form.password, email=account.email, first_name=account.first_name)
        if not form or weak:
            errors = errors or {"password": weak or ""}
            return page(request, "members/new_password.html", 422, token=token, errors=errors)
        await new_password.choose_by_link(token, form.password)
        return go("/connexion", done="renewed")
