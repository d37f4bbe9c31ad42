from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T20:18:30:000001"
VERSION = "1.38.0"
DESCRIPTION = "The newest homes, told at once among a million ads"

FORWARDS = """
CREATE INDEX search_document_newest_homes ON search_document (published_at DESC, id DESC)
    WHERE type = 'home' AND NOT is_gone;
"""
BACKWARDS = "DROP INDEX search_document_newest_homes;"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
