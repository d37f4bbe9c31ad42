from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:41:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Photos kept before fingerprints were are found at once"

FORWARDS = "CREATE INDEX photo_without_fingerprint ON photo (id) WHERE fingerprint IS NULL;"
BACKWARDS = "DROP INDEX photo_without_fingerprint;"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
