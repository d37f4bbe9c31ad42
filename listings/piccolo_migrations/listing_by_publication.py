from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T06:50:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "Ads by week and by state, from one index"

FORWARDS = """
CREATE INDEX listing_by_publication ON listing (published_at) INCLUDE (status);
"""
BACKWARDS = """
DROP INDEX listing_by_publication;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
