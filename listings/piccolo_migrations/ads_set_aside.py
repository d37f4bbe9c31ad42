from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Timestamptz
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check

from app import database

ID = "2026-11-22T14:20:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Ads set aside while their author is suspended"

FORWARDS = """
ALTER TABLE listing DROP CONSTRAINT known_status,
    ADD CONSTRAINT known_status CHECK (status IN ('draft', 'pending', 'published', 'closed', 'removed', 'aside'));
CREATE INDEX listing_set_aside ON listing (author) WHERE status = 'aside';
"""
BACKWARDS = """
DROP INDEX listing_set_aside;
UPDATE listing SET status = 'removed', set_aside_at = NULL WHERE status = 'aside';
ALTER TABLE listing DROP CONSTRAINT known_status,
    ADD CONSTRAINT known_status CHECK (status IN ('draft', 'pending', 'published', 'closed', 'removed'));
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    manager.add_column(
        table_class_name="Listing",
        tablename="listing",
        column_name="set_aside_at",
        db_column_name="set_aside_at",
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
    manager.add_constraint(
        table_class_name="Listing",
        tablename="listing",
        constraint_name="aside_since_a_moment",
        constraint_class=Check,
        params={"condition": "(status = 'aside') = (set_aside_at IS NOT NULL)"},
        schema=None,
    )
    return manager
