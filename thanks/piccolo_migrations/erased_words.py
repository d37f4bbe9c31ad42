from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T14:05:39:300000"
VERSION = "1.38.0"
DESCRIPTION = "Nothing is left of the words moderation removed once nobody may appeal"

FORWARDS = """
ALTER TABLE thanks DROP CONSTRAINT says_something,
    ADD CONSTRAINT says_something CHECK (CASE state WHEN 'deleted' THEN body = ''
        WHEN 'private' THEN body = '' AND private_line <> '' WHEN 'removed' THEN TRUE ELSE body <> '' END);
"""
BACKWARDS = """
UPDATE thanks SET body = '—' WHERE body = '' AND state = 'removed';
ALTER TABLE thanks DROP CONSTRAINT says_something,
    ADD CONSTRAINT says_something CHECK (CASE state WHEN 'deleted' THEN body = ''
        WHEN 'private' THEN body = '' AND private_line <> '' ELSE body <> '' END);
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thanks", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
