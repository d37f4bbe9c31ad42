"""Where a request comes from, for throttling only."""

from ipaddress import IPv6Address, ip_address

from litestar import Request

from app.settings import settings


def address(request: Request) -> str:
    """The client's address; behind `trusted_proxies` proxies, the one the outermost of them saw. Of IPv6 its network of
    64 bits, which is what one subscriber has: who changes address within it gets no more tries."""
    proxies = settings().trusted_proxies
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return _subscriber(forwarded[-proxies])
    return _subscriber(request.client.host) if request.client else "unknown"


def _subscriber(host: str) -> str:
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(found, IPv6Address):
        return host
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
