"""Headers every answer carries, also those no route made."""

from collections.abc import Awaitable, Callable

from litestar.types import Message, Scope

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",  # blob: a photo shown before it is sent
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), interest-cohort=()",
    "x-robots-tag": "noindex",
}
ANONYMOUS = ("/droits", "/contacts", "/offres")
"""Where a visitor's browser is given no cookie at all: what is sent there is kept nowhere, so that its forms need no
proof of where they were filled in (`exclude_from_csrf`)."""
HTTPS_ONLY = {"strict-transport-security": "max-age=63072000; includeSubDomains"}


def is_anonymous(scope: Scope) -> bool:
    """Whether this is a visitor on a page that sets them no cookie."""
    path = scope["path"]
    return scope.get("user") is None and any(path == one or path.startswith(f"{one}/") for one in ANONYMOUS)


def _gives_cookie(name: bytes, value: bytes) -> bool:
    """A cookie that is taken back may go."""
    return name.lower() == b"set-cookie" and b"max-age=0" not in value.lower()


def security_headers(is_https: bool) -> Callable[[Message, Scope], Awaitable[None]]:
    """A `before_send` hook."""
    fixed = [(k.encode(), v.encode()) for k, v in (HEADERS | (HTTPS_ONLY if is_https else {})).items()]

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] == "http.response.start":
            given = message.get("headers", [])
            if is_anonymous(scope):
                given = [(name, value) for name, value in given if not _gives_cookie(name, value)]
            message["headers"] = [*given, *fixed]

    return add
