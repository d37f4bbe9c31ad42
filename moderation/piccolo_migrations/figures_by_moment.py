from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T14:34:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Reports, appeals and measures of a period are found by an index"

FORWARDS = """
CREATE INDEX report_by_moment ON report (made_at);
CREATE INDEX appeal_by_moment ON appeal (opened_at);
CREATE INDEX sanction_by_moment ON sanction (starts_at) WHERE starts_at IS NOT NULL;
"""
BACKWARDS = "DROP INDEX report_by_moment, appeal_by_moment, sanction_by_moment"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
