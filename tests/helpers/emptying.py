from app import database

MUCH = 1_000_000  # bytes of one table: rows only deleted would slow down the tests that come after


async def empty_every_table() -> None:
    """For tests that commit. The log refuses to be emptied, as it should; here its triggers are put aside.

    TRUNCATE makes new files for every table and index, whatever is in them: deleting a few rows costs far less.
    """
    has_much = await database.value(f"SELECT max(pg_table_size(relid)) > $1 FROM {_OURS}", MUCH)
    emptying = await database.value(_TRUNCATE if has_much else _DELETE)
    await database.script(f"SET LOCAL session_replication_role = replica; {emptying}; {_RESTART}")


_OURS = "pg_stat_user_tables WHERE schemaname = 'public' AND relname <> 'migration'"
_TRUNCATE = f"SELECT 'TRUNCATE ' || string_agg(relid::regclass::text, ', ') || ' CASCADE' FROM {_OURS}"
# The lock waits for what still writes, as TRUNCATE does.
_DELETE = f"""
SELECT 'LOCK ' || string_agg(relid::regclass::text, ', ') || ' IN EXCLUSIVE MODE; '
    || string_agg('DELETE FROM ' || relid::regclass::text, '; ') FROM {_OURS}
"""
_RESTART = """
SELECT setval(seqrelid, seqstart, false) FROM pg_sequence JOIN pg_class ON oid = seqrelid
WHERE relnamespace = 'public'::regnamespace AND relname <> 'migration_id_seq'
"""
