"""How long, as a person says it."""


def in_hours(hours: float | None) -> str:
    """`40 min`, `5 h 30`, `3,5 jours`; a dash for nothing."""
    if hours is None:
        return "–"
    if hours >= 48:
        return f"{hours / 24:.1f}".removesuffix(".0").replace(".", ",") + " jours"
    minutes = round(hours * 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02}" if minutes % 60 else f"{minutes // 60} h"
