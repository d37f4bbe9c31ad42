"""Addresses on the Internet: mailboxes, also disguised, and pages."""

import re

from email_validator import EmailNotValidError, validate_email

from moderation.rules.finders.registry import finder
from moderation.rules.reading import Place, Reading, matches, without

_AT = re.compile(r"\s?[(\[{<]?\s?(?:@|\b(?:arobase|arobas|arrobase)\b|(?<=[(\[{<])\s?at\s?(?=[)\]}>]))\s?[)\]}>]?\s?")
_SIGN = re.compile(r"@|\barr?obas|[(\[{<]\s?at\s?[)\]}>]")
_DOT = r"(?:\.|\s\.\s|\s?[(\[]\s?(?:\.|point|dot)\s?[)\]]\s?|\s(?:point|dot)\s)"
_DOMAIN = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}?{_DOT}[a-z]{{2,10}}\b")
_LOCAL_PART = re.compile(r"[\w.+-]{1,64}$")
_KNOWN_HOST = re.compile(
    r"\s(?:chez|at|a)\s(?:gmail|hotmail|outlook|yahoo|orange|wanadoo|laposte|free|sfr|icloud|proton\w{0,5})"
    r"(?:\s?(?:\.|point|dot)\s?(?:com|fr|net|me))\b"
)


@finder
def email_address(reading: Reading) -> list[Place]:
    """E-mail addresses, also with "arobase", "(at)" or "chez gmail point com"."""
    text = reading.text
    signs = _AT.finditer(text) if _SIGN.search(text) else ()
    found = [place for match in signs if (place := _mailbox_around(text, match))]
    hosted = [place for match in _KNOWN_HOST.finditer(text) if (place := _with_its_name(text, match))]
    return sorted(found + without(hosted, found))


def _with_its_name(text: str, host: re.Match[str]) -> Place | None:
    local = _LOCAL_PART.search(text[max(0, host.start() - 64) : host.start()])
    return (host.start() - len(local.group()), host.end()) if local and len(local.group()) > 1 else None


def _mailbox_around(text: str, at: re.Match[str]) -> Place | None:
    domain = _DOMAIN.match(text, at.end())
    local = _LOCAL_PART.search(text[max(0, at.start() - 64) : at.start()])
    if not domain or not local or not _is_mailbox(local.group(), re.sub(_DOT, ".", domain.group())):
        return None
    return at.start() - len(local.group()), domain.end()


def _is_mailbox(local: str, domain: str) -> bool:
    try:
        validate_email(f"{local.strip('.')}@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


# A normalised text keeps one slash of two. Without its "https", a page is told from two sentences that lack a blank by
# an ending that is no French word.
_PAGE = re.compile(
    r"(?<![\w@.-])(?:https?:/[^\s<>\"'¶]{3,200}|www\.[\w.-]{3,80}"
    r"|[\w-]{2,60}\.(?:fr|com|net|org|eu|io|be|ch|shop|xyz|online)\b(?!\.\w)(?:/[^\s<>\"'¶]{0,200})?)"
)


@finder
def page(reading: Reading) -> list[Place]:
    """Addresses of pages."""
    return matches(_PAGE, reading.text)
