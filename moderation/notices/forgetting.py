"""Notices name people: they are forgotten a year after they were made, once answered."""

from datetime import timedelta

from app import database

KEPT = timedelta(days=366)  # a leap year is counted whole before its first notices go


async def forget_old_notices() -> None:
    """One that nobody answered stays, unless what it was about is gone."""
    await database.execute(
        "DELETE FROM notice WHERE made_at < now() - $1::interval AND (outcome <> '' OR \"case\" IS NULL)", KEPT
    )
