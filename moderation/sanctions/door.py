"""Where a suspended member may still go: what was decided about them, contesting it, the safety of their account, the
social service (its workers answer nobody while they are suspended), and what anyone may read: rights with their
simulators, which keep nothing, contacts and local offers.

One guard of the whole site: a route that is not named here leads to the page that says until when, and why.
"""

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from app.refusals import Suspended

OPEN = (
    "/moi/suspension",
    "/moi/decisions",
    "/decisions",
    "/recours",
    "/moi/recours",
    "/moi/mot-de-passe",
    "/moi/appareils",
    "/deconnexion",
    "/static",
    "/charte",
    "/credits",
    "/aide-et-ecoute",
    "/service-social",
    "/transparence",
    "/signaler-un-contenu-illicite",
    "/lien/courriels",
    "/droits",
)
READ = ("/contacts", "/offres")
"""Lists and their pages, only read: what hangs below a page, as reporting it, stays closed."""


async def not_suspended(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    """Raises Suspended. Nobody is known on static files, where no session is resumed."""
    me = connection.scope.get("user")
    if me and me.is_suspended and not _is_open(connection.scope["path"], connection.scope.get("method")):
        raise Suspended


def _is_open(path: str, method: object) -> bool:
    return _within(path, OPEN) or (
        method in ("GET", "HEAD") and _within(path, READ) and path.rstrip("/").count("/") <= 2
    )


def _within(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)
