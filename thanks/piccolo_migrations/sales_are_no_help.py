from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Boolean
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-22T10:21:53:532344"
VERSION = "1.38.0"
DESCRIPTION = "Selling is no help"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="thanks", description=DESCRIPTION
    )

    manager.add_column(
        table_class_name="Help",
        tablename="help",
        column_name="is_sale",
        db_column_name="is_sale",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    return manager
