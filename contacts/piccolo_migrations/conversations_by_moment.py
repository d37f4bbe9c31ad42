from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-23T00:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Conversations that wait, fell silent, were answered or closed of late are found by an index"

FORWARDS = """
CREATE INDEX talk_that_waits ON social_talk (last_at, id) WHERE state = 'waiting';
CREATE INDEX talk_by_last_word ON social_talk (last_at) WHERE state <> 'closed';
CREATE INDEX talk_by_end ON social_talk (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX talk_by_first_answer ON social_talk (first_answered_at) WHERE first_answered_at IS NOT NULL;
"""
BACKWARDS = "DROP INDEX talk_that_waits, talk_by_last_word, talk_by_end, talk_by_first_answer"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="contacts", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
