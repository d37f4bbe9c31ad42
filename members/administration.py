"""The administrators' pages: the site in figures, its bodies and their codes, its roles."""

from uuid import UUID

from asyncpg import Record
from litestar import Controller, Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from app.figures import figures
from app.forms import Errors
from app.pages import flashes, go, page
from app.refusals import Refused
from listings.kinds import CATEGORY
from members import bodies, issuing, letters, roles
from members.guards import administrator
from members.tables import RoleKind
from moderation.appeals.judges import appeals_that_wait
from places.communes import commune
from places.departments import department, departments

flashes(
    body_created="L’organisme est créé. Délivrez-lui un code pour que ses membres puissent s’inscrire.",
    code_issued="Le code est délivré. Imprimez la lettre pour la remettre à l’organisme.",
    code_rotated="Le nouveau code est en place ; l’ancien n’ouvre plus rien.",
    code_revoked="Le code est révoqué : plus personne ne peut s’inscrire avec lui.",
    role_granted="Le rôle est donné. Il vaut dès la prochaine page que cette personne ouvre.",
    role_changed="Le périmètre est changé.",
    role_withdrawn="Le rôle est retiré.",
)
NO_CODE = "Cet organisme n’a pas de code en cours de validité. Délivrez-lui un code, puis imprimez la lettre."
CODE_OFFERED = {"months": "12", "most_uses": "100"}


class Administration(Controller):
    path = "/administration"
    guards = [administrator]

    @get("/")
    async def show(self, request: Request) -> Template:
        return page(request, "administration/figures.html", figures=await figures(), appeals=await appeals_that_wait())


