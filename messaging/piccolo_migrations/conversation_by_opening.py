from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T06:50:00:000003"
VERSION = "1.38.0"
DESCRIPTION = "Private answers by week"

FORWARDS = """
CREATE INDEX conversation_by_opening ON conversation (opened_at);
"""
BACKWARDS = """
DROP INDEX conversation_by_opening;
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
