"""What the rules say of an ad."""

from listings.content import Content
from moderation.rules import Content as Screened
from moderation.rules import Verdict, screen_or_hold


def screened(content: Content) -> Verdict:
    """Never raises: a fault of the rules holds the ad for a person."""
    return screen_or_hold(
        Screened(
            title=content.title,
            body=content.body,
            category=content.category.value,
            kind=content.kind.value if content.kind else None,
            deal=content.deal.value if content.deal else None,
            price_cents=content.price_cents,
        )
    )
