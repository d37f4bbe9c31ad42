"""How much a member sells: one sale per ad that puts something on sale, per calendar year (in Paris).

Counted at the first publication and never twice, whatever the quantity of the ad: a lot goes to one person more often
than to ten, and who sells the same thing again and again is found by listings/market/repeating.py. The count
survives the ad.

Where the two numbers come from: a platform declares a seller to the tax office unless, in the year, they made fewer
than 30 sales of goods for 2,000 € at most (directive (EU) 2021/514 “DAC7”; code général des impôts, article 1649 ter C,
II, 4°). No payment goes through this site, which is no market: the thirtieth sale of a year is read by a person first,
and half-way there the author is told.
"""

from uuid import UUID

from app import database
from app.dates import today
from listings.kinds import Deal
from moderation.rules import Action, Finding

ADVISED, HELD = 15, 30
RULE = "commerce.many-sales"
VERSION = 2


async def count_sale(listing: UUID) -> None:
    """An ad is online: if it sells, it counts as a sale of this year, once in its life. In the caller's transaction."""
    await database.execute(
        "INSERT INTO sale (listing, member, year, put_on_sale_at) SELECT id, author, $2, clock_timestamp() FROM listing"
        " WHERE id = $1 AND deal = 'sell' AND status = 'published' ON CONFLICT (listing) DO NOTHING",
        listing,
        today().year,
    )


async def sales_this_year(member: UUID) -> int:
    return await database.value("SELECT count(*) FROM sale WHERE member = $1 AND year = $2", member, today().year)


async def advice_on_sales(member: UUID) -> str:
    """What the page of one's own ads says of them; empty while they are few."""
    number = await sales_this_year(member)
    if number < ADVISED:
        return ""
    after = f"à partir de la {HELD}e annonce, une personne de l’équipe lit avant qu’elle soit visible"
    return f"Vous avez mis {number} objets en vente cette année\u202f: {after}. Pensez au don ou au prêt."


async def about_sales(deal: Deal | None, author: UUID, listing: UUID | None) -> Finding | None:
    """What is said of one more sale: nothing, an advice from the fifteenth, a reading from the thirtieth.

    An ad that was counted already is changed or prolonged without a word.
    """
    if deal is not Deal.sell:
        return None
    counted = await database.row(
        "SELECT count(*) AS sales, coalesce(bool_or(listing = $3), FALSE) AS is_counted FROM sale"
        " WHERE member = $1 AND (year = $2 OR listing = $3)",
        author,
        today().year,
        listing,
    )
    number = counted["sales"] + 1 if counted else 1
    if number < ADVISED or (counted and counted["is_counted"]):
        return None
    if number < HELD:
        return Finding(RULE, VERSION, Action.ADVISE, told(number))
    return Finding(
        RULE,
        VERSION,
        Action.HOLD,
        f"{told(number)} Une personne de l’équipe va lire cette annonce.",
        to_moderators=f"C’est la {number}e vente de cette personne cette année (à partir de {HELD}, chaque annonce de"
        " vente est relue). Vend-elle ses propres affaires, ou en fait-elle commerce\u202f?",
    )


def told(number: int) -> str:
    """What the author of so many sales in a year is told."""
    return (
        f"C’est votre {number}e vente de l’année. Entraide n’est pas un marché\u202f: pensez au don ou au prêt. À"
        f" partir de {HELD} ventes ou de 2\u202f000\u202f€ par an, une place de marché les déclare aux impôts."
    )
