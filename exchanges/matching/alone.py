"""What two searches at the same moment, on whatever machines, do one after the other."""

from app import database

_NUMBER = 5_026_112_206


async def be_alone() -> None:
    """Until the end of the present transaction. Taken before any row, so that nobody waits for each other."""
    await database.execute("SELECT pg_advisory_xact_lock($1)", _NUMBER)
