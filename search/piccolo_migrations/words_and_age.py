from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-23T02:20:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Words found together with other conditions, and what is no ad without going through all ads"

# What is no ad is found without going through all ads. PostgreSQL combines two indexes only where they have no condition
# in common: hence no `NOT is_gone` here, as in the index of the newest; what is gone is found by no word anyway.
FORWARDS = """
DROP INDEX search_document_words;
CREATE INDEX search_document_words ON search_document USING gin (found_by) WHERE type = 'listing';
CREATE INDEX search_document_words_of_tips ON search_document USING gin (found_by) WHERE type = 'tip';
CREATE INDEX search_document_words_apart ON search_document USING gin (found_by) WHERE type <> ALL ('{listing,tip}');
"""
BACKWARDS = """
DROP INDEX search_document_words, search_document_words_of_tips, search_document_words_apart;
CREATE INDEX search_document_words ON search_document USING gin (found_by) WHERE NOT is_gone;
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
