from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T06:30:00:000004"
VERSION = "1.38.0"
DESCRIPTION = "Unread notifications collapse"

FORWARDS = """
CREATE UNIQUE INDEX one_unread_per_thing ON notification (member, topic, thing) WHERE read_at IS NULL;
CREATE INDEX notification_of_member ON notification (member, last_at DESC, id DESC);
"""
BACKWARDS = """
DROP INDEX one_unread_per_thing, notification_of_member;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="notifications", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
