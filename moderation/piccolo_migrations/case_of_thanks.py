from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from enum import Enum
from piccolo.columns.base import OnDelete
from piccolo.columns.base import OnUpdate
from piccolo.columns.column_types import ForeignKey
from piccolo.columns.column_types import UUID
from piccolo.columns.column_types import Varchar
from piccolo.columns.defaults.uuid import UUID4
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table


class Thanks(Table, tablename="thanks", schema=None):
    id = UUID(
        default=UUID4(),
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


ID = "2026-11-22T09:20:33:817306"
VERSION = "1.38.0"
DESCRIPTION = "A case may name a word of thanks"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="moderation", description=DESCRIPTION
    )

    manager.add_column(
        table_class_name="Case",
        tablename="moderation_case",
        column_name="thanks",
        db_column_name="thanks",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Thanks,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    manager.alter_column(
        table_class_name="Case",
        tablename="moderation_case",
        column_name="kind",
        db_column_name="kind",
        params={
            "choices": Enum(
                "CaseKind",
                {
                    "listing": "listing",
                    "edit": "edit",
                    "reply": "reply",
                    "thanks": "thanks",
                },
            )
        },
        old_params={
            "choices": Enum(
                "CaseKind",
                {"listing": "listing", "edit": "edit", "reply": "reply"},
            )
        },
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    return manager
