from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T20:18:50:000001"
VERSION = "1.38.0"
DESCRIPTION = "The few an engine set aside, found at once among a million rows"

FORWARDS = "CREATE INDEX search_document_refused ON search_document (id) WHERE refused IS NOT NULL;"
BACKWARDS = "DROP INDEX search_document_refused;"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
