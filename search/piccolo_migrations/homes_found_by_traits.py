from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Array, SmallInt, Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-22T20:18:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Homes are found by what they are and allow, and by how many they sleep"

PLAIN = {
    "null": False,
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_column(
        table_class_name="SearchDocument",
        tablename="search_document",
        column_name="traits",
        db_column_name="traits",
        column_class_name="Array",
        column_class=Array,
        params={**PLAIN, "default": [], "base_column": Varchar(length=24)},
        schema=None,
    )
    manager.add_column(
        table_class_name="SearchDocument",
        tablename="search_document",
        column_name="sleeps",
        db_column_name="sleeps",
        column_class_name="SmallInt",
        column_class=SmallInt,
        params={**PLAIN, "null": True, "default": None},
        schema=None,
    )
    return manager
