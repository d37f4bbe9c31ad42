from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.column_types import UUID, Array, BigSerial, Date, ForeignKey, SmallInt, Timestamptz
from piccolo.columns.defaults.date import DateNow
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.defaults.uuid import UUID4
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check
from piccolo.table import Table


class Member(Table, tablename="member", schema=None):
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


class Stay(Table, tablename="stay", schema=None):
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


ID = "2026-11-22T20:15:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Days proposed for a stay, until everybody agreed"

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
REFERENCE = {"on_delete": OnDelete.cascade, "on_update": OnUpdate.cascade, "target_column": None}
COLUMNS = {
    "id": (BigSerial, {"primary_key": True}),
    "stay": (ForeignKey, {"references": Stay, **REFERENCE, "unique": True}),
    "proposed_by": (ForeignKey, {"references": Member, **REFERENCE, "index": True}),
    "first": (Date, {"default": DateNow()}),
    "last": (Date, {"default": DateNow()}),
    "days": (Array, {"base_column": SmallInt(default=0), "default": []}),
    "proposed_at": (Timestamptz, {"default": TimestamptzNow()}),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="exchanges", description=DESCRIPTION)
    manager.add_table(class_name="ProposedDays", tablename="proposed_days", schema=None, columns=None)
    for name, (column, params) in COLUMNS.items():
        manager.add_column(
            table_class_name="ProposedDays",
            tablename="proposed_days",
            column_name=name,
            db_column_name=name,
            column_class_name=column.__name__,
            column_class=column,
            params={**PLAIN, **params},
            schema=None,
        )
    manager.add_constraint(
        table_class_name="ProposedDays",
        tablename="proposed_days",
        constraint_name="first_before_last",
        constraint_class=Check,
        params={"condition": "first < last"},
        schema=None,
    )
    return manager
