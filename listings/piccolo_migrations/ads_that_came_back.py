from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Timestamptz, Varchar
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-22T14:40:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "When an ad came back after it was out of sight: who was told that it was over may answer again"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_column(
        table_class_name="Listing",
        tablename="listing",
        column_name="back_at",
        db_column_name="back_at",
        column_class_name="Timestamptz",
        column_class=Timestamptz,
        params={
            "default": None,
            "null": True,
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
    was = {name: name for name in ("draft", "pending", "published", "closed", "removed")}
    manager.alter_column(
        table_class_name="Listing",
        tablename="listing",
        column_name="status",
        db_column_name="status",
        params={"choices": Enum("Status", {**was, "aside": "aside"})},
        old_params={"choices": Enum("Status", was)},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )
    return manager
