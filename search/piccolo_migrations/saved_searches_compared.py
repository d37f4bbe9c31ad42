from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T17:09:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "What one ad is compared with a hundred thousand saved searches by"

# A key of each search is among those of every ad it can find; few searches are left to compare then. The parts that
# change at each alert are in a table of their own, for this index is dear to write.
FORWARDS = """
ALTER TABLE saved_search ADD COLUMN wanted tsquery;
CREATE INDEX saved_search_keys ON saved_search USING gin (keys) WHERE pace <> 'paused';
CREATE INDEX search_alert_due ON search_alert (due_at) WHERE told_at IS NULL AND due_at IS NOT NULL;

-- The planner takes so many keys for thousands of searches and would read the whole table, a hundred times as long.
CREATE FUNCTION searches_under(text[]) RETURNS SETOF saved_search LANGUAGE sql STABLE ROWS 500
SET enable_seqscan TO off AS $$
    SELECT * FROM saved_search WHERE keys && $1 AND pace <> 'paused';
$$;
"""
BACKWARDS = """
DROP FUNCTION searches_under(text[]);
DROP INDEX saved_search_keys, search_alert_due;
ALTER TABLE saved_search DROP COLUMN wanted;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
