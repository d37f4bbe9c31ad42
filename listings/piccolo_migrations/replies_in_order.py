from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:22:14:000001"
VERSION = "1.38.0"
DESCRIPTION = "A reply taken back unread leaves no trace; replies are read in the order of their threads"

FORWARDS = """
ALTER TABLE reply DROP CONSTRAINT known_state, DROP CONSTRAINT says_something,
    ADD CONSTRAINT known_state CHECK (state IN ('published', 'held', 'removed', 'deleted', 'withdrawn')),
    ADD CONSTRAINT says_something CHECK ((body <> '') = (state NOT IN ('deleted', 'withdrawn')));
CREATE INDEX reply_in_order ON reply (listing, coalesce(parent, id), id);
"""
BACKWARDS = """
DROP INDEX reply_in_order;
UPDATE reply SET state = 'deleted' WHERE state = 'withdrawn';
ALTER TABLE reply DROP CONSTRAINT known_state, DROP CONSTRAINT says_something,
    ADD CONSTRAINT known_state CHECK (state IN ('published', 'held', 'removed', 'deleted')),
    ADD CONSTRAINT says_something CHECK ((body <> '') = (state <> 'deleted'));
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
