from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:21:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Words that are due to open, and those a member received, in order"

FORWARDS = """
CREATE INDEX thanks_to_open ON thanks (opens_at) WHERE state = 'sealed';
CREATE INDEX thanks_received ON thanks (to_member, published_at DESC, id DESC) WHERE state = 'published';
"""
BACKWARDS = "DROP INDEX thanks_to_open, thanks_received;"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thanks", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
