from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T10:21:53:532345"
VERSION = "1.38.0"
DESCRIPTION = "Sales noted before are no help either"

FORWARDS = """
UPDATE help SET is_sale = TRUE FROM listing WHERE listing.id = help.listing AND listing.deal = 'sell';
UPDATE member SET families_helped = (
    SELECT count(DISTINCT helped) FROM help WHERE helper = member.id AND NOT is_sale
) WHERE EXISTS (SELECT FROM help WHERE helper = member.id AND is_sale);
"""


async def up() -> None:
    await database.script(FORWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thanks", description=DESCRIPTION)
    manager.add_raw(up)
    return manager
