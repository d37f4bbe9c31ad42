"""The letter a body hands to its people: what Entraide is, its code, and a square to photograph."""

from datetime import datetime
from urllib.parse import quote

import segno
from babel.dates import format_date
from markupsafe import Markup

from app.settings import PARIS, settings
from members.codes import shown


def joining_address(code: str = "") -> str:
    """Where one joins, with the code filled in when given."""
    return f"{settings().site_url}/rejoindre" + (f"?code={quote(shown(code))}" if code else "")


def qr_square(address: str) -> Markup:
    """An inline `<svg>` of a QR code; a quarter of it may be stained and it still reads."""
    drawn = segno.make(address, error="q", micro=False).svg_inline(
        border=2, omitsize=True, svgclass="qr", lineclass="qr-line", dark="#000", light="#fff"
    )
    return Markup(drawn)  # noqa: S704 - drawn by segno from squares; the address itself is not written in it


def last_day(expires_at: datetime) -> str:
    """`1er mars 2027`: a letter stays on a wall for months, so that the year is always said."""
    said = format_date(expires_at.astimezone(PARIS), "d MMMM y", locale="fr")
    return f"1er{said[1:]}" if said.startswith("1 ") else said
