from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T16:59:30:000001"
VERSION = "1.38.0"
DESCRIPTION = "The same words are in force once; the most missed of what was not found comes first"

FORWARDS = """
CREATE UNIQUE INDEX search_synonym_once ON search_synonym (terms, one_way) WHERE withdrawn_at IS NULL;
CREATE INDEX search_unfound_most_missed ON search_unfound (member_days DESC, last_on DESC) WHERE words <> '';
"""
BACKWARDS = """
DROP INDEX search_synonym_once, search_unfound_most_missed;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
