"""Which of their ads an author is written about, for eyes that must learn nothing of it: the day it was published."""

from datetime import datetime

from app.dates import hour, in_words
from app.settings import PARIS

_DAY = "({}.published_at AT TIME ZONE 'Europe/Paris')::date"
HAS_OTHERS_THAT_DAY = (
    "EXISTS (SELECT FROM listing other WHERE other.author = l.author AND other.id <> l.id"
    f" AND {_DAY.format('other')} = {_DAY.format('l')}) AS has_others_that_day"
)
"""A column of `l`: whether its author published other ads on the same day."""


def published_in_words(published_at: datetime | None, has_others_that_day: bool) -> str:
    """`3 mars`, with the hour when the day alone would not tell; nothing for an ad never published."""
    if published_at is None:
        return ""
    local = published_at.astimezone(PARIS)
    _, _, day = in_words(local.date()).partition(" ")
    return day + (f" à {hour(local.time())}" if has_others_that_day else "")
