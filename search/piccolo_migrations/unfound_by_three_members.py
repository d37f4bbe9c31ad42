from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T20:19:30:000001"
VERSION = "1.38.0"
DESCRIPTION = "Words searched in vain are written down once three members searched them, not one on three days"

# Of the words kept so far nobody can tell how many members searched them: they are written down again when three do.
FORWARDS = """
ALTER TABLE search_unfound DROP CONSTRAINT words_of_several_only;
UPDATE search_unfound SET words = '';
ALTER TABLE search_unfound
    ADD CONSTRAINT words_of_several_only CHECK (words = '' OR bit_count(seats::bit(64)) >= 3);
"""
BACKWARDS = """
ALTER TABLE search_unfound DROP CONSTRAINT words_of_several_only;
UPDATE search_unfound SET words = '' WHERE member_days < 3;
ALTER TABLE search_unfound ADD CONSTRAINT words_of_several_only CHECK (words = '' OR member_days >= 3);
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
