from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T19:01:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "What the index never had is found without looking at a million rows that it has"

FORWARDS = "CREATE INDEX search_document_never_sent ON search_document (version) WHERE indexed IS NULL"
BACKWARDS = "DROP INDEX search_document_never_sent"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
