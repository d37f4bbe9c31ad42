from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T20:17:30:000001"
VERSION = "1.38.0"
DESCRIPTION = "The calls that go on, and who was served lately"

FORWARDS = """
CREATE INDEX hospitality_call_open ON hospitality_call (until) WHERE closed_at IS NULL;
CREATE INDEX hospitality_asked_yes ON hospitality_asked (call, said_at) WHERE said = 'yes';
CREATE INDEX household_served_lately ON household_served (served_at);
"""
BACKWARDS = """
DROP INDEX hospitality_call_open, hospitality_asked_yes, household_served_lately;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="exchanges", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
