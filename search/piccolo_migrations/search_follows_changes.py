from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T16:52:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Words to search while the engine is away, what the index has yet to follow, and ads that are deleted"

# A member who leaves takes their ads along, by the database itself: the index must hear of those too.
FORWARDS = """
CREATE SEQUENCE search_change;
ALTER TABLE search_document ADD COLUMN found_by tsvector NOT NULL DEFAULT '';
CREATE INDEX search_document_words ON search_document USING gin (found_by) WHERE NOT is_gone;
CREATE INDEX search_document_newest ON search_document (published_at DESC, id DESC) WHERE NOT is_gone;
CREATE INDEX search_document_pending ON search_document (version) WHERE indexed IS DISTINCT FROM version;
CREATE INDEX search_document_author ON search_document (author) WHERE NOT is_gone;

CREATE FUNCTION forget_what_is_found() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_document SET is_gone = true, title = '', body = '', words = '', found_by = '',
        version = nextval('search_change')
    WHERE id = OLD.id::text AND NOT is_gone;
    PERFORM pg_notify('entraide_search', '');
    RETURN NULL;
END $$;
CREATE TRIGGER listing_is_found_no_more AFTER DELETE ON listing
    FOR EACH ROW EXECUTE FUNCTION forget_what_is_found();

DO $$ BEGIN
    IF to_regclass('procrastinate_jobs') IS NOT NULL THEN
        DELETE FROM procrastinate_jobs WHERE task_name = 'search.refresh' AND status NOT IN ('doing', 'succeeded');
    END IF;
END $$;
"""
BACKWARDS = """
DROP TRIGGER listing_is_found_no_more ON listing;
DROP FUNCTION forget_what_is_found();
DROP INDEX search_document_words, search_document_newest, search_document_pending, search_document_author;
ALTER TABLE search_document DROP COLUMN found_by;
DROP SEQUENCE search_change;
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
