"""Addresses that carry their own proof: who signed them can be told, and for what."""

from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from app.settings import settings


def signed(purpose: str, what: Any) -> str:
    """A token for an address. `what` is JSON that anyone holding the token can read; `purpose` keeps a token made for
    one thing from being used for another."""
    return str(_serializer(purpose).dumps(what))


def unsigned(purpose: str, token: str) -> Any | None:
    """What was signed; None when the token is not ours, was changed, or was made for something else."""
    try:
        return _serializer(purpose).loads(token)
    except BadSignature:
        return None


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret, salt=purpose)
