from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T18:12:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "What was found for one search is known to that one"


async def up() -> None:
    await database.script("UPDATE search_alert SET searches = ARRAY[search]")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.drop_column(
        table_class_name="Alert",
        tablename="search_alert",
        column_name="search",
        db_column_name="search",
        schema=None,
    )
    return manager
