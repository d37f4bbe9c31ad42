from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import UUID
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check

ID = "2026-11-22T15:35:27:935635"
VERSION = "1.38.0"
DESCRIPTION = "The measure an appeal is about by itself"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)

    manager.add_column(
        table_class_name="Appeal",
        tablename="appeal",
        column_name="sanction",
        db_column_name="sanction",
        column_class_name="UUID",
        column_class=UUID,
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

    manager.add_constraint(
        table_class_name="Appeal",
        tablename="appeal",
        constraint_name="measure_against_who_appeals",
        constraint_class=Check,
        params={"condition": "sanction IS NULL OR NOT by_reporter"},
        schema=None,
    )

    return manager
