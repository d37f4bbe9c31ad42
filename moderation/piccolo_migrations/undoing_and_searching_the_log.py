from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.column_types import JSONB, UUID, BigSerial, ForeignKey
from piccolo.columns.defaults.uuid import UUID4
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from app import database

ID = "2026-11-22T14:10:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "What stood before a decision; the log by moment"

FORWARDS = "CREATE INDEX audit_by_moment ON audit_entry (at, id)"
BACKWARDS = "DROP INDEX audit_by_moment"


class Decision(Table, tablename="decision", schema=None):
    id = UUID(default=UUID4(), null=False, primary_key=True)


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    manager.add_table(
        class_name="BeforeDecision",
        tablename="before_decision",
        schema=None,
        columns=None,
    )
    manager.add_column(
        table_class_name="BeforeDecision",
        tablename="before_decision",
        column_name="id",
        db_column_name="id",
        column_class_name="BigSerial",
        column_class=BigSerial,
        params={
            "null": False,
            "primary_key": True,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    manager.add_column(
        table_class_name="BeforeDecision",
        tablename="before_decision",
        column_name="decision",
        db_column_name="decision",
        column_class_name="ForeignKey",
        column_class=ForeignKey,
        params={
            "references": Decision,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "null": False,
            "primary_key": False,
            "unique": True,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    manager.add_column(
        table_class_name="BeforeDecision",
        tablename="before_decision",
        column_name="stood",
        db_column_name="stood",
        column_class_name="JSONB",
        column_class=JSONB,
        params={
            "default": "{}",
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
