"""Days and hours as people type them where the browser offers no picker."""

import re
from datetime import date, time
from typing import Any

_FRENCH_DAY = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*")
_HOUR = re.compile(r"\s*(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)?(?::\d{2})?\s*")


def iso_day(typed: Any) -> Any:
    """`31/05/2027` as `2027-05-31`; anything else as it is."""
    said = _FRENCH_DAY.fullmatch(typed) if isinstance(typed, str) else None
    return f"{said[3]}-{int(said[2]):02}-{int(said[1]):02}" if said else typed


def day(typed: str) -> date:
    """Raises ValueError."""
    return date.fromisoformat(iso_day(typed).strip())


def clock(typed: str) -> time:
    """`16:30`, `16h30`, `8 h`. Raises ValueError."""
    said = _HOUR.fullmatch(typed)
    if not said:
        raise ValueError(typed)
    return time(int(said[1]), int(said[2] or 0))