class Bodies(Controller):
    path = "/administration/organismes"
    guards = [administrator]

    @get("/")
    async def list(self, request: Request, q: FromQuery[str] = "", apres: FromQuery[UUID | None] = None) -> Template:
        named = q.replace("\x00", "").strip()[:120]
        shelf = await bodies.bodies(named, apres)
        return page(
            request, "administration/bodies.html", shelf=shelf, q=named, is_first=apres is None, kinds=bodies.KIND
        )

    @get("/nouveau")
    async def ask(self, request: Request) -> Template:
        return _body_form(request, sent={"kind": "employer"}, errors={})

    @post("/")
    async def create(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = bodies.BodyForm.read(sent)
        errors = errors or (form.errors() if form else {})
        created = None if form is None or errors else await bodies.create_body(form, request.user.id)
        if created is None:
            return _body_form(request, 422, sent=sent, errors=errors or {"name": bodies.TAKEN})
        return go(f"/administration/organismes/{created}", done="body_created")


class OneBody(Controller):
    path = "/administration/organismes/{body_id:uuid}"
    guards = [administrator]

    @get("/")
    async def show(self, request: Request, body_id: FromPath[UUID]) -> Template:
        return await _body_page(request, body_id)

    @post("/code")
    async def issue(self, request: Request, body_id: FromPath[UUID]) -> Template | Redirect:
        body = await bodies.body(body_id)
        form, errors = issuing.CodeForm.read(await request.form())
        if form is None:
            return await _body_page(request, body_id, 422, errors)
        await issuing.issue(body["id"], form, request.user.id)
        return go(f"/administration/organismes/{body_id}", done="code_issued")

    @post("/code/{code_id:uuid}/remplacement")
    async def rotate(self, request: Request, body_id: FromPath[UUID], code_id: FromPath[UUID]) -> Template | Redirect:
        body = await bodies.body(body_id)
        form, errors = issuing.CodeForm.read(await request.form())
        if form is None:
            return await _body_page(request, body_id, 422, errors)
        await issuing.rotate(body["id"], code_id, form, request.user.id)
        return go(f"/administration/organismes/{body_id}", done="code_rotated")

    @post("/code/{code_id:uuid}/revocation")
    async def revoke(self, request: Request, body_id: FromPath[UUID], code_id: FromPath[UUID]) -> Redirect:
        await issuing.revoke(body_id, code_id, request.user.id)
        return go(f"/administration/organismes/{body_id}", done="code_revoked")

    @get("/lettre")
    async def letter(self, request: Request, body_id: FromPath[UUID]) -> Template:
        body = await bodies.body(body_id)
        living, _ = await issuing.codes_of(body_id)
        if living is None or not living.opens:
            raise Refused(NO_CODE)
        return _letter(request, body, living)


class Roles(Controller):
    path = "/administration/roles"
    guards = [administrator]

    @get("/")
    async def list(self, request: Request) -> Template:
        return await _roles_page(request, sent={"kind": "moderator"}, errors={})

    @post("/")
    async def grant(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = await roles.asked_to_grant(sent)
        if form is None or (errors := await roles.grant(form, request.user.id)):
            return await _roles_page(request, 422, sent=sent, errors=errors)
        return go("/administration/roles", done="role_granted")


class OneRole(Controller):
    path = "/administration/roles/{role_id:uuid}"
    guards = [administrator]

    @get("/")
    async def show(self, request: Request, role_id: FromPath[UUID]) -> Template:
        role = await roles.role(role_id)
        sent = {"categories": role["categories"], "departments": ", ".join(role["departments"])}
        return _role_page(request, role, sent=sent, errors={})

    @post("/")
    async def change(self, request: Request, role_id: FromPath[UUID]) -> Template | Redirect:
        sent = await request.form()
        form, errors = roles.Scope.read(sent)
        if form is None:
            return _role_page(request, await roles.role(role_id), 422, sent=sent, errors=errors)
        await roles.change_scope(role_id, form, request.user.id)
        return go("/administration/roles", done="role_changed")

    @post("/retrait")
    async def withdraw(self, request: Request, role_id: FromPath[UUID]) -> Redirect:
        role = await roles.role(role_id)
        await roles.withdraw(role_id, request.user.id)
        is_own = role["member"] == request.user.id and role["kind"] == RoleKind.administrator
        return go("/" if is_own else "/administration/roles", done="role_withdrawn")


def _body_form(request: Request, status: int = 200, **given: object) -> Template:
    listed = [(one.code, one.label) for one in departments()]
    return page(
        request, "administration/body_form.html", status, kinds=bodies.KIND.items(), departments=listed, **given
    )


async def _body_page(request: Request, body_id: UUID, status: int = 200, errors: Errors | None = None) -> Template:
    body = await bodies.body(body_id)
    living, revoked = await issuing.codes_of(body_id)
    sent = CODE_OFFERED if errors is None else await request.form()
    where = department(body["department"]) if body["department"] else None
    return page(
        request,
        "administration/body.html",
        status,
        body=body,
        kind=bodies.KIND[body["kind"]],
        where=where,
        living=living,
        revoked=revoked,
        sent=sent,
        errors=errors or {},
    )


def _letter(request: Request, body: Record, code: issuing.Code) -> Template:
    return page(
        request,
        "administration/letter.html",
        body=body,
        code=code,
        until=letters.last_day(code.expires_at),
        square=letters.qr_square(letters.joining_address(code.code)),
        address=letters.joining_address(),
    )


async def _roles_page(request: Request, status: int = 200, **given: object) -> Template:
    held = await roles.roles()
    return page(
        request,
        "administration/roles.html",
        status,
        roles=held,
        kinds=roles.KIND,
        place=_label,
        choices=_choices(),
        **given,
    )


def _role_page(request: Request, role: Record, status: int = 200, **given: object) -> Template:
    return page(
        request,
        "administration/role.html",
        status,
        role=role,
        kinds=roles.KIND,
        place=_label,
        choices=_choices(),
        **given,
    )


def _choices() -> list[tuple[str, str]]:
    return [(category.value, name) for category, name in CATEGORY.items()]


def _label(code: str) -> str:
    found = commune(code)
    return found.label if found else code
