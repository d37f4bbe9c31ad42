"""A year whose report was made."""

from app import database
from app.dates import now, today
from moderation.figures.periods import of_year
from moderation.figures.transparency.files import as_json
from moderation.figures.transparency.making import make_report


async def a_frozen_year() -> int:
    year = today().year - 1
    await database.execute(
        "INSERT INTO transparency_year (year, made_at, figures) VALUES ($1, $2, $3::text::jsonb)",
        year,
        now(),
        as_json(await make_report(of_year(year))).decode(),
    )
    return year
