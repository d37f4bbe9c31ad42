"""Where a rota and its days are."""

from datetime import date
from uuid import UUID


def week_path(listing: UUID, day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"/annonces/{listing}/semaine?semaine={year}-W{week:02}"


def call_path(release: UUID) -> str:
    return f"/creneaux/{release}"
