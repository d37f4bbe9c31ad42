from app import database


async def empty_every_table() -> None:
    """For tests that commit. The log refuses TRUNCATE, as it should; here its triggers are put aside."""
    names = await database.value(
        "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
        " WHERE schemaname = 'public' AND tablename <> 'migration'"
    )
    await database.script(
        "SET session_replication_role = replica;"
        f"TRUNCATE {names} RESTART IDENTITY CASCADE;"
        "SET session_replication_role = DEFAULT;"
    )
