from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:10:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "A deleted reply leaves a trace without words; ads to remind and to erase are found by their dates"

FORWARDS = """
ALTER TABLE reply DROP CONSTRAINT known_state, DROP CONSTRAINT says_something,
    ADD CONSTRAINT known_state CHECK (state IN ('published', 'held', 'removed', 'deleted')),
    ADD CONSTRAINT says_something CHECK ((body <> '') = (state <> 'deleted'));
CREATE INDEX listing_to_erase ON listing (closed_at) WHERE status = 'closed';
CREATE INDEX sale_of_member ON sale (member, year);
"""
BACKWARDS = """
DROP INDEX listing_to_erase, sale_of_member;
ALTER TABLE reply DROP CONSTRAINT known_state, DROP CONSTRAINT says_something,
    ADD CONSTRAINT known_state CHECK (state IN ('published', 'held', 'removed')),
    ADD CONSTRAINT says_something CHECK (body <> '');
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
