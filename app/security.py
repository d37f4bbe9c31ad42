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
HTTPS_ONLY = {"strict-transport-security": "max-age=63072000; includeSubDomains"}


def security_headers(is_https: bool) -> Callable[[Message, Scope], Awaitable[None]]:
    """A `before_send` hook."""
    fixed = [(k.encode(), v.encode()) for k, v in (HEADERS | (HTTPS_ONLY if is_https else {})).items()]

    async def add(message: Message, _: Scope) -> None:
        if message["type"] == "http.response.start":
            message.setdefault("headers", [])
            message["headers"] = [*message["headers"], *fixed]

    return add
