"""Where a request comes from, for throttling only."""

from litestar import Request

from app.settings import settings


def address(request: Request) -> str:
    """The client's address; behind `trusted_proxies` proxies, the one the outermost of them saw."""
    proxies = settings().trusted_proxies
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.client.host if request.client else "unknown"
