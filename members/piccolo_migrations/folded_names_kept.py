from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T07:20:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Folded names of bodies kept beside them: folding 21,000 at each search took a quarter of a second"

FORWARDS = """
DROP INDEX body_by_name;
ALTER TABLE body ADD COLUMN folded text COLLATE "C" GENERATED ALWAYS AS (folded_name(name)) STORED;
CREATE INDEX body_by_name ON body (folded, id);
"""
BACKWARDS = """
DROP INDEX body_by_name;
ALTER TABLE body DROP COLUMN folded;
CREATE INDEX body_by_name ON body (folded_name(name) COLLATE "C", id);
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="members", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
