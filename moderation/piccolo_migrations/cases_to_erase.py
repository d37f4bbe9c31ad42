from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T14:14:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "The job that erases finds the cases it has not been through by an index"

FORWARDS = """
DROP INDEX removal_to_erase;
CREATE INDEX case_to_erase ON moderation_case (closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;
"""
BACKWARDS = """
DROP INDEX case_to_erase;
CREATE INDEX removal_to_erase ON decision (appeal_until) WHERE kind = 'remove' AND overturned_at IS NULL;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
