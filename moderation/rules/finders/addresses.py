"""Addresses on the Internet: mailboxes, also disguised, and pages."""

import re

from email_validator import EmailNotValidError, validate_email

from moderation.rules.finders.registry import finder
from moderation.rules.reading import Place, Reading, matches, without

_AT = re.compile(r"\s?[(\[{<]?\s?(?:@|\b(?:arobase|arobas|arrobase)\b|(?<=[(\[{<])\s?at\s?(?=[)\]}>]))\s?[)\]}>]?\s?")
_DOT = r"(?:\.|\s\.\s|\s?[(\[]\s?(?:\.|point|dot)\s?[)\]]\s?|\s(?:point|dot)\s)"
_DOMAIN = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}?{_DOT}[a-z]{{2,10}}\b")
_LOCAL_PART = re.compile(r"[\w.+-]{1,64}$")
_KNOWN_HOST = re.compile(
    r"\b[\w.+-]{2,64}\s(?:chez|at|a)\s(?:gmail|hotmail|outlook|yahoo|orange|wanadoo|laposte|free|sfr|icloud|proton\w{0,5})"
    r"(?:\s?(?:\.|point|dot)\s?(?:com|fr|net|me))\b"
)


@finder
def email_address(reading: Reading) -> list[Place]:
    """E-mail addresses, also with "arobase", "(at)" or "chez gmail point com"."""
    found = [place for match in _AT.finditer(reading.text) if (place := _mailbox_around(reading.text, match))]
    return sorted(found + without(matches(_KNOWN_HOST, reading.text), found))


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


# Without its "https", a page is told from two sentences with no blank between them by an ending that is no French word.
_PAGE = re.compile(
    r"(?<![\w@.-])(?:https?://[^\s<>\"'¶]{3,200}|www\.[\w.-]{3,80}"
    r"|[\w-]{2,60}\.(?:fr|com|net|org|eu|io|be|ch|shop|xyz|online)\b(?!\.\w)(?:/[^\s<>\"'¶]{0,200})?)"
)


@finder
def page(reading: Reading) -> list[Place]:
    """Addresses of pages."""
    return matches(_PAGE, reading.text)
