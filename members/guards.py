"""Who may enter. A guard says what kind of person; which row, the access modules say.

Asynchronous, as Litestar runs a plain function in a thread: at every page, for nothing.
"""

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from app.refusals import NotAllowed, SignInFirst


async def signed_in(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    if connection.user is None:
        raise SignInFirst


async def moderator(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    await signed_in(connection, _)
    if not connection.user.is_moderator:
        raise NotAllowed


async def administrator(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    await signed_in(connection, _)
    if not connection.user.is_administrator:
        raise NotAllowed


async def correspondent(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    await signed_in(connection, _)
    if not connection.user.is_correspondent:
        raise NotAllowed


async def social_worker(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    await signed_in(connection, _)
    if not connection.user.is_social_worker:
        raise NotAllowed


async def team(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    """Moderators and administrators."""
    await signed_in(connection, _)
    if not (connection.user.is_moderator or connection.user.is_administrator):
        raise NotAllowed
