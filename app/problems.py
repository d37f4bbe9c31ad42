"""From what went wrong to a page that says what to do next. Status codes are decided here and nowhere else."""

import logging
import traceback
from collections.abc import Sequence
from urllib.parse import quote

import asyncpg
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_404_NOT_FOUND, HTTP_413_REQUEST_ENTITY_TOO_LARGE

from app.followed import was_followed
from app.pages import flashes, go, page
from app.refusals import ALREADY, AlreadyDone, Refused, SignInFirst, Suspended
from app.security import ANONYMOUS

log = logging.getLogger(__name__)

flashes(already_done=ALREADY)

SUSPENDED = "/moi/suspension"
KEPT_NOWHERE = (*ANONYMOUS, "/service-social")
"""Where what is typed is written in no log: the words of a failure may quote it."""
DATABASE_AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InternalClientError,  # a connection that broke a moment ago and has not heard of it yet
    asyncpg.ObjectNotInPrerequisiteStateError,  # a database that takes no connections for the moment
)

TITLES = {
    400: "Cette demande n’a pas été comprise",
    401: "Connectez-vous d’abord",
    403: "Accès réservé",
    404: "Page introuvable",
    405: "Cette demande n’a pas été comprise",
    409: "Ce n’est plus possible",
    410: "Ce lien ne fonctionne plus",
    413: "L’envoi est trop lourd",
    429: "Un peu trop vite",
    503: "Un instant",
}
WHYS = {
    400: "L’adresse ou le formulaire contient une valeur qui ne convient pas.",
    403: "Elle est restée ouverte trop longtemps, vous vous êtes déconnecté entre-temps, ou votre navigateur refuse les"
    " cookies. Revenez à la page précédente : ce que vous aviez écrit y est encore. Copiez-le, rechargez la page et"
    " recommencez.",
    404: "Cette page n’existe pas, ou elle n’est plus accessible.",
    405: "Cette adresse ne s’ouvre pas de cette façon.",
    413: "Ce texte est trop long : raccourcissez-le, puis renvoyez-le.",
    503: "Le site reprend son souffle. Ce que vous aviez déjà envoyé est gardé ; rechargez la page dans un instant.",
    500: "Une erreur de notre côté. Elle est enregistrée ; ce que vous aviez déjà envoyé est gardé.",
}
TOO_HEAVY_FILES = "Choisissez des fichiers ou des photos moins lourds, ou envoyez-les en plusieurs fois."
GONE = (
    "Ce n’est plus là",
    "Ce dont parlait cette notification a été retiré, supprimé ou remplacé depuis, ou ne vous est plus ouvert.",
    ("/notifications", "Revenir aux notifications"),
)


def refused(request: Request, problem: Refused) -> Template:
    return _problem(request, problem.status, str(problem), leads_to=problem.leads_to, written=problem.written)


def already_done(request: Request, again: AlreadyDone) -> Redirect:
    return go(again.path, done="already_done")


def sign_in_first(request: Request, _: SignInFirst) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = wanted if request.method == "GET" else "/"
    if "hx-request" in request.headers:
        return Response(None, status_code=401, headers={"hx-redirect": f"/connexion?suite={quote(back)}"})
    return Redirect(f"/connexion?suite={quote(back)}", status_code=303)


def suspended(request: Request, _: Suspended) -> Response:
    """Nothing that was sent is done. A program that waits for events, and no page, is told so at once."""
    if "hx-request" in request.headers:
        return Response(None, status_code=403, headers={"hx-redirect": SUSPENDED})
    if "text/event-stream" in request.headers.get("accept", ""):
        return Response(None, status_code=403)
    return Redirect(SUSPENDED, status_code=303)


def http_error(request: Request, problem: HTTPException) -> Template:
    status = problem.status_code
    # Our own refusals are `Refused`: the framework's only 403 is a form whose token has passed.
    title = "Cette page a expiré" if status == 403 else None
    carries_files = request.headers.get("content-type", "").startswith("multipart/")
    why = TOO_HEAVY_FILES if status == HTTP_413_REQUEST_ENTITY_TOO_LARGE and carries_files else WHYS.get(status)
    return _problem(request, status, why or WHYS[400], title)


def crashed(request: Request, problem: Exception) -> Template:
    # The route, not the address: some addresses carry a secret link of an e-mail.
    route = request.scope.get("path_template", "?")
    if request.url.path.startswith(KEPT_NOWHERE):
        where = "".join(traceback.format_tb(problem.__traceback__))
        log.error("%s %s: %s\n%s", request.method, route, type(problem).__name__, where)
    else:
        log.error("%s %s", request.method, route, exc_info=problem)
    status = 503 if isinstance(problem, DATABASE_AWAY) else 500
    return _problem(request, status, WHYS[status])


def _problem(
    request: Request,
    status: int,
    why: str,
    title: str | None = None,
    leads_to: tuple[str, str] | None = None,
    written: Sequence[str] = (),
) -> Template:
    is_gone = status == HTTP_404_NOT_FOUND and was_followed(request)
    if is_gone:
        title, why, leads_to = GONE
    title = title or TITLES.get(status, "Cela n’a pas fonctionné")
    return page(
        request,
        "problem.html",
        status,
        code=status,
        title=title,
        why=why,
        leads_to=leads_to,
        written=written,
        is_gone=is_gone,
    )
