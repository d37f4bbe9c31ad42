"""What the rules say of an ad, and of how much its author sells."""

from uuid import UUID

from app import database
from listings.content import Content
from listings.kinds import Deal
from moderation.rules import Action, Finding, Verdict, screen_or_hold
from moderation.rules import Content as Screened

SALES_ADVISED, SALES_HELD = 15, 30
"""Sales a year from which a member is warned, then read first: beyond, it is a trade (and a declaration)."""


async def screened(content: Content, author: UUID) -> Verdict:
    """A fault of the rules holds the ad for a person."""
    verdict = screen_or_hold(
        Screened(
            title=content.title,
            body=content.body,
            category=content.category.value,
            kind=content.kind.value if content.kind else None,
            deal=content.deal.value if content.deal else None,
            price_cents=content.price_cents,
            more={"summary": content.details["summary"]} if content.details.get("summary") else {},
        )
    )
    finding = await _many_sales(author) if content.deal is Deal.sell else None
    return _with(verdict, finding) if finding else verdict


async def _many_sales(author: UUID) -> Finding | None:
    sales = await database.value(
        "SELECT count(*) FROM listing WHERE author = $1 AND deal = 'sell' AND published_at > now() - interval '1 year'",
        author,
    )
    if sales < SALES_ADVISED:
        return None
    told = f"Vous avez publié {sales} ventes en un an. Entraide n’est pas un commerce\u202f: pensez au don ou au prêt."
    if sales < SALES_HELD:
        return Finding("commerce.many-sales", 1, Action.ADVISE, told)
    return Finding("commerce.many-sales", 1, Action.HOLD, f"{told} Une personne de l’équipe va lire cette annonce.")


def _with(verdict: Verdict, finding: Finding) -> Verdict:
    strongest = max(verdict.action, finding.action, key=lambda action: action.strength)
    return Verdict(strongest, (*verdict.findings, finding), verdict.ruleset)
