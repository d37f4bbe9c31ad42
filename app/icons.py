"""Icons from lucide-static: one cached sprite for the names used everywhere, the drawing itself for any other."""

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

DRAWINGS = Path(__file__).parent.parent / "node_modules" / "lucide-static" / "icons"

# What a page shows many times: a reference weighs a quarter of the drawing.
IN_SPRITE = (
    "accessibility", "arrow-right", "baby", "backpack", "ban", "bell", "building-2", "calendar",
    "calendar-days", "camera", "car", "chart-no-axes-column", "check", "chevron-down", "chevron-left",
    "chevron-right", "circle-alert", "circle-check", "circle-plus", "clock", "euro", "eye", "eye-off",
    "flag", "gavel", "hand-heart", "hand-helping", "handshake", "heart-handshake", "house", "image",
    "inbox", "info", "key-round", "landmark", "lightbulb", "lock-keyhole", "log-in", "log-out", "mail", "map-pin",
    "message-circle", "messages-square", "mountain", "paw-print", "pencil", "phone", "plus", "repeat", "scale",
    "search", "send", "settings", "shield-check", "sliders-horizontal", "tag", "trash-2", "trees",
    "triangle-alert", "user", "users", "waves", "x",
)  # fmt: skip

_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def icon(name: str, cls: str = "") -> Markup:
    """Return a decorative `<svg>` in the colour of its text; the word beside it says what it means.

    Raises LookupError for a name lucide does not have.
    """
    return _icon(str(name), cls)


@lru_cache(maxsize=1)
def sprite() -> bytes:
    symbols = "".join(f'<symbol id="{name}" viewBox="0 0 24 24">{_drawing(name)}</symbol>' for name in IN_SPRITE)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'.encode()


@lru_cache(maxsize=1)
def sprite_url() -> str:
    return f"/static/{sha256(sprite()).hexdigest()[:8]}/icons.svg"


@lru_cache(maxsize=512)
def _icon(name: str, cls: str) -> Markup:
    classes = Markup.escape(f"icon {cls}".strip())
    if name in IN_SPRITE:
        box, drawing = "", f'<use href="{sprite_url()}#{name}"/>'
    else:
        box, drawing = ' viewBox="0 0 24 24"', _drawing(name)
    return Markup(f'<svg class="{classes}"{box} aria-hidden="true">{drawing}</svg>')  # noqa: S704 - own files


def _drawing(name: str) -> str:
    file = DRAWINGS / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.is_file():
        raise LookupError(f"No icon named {name!r} in {DRAWINGS}: see lucide.dev/icons, or run `npm ci`.")
    inside = _INSIDE.search(file.read_text(encoding="utf-8"))
    if inside is None:
        raise LookupError(f"{file} holds no drawing.")
    return re.sub(r"\s+", " ", inside[1]).replace("> <", "><").replace(" />", "/>").strip()
