from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

from app import database

ID = "2026-11-22T23:09:36:921161"
VERSION = "1.38.0"
DESCRIPTION = "Two more roles: correspondents of bodies, social workers"

BEFORE, NEW = ("moderator", "administrator"), ("correspondent", "social_worker")
KNOWN = "'moderator', 'administrator'"
SET = "ALTER TABLE role DROP CONSTRAINT known_role, ADD CONSTRAINT known_role CHECK (kind IN ({}));"


async def up() -> None:
    await database.script(SET.format(f"{KNOWN}, 'correspondent', 'social_worker'"))


async def down() -> None:
    await database.script(f"DELETE FROM role WHERE kind NOT IN ({KNOWN});" + SET.format(KNOWN))


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="members", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    manager.alter_column(
        table_class_name="Role",
        tablename="role",
        column_name="kind",
        db_column_name="kind",
        params={"choices": Enum("RoleKind", {name: name for name in (*BEFORE, *NEW)})},
        old_params={"choices": Enum("RoleKind", {name: name for name in BEFORE})},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )
    return manager
