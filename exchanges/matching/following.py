"""What follows a change: the members who asked are looked at again."""

from app import database


async def match_those_who_asked() -> None:
    await database.execute("DELETE FROM match_asked")
