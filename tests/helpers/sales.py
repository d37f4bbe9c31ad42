"""Sales of the cast, as the count of a year keeps them."""

from app import database
from app.dates import today
from members.tables import Member


async def sold(member: Member, times: int, year: int | None = None) -> None:
    """So many ads put on sale that year (this one), erased since."""
    await database.execute(
        "INSERT INTO sale (listing, member, year, put_on_sale_at)"
        " SELECT gen_random_uuid(), $1, $2, now() FROM generate_series(1, $3)",
        member.id,
        year or today().year,
        times,
    )
