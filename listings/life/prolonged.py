"""Whether an ad was prolonged by a click before this one."""

from app.refusals import AlreadyDone
from listings.ad import Ad
from listings.kinds import Status


def guard_prolonged(ad: Ad, leads_to: str) -> None:
    """Raises AlreadyDone when it was, and is read over before it goes on."""
    if ad.status is Status.pending and ad.published_at:
        raise AlreadyDone(leads_to)
