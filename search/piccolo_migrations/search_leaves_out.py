from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T17:15:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "What a search leaves out, and what lies in a department, told at once among a million rows"

FORWARDS = """
CREATE INDEX search_document_changed ON search_document (version) WHERE indexed <> version;
CREATE INDEX IF NOT EXISTS search_document_ending ON search_document (expires_at) WHERE NOT is_gone;
CREATE INDEX search_document_department ON search_document (department, published_at DESC, id DESC) WHERE NOT is_gone;
"""
BACKWARDS = "DROP INDEX search_document_changed, search_document_ending, search_document_department;"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
