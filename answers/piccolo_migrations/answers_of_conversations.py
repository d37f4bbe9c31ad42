from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:30:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Conversations opened before answers had a form of their own get one"

FORWARDS = """
INSERT INTO answer (listing, helper, conversation, slots, availability, commune, word, state, answered_at)
SELECT c.listing, c.helper, c.id, '{}', '', m.commune,
    coalesce((SELECT body FROM message WHERE conversation = c.id AND sender = c.helper ORDER BY id LIMIT 1), ''),
    CASE WHEN l.status IN ('closed', 'removed') THEN 'declined' ELSE 'waiting' END, c.opened_at
FROM conversation c JOIN member m ON m.id = c.helper JOIN listing l ON l.id = c.listing
ON CONFLICT DO NOTHING;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    """The answers stay: nobody can tell them from the others."""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="answers", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
