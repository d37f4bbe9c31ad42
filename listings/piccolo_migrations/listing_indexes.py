from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T06:30:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "Keyset pages of what is public, one waiting edit per ad"

FORWARDS = """
CREATE INDEX listing_newest ON listing (published_at DESC, id DESC) WHERE status = 'published';
CREATE INDEX listing_newest_of_category ON listing (category, published_at DESC, id DESC) WHERE status = 'published';
CREATE INDEX listing_newest_of_department ON listing (department, published_at DESC, id DESC) WHERE status = 'published';
CREATE INDEX listing_newest_of_both ON listing (category, department, published_at DESC, id DESC) WHERE status = 'published';
CREATE INDEX listing_of_author ON listing (author, updated_at DESC);
CREATE INDEX listing_expiring ON listing (expires_at) WHERE status = 'published';
CREATE UNIQUE INDEX one_waiting_edit_per_listing ON listing_edit (listing) WHERE state = 'waiting';
CREATE INDEX reply_under_listing ON reply (listing, id);
"""
BACKWARDS = """
DROP INDEX listing_newest, listing_newest_of_category, listing_newest_of_department, listing_newest_of_both, listing_of_author, listing_expiring, one_waiting_edit_per_listing, reply_under_listing;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
