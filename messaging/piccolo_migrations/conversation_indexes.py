from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T06:30:00:000003"
VERSION = "1.38.0"
DESCRIPTION = "Messages in order, conversations by last message"

FORWARDS = """
CREATE INDEX message_in_order ON message (conversation, id DESC);
CREATE INDEX conversation_of_author ON conversation (author, last_message_at DESC);
CREATE INDEX conversation_of_helper ON conversation (helper, last_message_at DESC);
CREATE INDEX reading_unread ON reading (member) WHERE unread > 0;
"""
BACKWARDS = """
DROP INDEX message_in_order, conversation_of_author, conversation_of_helper, reading_unread;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="messaging", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
