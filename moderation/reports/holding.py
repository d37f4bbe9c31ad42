"""The first lock of who reports a thing, and of who takes away what has no other."""

from app import database


async def hold_thing(thing: str) -> None:
    """Until the end of the transaction, before anything else is locked: reports of one thing (`thanks:…`) come one by
    one, so that those who come at once are all counted, and none comes while its writer takes it back."""
    await database.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"reported {thing}")
