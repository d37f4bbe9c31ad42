"""Who may enter. A guard says what kind of person; which row, the access modules say."""

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from app.refusals import NotAllowed, SignInFirst


def signed_in(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    if connection.user is None:
        raise SignInFirst


def moderator(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    signed_in(connection, _)
    if not connection.user.is_moderator:
        raise NotAllowed


def administrator(connection: ASGIConnection, _: BaseRouteHandler) -> None:
    signed_in(connection, _)
    if not connection.user.is_administrator:
        raise NotAllowed
