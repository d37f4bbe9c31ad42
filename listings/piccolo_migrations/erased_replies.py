from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T14:05:39:200000"
VERSION = "1.38.0"
DESCRIPTION = "Nothing is left of the words moderation removed once nobody may appeal"

FORWARDS = """
ALTER TABLE reply DROP CONSTRAINT says_something,
    ADD CONSTRAINT says_something CHECK (CASE WHEN state IN ('deleted', 'withdrawn') THEN body = ''
        ELSE body <> '' OR state = 'removed' END);
"""
BACKWARDS = """
UPDATE reply SET body = '—' WHERE body = '' AND state = 'removed';
ALTER TABLE reply DROP CONSTRAINT says_something,
    ADD CONSTRAINT says_something CHECK ((body <> '') = (state NOT IN ('deleted', 'withdrawn')));
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
