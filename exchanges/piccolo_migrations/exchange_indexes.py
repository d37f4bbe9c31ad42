from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T20:01:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Nobody in two accepted swaps for overlapping days; what is looked for often"

# No extension is needed: who and when are one range of whole numbers, and days since 2000 stay under 2**16 until 2179.
DAY = "({0} - DATE '2000-01-01')"
FORWARDS = f"""
ALTER TABLE engagement ADD COLUMN span int8range GENERATED ALWAYS AS (
    int8range(exchanger * 65536 + {DAY.format("first")}, exchanger * 65536 + {DAY.format("last")})) STORED;
ALTER TABLE engagement ADD CONSTRAINT engaged_once EXCLUDE USING gist (span WITH &&);
CREATE INDEX swap_silent ON swap (answer_by) WHERE state = 'proposed';
CREATE INDEX swap_matched_open ON swap (proposed_at) WHERE state IN ('proposed', 'accepted');
CREATE INDEX stay_by_days ON stay (first) WHERE first IS NOT NULL;
CREATE INDEX home_by_department ON listing (department) WHERE category = 'home' AND status = 'published';
CREATE INDEX home_newest ON listing (published_at DESC, id) WHERE category = 'home' AND status = 'published';
"""
BACKWARDS = """
DROP INDEX home_newest;
DROP INDEX home_by_department;
DROP INDEX stay_by_days;
DROP INDEX swap_matched_open;
DROP INDEX swap_silent;
ALTER TABLE engagement DROP CONSTRAINT engaged_once;
ALTER TABLE engagement DROP COLUMN span;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="exchanges", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
