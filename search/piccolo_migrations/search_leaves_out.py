from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T17:06:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "What a search leaves out, told at once among a million rows"

FORWARDS = """
CREATE INDEX search_document_ahead ON search_document (id) WHERE indexed <> version;
CREATE INDEX search_document_ending ON search_document (expires_at) WHERE NOT is_gone;
"""
BACKWARDS = "DROP INDEX search_document_ahead, search_document_ending;"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
