from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:21:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "A case may be about a word of thanks, one open case per word"

FORWARDS = """
ALTER TABLE moderation_case DROP CONSTRAINT known_kind, DROP CONSTRAINT names_its_thing,
    ADD CONSTRAINT known_kind CHECK (kind IN ('listing', 'edit', 'reply', 'thanks')),
    ADD CONSTRAINT names_its_thing CHECK ((kind = 'edit') = (edit IS NOT NULL)
        AND (kind = 'reply') = (reply IS NOT NULL) AND (kind = 'thanks') = (thanks IS NOT NULL));
CREATE UNIQUE INDEX one_open_case_per_thanks ON moderation_case (thanks) WHERE closed_at IS NULL;
"""
BACKWARDS = """
DROP INDEX one_open_case_per_thanks;
DELETE FROM moderation_case WHERE kind = 'thanks';
ALTER TABLE moderation_case DROP CONSTRAINT known_kind, DROP CONSTRAINT names_its_thing,
    ADD CONSTRAINT known_kind CHECK (kind IN ('listing', 'edit', 'reply')),
    ADD CONSTRAINT names_its_thing CHECK ((kind = 'edit') = (edit IS NOT NULL) AND (kind = 'reply') = (reply IS NOT NULL));
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
