"""How long an ad stays online."""

from datetime import date, datetime, time, timedelta

from app.dates import now
from listings.content import Content
from listings.kinds import Category
from places.communes import commune
from places.zones import zone_of

LIVES = timedelta(days=60)
TIP_LIVES = HOME_LIVES = OFFER_LIVES = timedelta(days=365)
"""A good address is still good after two months, and nobody waits for an answer; “still true?” prolongs it. A home is
exchanged from one summer to the next, and what a body agreed with a partner is agreed again each year."""
LIFE = {Category.tips: TIP_LIVES, Category.home: HOME_LIVES, Category.local_offer: OFFER_LIVES}


def lives(content: Content) -> timedelta:
    return LIFE.get(content.category, LIVES)


def expiry(content: Content, since: datetime | None = None) -> datetime:
    """60 days (a tip, a home, a local offer: 365) after `since` (now), or the end of its last day, where the
    ad is, when that is sooner."""
    return _by_its_last_day(content, (since or now()) + lives(content))


def given_back(content: Content, expires_at: datetime, away_since: datetime) -> datetime:
    """When an ad that comes back now ends: after the time it had left, or with its last day when that is sooner."""
    return _by_its_last_day(content, now() + (expires_at - away_since))


def _by_its_last_day(content: Content, term: datetime) -> datetime:
    last = last_moment(content)
    return min(term, last) if last else term


def last_moment(content: Content) -> datetime | None:
    """The end of the day by which it is wanted or of its last date, where the ad is; None when it has no such day."""
    days = [content.wanted_by, content.schedule and content.schedule.ends_on]
    place = commune(content.commune) if content.commune else None
    zone = zone_of(place.department if place else None)
    ends = [datetime.combine(day + timedelta(days=1), time(0), zone) for day in days if day]
    return min(ends, default=None)


def last_day(ends: datetime, department: str | None) -> date:
    """The last day of what `ends` then, where it is: what ends at midnight is last there the day before."""
    return (ends.astimezone(zone_of(department)) - timedelta(microseconds=1)).date()
