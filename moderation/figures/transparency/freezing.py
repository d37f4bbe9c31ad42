"""Each year's report is made once, in the first hours of January, and never again."""

import msgspec

from app import database
from app.database import transaction
from app.dates import now, today
from moderation import audit
from moderation.figures.periods import of_year
from moderation.figures.transparency.files import as_json
from moderation.figures.transparency.making import make_report
from moderation.figures.transparency.report import Report

LAST_MONTH = 2
"""January, and February for who could not in January: reports are due within two months, and what a later one would
count has begun to be erased."""


async def freeze_last_year() -> None:
    """Makes the report of the year that ended, unless it is made or nobody was a member then.

    Whatever runs it at the same time, one row stays: the first. What is old enough to be erased waits for it.
    """
    year = today().year - 1
    if today().month > LAST_MONTH or await frozen(year) or not await _had_members(year):
        return
    report = await make_report(of_year(year))
    async with transaction():
        made = await database.value(
            "INSERT INTO transparency_year (year, made_at, figures) VALUES ($1, $2, $3::text::jsonb)"
            " ON CONFLICT (year) DO NOTHING RETURNING year",
            year,
            now(),
            as_json(report).decode(),
        )
        if made:
            await audit.record("transparency.frozen", by=None, kind="transparency", subject=str(year))


async def frozen(year: int) -> Report | None:
    """As it was published, to the letter; None when there is none."""
    figures = await database.value("SELECT figures FROM transparency_year WHERE year = $1", year)
    return msgspec.json.decode(figures, type=Report) if figures else None


async def frozen_years() -> list[int]:
    """The latest first."""
    return [row["year"] for row in await database.rows("SELECT year FROM transparency_year ORDER BY year DESC")]


async def _had_members(year: int) -> bool:
    return await database.value("SELECT EXISTS (SELECT FROM member WHERE joined_at < $1)", of_year(year).ends)
