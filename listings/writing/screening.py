"""What the rules say of an ad, of how much its author sells, and of saying the same again."""

from dataclasses import replace
from uuid import UUID

from listings.content import MORE_WORDS, Content
from listings.market.repeating import Repeat, repeat_of
from listings.market.selling import about_sales
from moderation.rules import AuthorRecord, Finding, Verdict, screen_or_hold
from moderation.rules import Content as Screened
from moderation.rules.authors import record_of


async def screened(content: Content, author: UUID, listing: UUID | None = None) -> Verdict:
    """`listing` is the ad itself, when it may have been online before. A fault of the rules holds it for a person."""
    verdict = screen_or_hold(to_screen(content, await record_of(author)))
    return _with(verdict, await about_sales(content.deal, author, listing))


def to_screen(content: Content, author: AuthorRecord | None = None) -> Screened:
    """All of an ad the rules look at."""
    schedule = content.schedule
    return Screened(
        title=content.title,
        body=content.body,
        category=content.category.value,
        kind=content.kind.value if content.kind else None,
        deal=content.deal.value if content.deal else None,
        price_cents=content.price_cents,
        more={name: content.details[name] for name in MORE_WORDS if content.details.get(name)},
        starts_on=schedule.starts_on if schedule else None,
        ends_on=schedule.ends_on if schedule else None,
        wanted_by=content.wanted_by,
        quantity=content.quantity,
        has_photos=bool(content.photos),
        author=author,
    )


async def screened_as_new(content: Content, author: UUID, listing: UUID) -> tuple[Verdict, Repeat | None]:
    """An ad about to be sent: what the rules say, and the author's own ad it repeats."""
    verdict = await screened(content, author, listing)
    repeat = await repeat_of(listing, content, author)
    return _with(verdict, repeat.finding if repeat else None), repeat


def _with(verdict: Verdict, finding: Finding | None) -> Verdict:
    if finding is None:
        return verdict
    strongest = max(verdict.action, finding.action, key=lambda action: action.strength)
    return replace(verdict, action=strongest, findings=(*verdict.findings, finding))
