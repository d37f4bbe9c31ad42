from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T07:48:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "The newest small ads of a deal, also of one nobody offers"

FORWARDS = """
CREATE INDEX listing_newest_of_deal ON listing (deal, published_at DESC, id DESC) WHERE status = 'published';
"""
BACKWARDS = """
DROP INDEX listing_newest_of_deal;
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
