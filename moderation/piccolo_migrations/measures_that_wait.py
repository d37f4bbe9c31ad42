from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T14:45:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "The few measures that wait for a second moderator are found without reading the others"

FORWARDS = "CREATE INDEX sanction_that_waits ON sanction (proposed_at) WHERE state = 'proposed'"
BACKWARDS = "DROP INDEX sanction_that_waits"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
