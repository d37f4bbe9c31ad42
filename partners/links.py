"""An address on the web as a partner gives it, without what follows those who open it."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

LONGEST = 300
_FOLLOWS = re.compile(
    r"(utm_|mtm_|pk_|piwik_|hsa_|_hs|mc_(c|e)id|at_|xtor|gclid|gbraid|wbraid|dclid|fbclid|msclkid|ttclid|twclid|yclid"
    r"|igshid|li_fat_id|oly_|vero_|ref$|ref_|referrer$|source$|src$|aff|partner_?id|campaign|tracking|trk)",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE)


class NoAddress(ValueError):
    """What was typed is no address of a page."""


def without_trackers(typed: str) -> str:
    """The address over https or http, without the parameters that tell where somebody comes from. Raises NoAddress."""
    typed = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise NoAddress(typed) from None
    # A name before the host (`https://impots.gouv.fr@evil.example`) only ever deceives.
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise NoAddress(typed)
    if len(typed) > LONGEST or not typed.isprintable() or " " in typed:
        raise NoAddress(typed)
    return urlunsplit((parts.scheme, host + port, parts.path, _kept(parts.query), _kept_fragment(parts.fragment)))


def follows(typed: str) -> bool:
    """Whether something of it tells where its readers come from."""
    parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    return _kept(parts.query) != _kept(parts.query, every=True) or bool(
        parts.fragment and not _kept_fragment(parts.fragment)
    )


def _kept(query: str, *, every: bool = False) -> str:
    asked = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in asked if every or not _FOLLOWS.match(name)])


def _kept_fragment(fragment: str) -> str:
    """A place in the page, unless it carries parameters of its own."""
    return "" if "=" in fragment else fragment
