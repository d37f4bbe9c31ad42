from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:45:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Drafts to erase are found by the day they were last touched"

FORWARDS = "CREATE INDEX draft_to_erase ON listing (updated_at) WHERE status = 'draft';"
BACKWARDS = "DROP INDEX draft_to_erase;"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
