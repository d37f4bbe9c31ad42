from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T20:18:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "A call nobody can come of, for two whom a block keeps apart"

FORWARDS = """
ALTER TABLE hospitality_asked DROP CONSTRAINT yes_or_no;
ALTER TABLE hospitality_asked ADD CONSTRAINT yes_or_no CHECK (said IN ('yes', 'no', 'moot'));
"""
BACKWARDS = """
DELETE FROM hospitality_asked WHERE said = 'moot';
ALTER TABLE hospitality_asked DROP CONSTRAINT yes_or_no;
ALTER TABLE hospitality_asked ADD CONSTRAINT yes_or_no CHECK (said IN ('yes', 'no'));
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="exchanges", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
