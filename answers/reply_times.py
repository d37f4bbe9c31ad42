"""How long a member usually lets others wait, in words."""

ENOUGH = 3
HOUR, DAY = 3600, 86_400


def usual_reply_time(replies: int, median: float | None) -> str:
    """`median` in seconds; nothing under three replies, which say nothing of a habit."""
    if replies < ENOUGH or median is None:
        return ""
    if median < HOUR:
        return "répond souvent dans l’heure"
    if median < DAY:
        return "répond souvent dans la journée"
    if median < 2 * DAY:
        return "répond souvent le lendemain"
    return "répond souvent en quelques jours"
