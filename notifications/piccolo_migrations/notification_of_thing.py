from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T11:05:30:000001"
VERSION = "1.38.0"
DESCRIPTION = "What was told of a thing is found again by it"

FORWARDS = """
CREATE INDEX notification_of_thing ON notification (thing);
"""
BACKWARDS = """
DROP INDEX notification_of_thing;
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
