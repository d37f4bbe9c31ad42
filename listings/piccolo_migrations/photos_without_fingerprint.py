from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:41:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Sales published so far are counted; photos kept before fingerprints were are found at once"

FORWARDS = """
CREATE INDEX photo_without_fingerprint ON photo (id) WHERE fingerprint IS NULL;
INSERT INTO sale (listing, member, year, put_on_sale_at)
SELECT id, author, extract(year FROM published_at AT TIME ZONE 'Europe/Paris'), published_at FROM listing
WHERE deal = 'sell' AND published_at IS NOT NULL ON CONFLICT (listing) DO NOTHING;
"""
BACKWARDS = "DROP INDEX photo_without_fingerprint;"  # sales stay counted


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
