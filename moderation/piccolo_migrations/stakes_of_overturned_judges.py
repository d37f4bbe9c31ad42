from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database
from moderation.piccolo_migrations.stakes_in_appeals import CONTESTED, PARTIES

ID = "2026-11-22T15:10:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Whose decision was overturned has a stake in what comes of the same thing"

# Of an ad, its changes are the same thing. A case closed before the decision fell stays theirs to read.
OVERTURNED = """
        OR EXISTS (
            SELECT FROM moderation_case about JOIN moderation_case earlier ON earlier.listing = about.listing
                AND earlier.reply IS NOT DISTINCT FROM about.reply
                AND earlier.thanks IS NOT DISTINCT FROM about.thanks
                AND earlier.message IS NOT DISTINCT FROM about.message
            JOIN decision fallen ON fallen."case" = earlier.id
            WHERE about.id = coalesce((SELECT contested."case" FROM appeal
                    JOIN decision contested ON contested.id = appeal.decision WHERE appeal."case" = judged.id), judged.id)
                AND fallen.moderator = who AND fallen.overturned_at IS NOT NULL
                AND (judged.closed_at IS NULL OR judged.closed_at > fallen.overturned_at))
"""
FORWARDS = f"""
{PARTIES}{CONTESTED}{OVERTURNED}$$;
CREATE INDEX overturned_decision ON decision ("case") WHERE overturned_at IS NOT NULL;
"""
BACKWARDS = f"""
DROP INDEX overturned_decision;
{PARTIES}{CONTESTED}$$;
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
