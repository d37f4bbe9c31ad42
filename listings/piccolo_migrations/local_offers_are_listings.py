from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

from app import database

ID = "2026-11-22T23:30:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Local offers are listings"

BEFORE = ("childcare", "school_run", "pet_care", "classifieds", "helping_hand", "rides", "tips", "home")
KNOWN = ", ".join(f"'{name}'" for name in BEFORE)
FORWARDS = f"""
ALTER TABLE listing DROP CONSTRAINT known_category,
    ADD CONSTRAINT known_category CHECK (category IN ({KNOWN}, 'local_offer'));
CREATE INDEX offer_departments ON listing USING gin ((details -> 'departments'))
    WHERE category = 'local_offer' AND status = 'published';
"""
BACKWARDS = f"""
DROP INDEX offer_departments;
DELETE FROM listing WHERE category = 'local_offer';
ALTER TABLE listing DROP CONSTRAINT known_category, ADD CONSTRAINT known_category CHECK (category IN ({KNOWN}));
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    manager.alter_column(
        table_class_name="Listing",
        tablename="listing",
        column_name="category",
        db_column_name="category",
        params={"choices": Enum("Category", {name: name for name in (*BEFORE, "local_offer")})},
        old_params={"choices": Enum("Category", {name: name for name in BEFORE})},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )
    return manager
