from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T06:30:00:000005"
VERSION = "1.38.0"
DESCRIPTION = "One open case per thing, the queue in order, a log nobody rewrites"

FORWARDS = """
CREATE UNIQUE INDEX one_open_case_per_listing ON moderation_case (listing) WHERE kind = 'listing' AND closed_at IS NULL;
CREATE UNIQUE INDEX one_open_case_per_edit ON moderation_case (edit) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX one_open_case_per_reply ON moderation_case (reply) WHERE closed_at IS NULL;
CREATE INDEX queue_in_order ON moderation_case (risk DESC, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX decision_by_day ON decision (decided_at);
CREATE INDEX audit_of_subject ON audit_entry (subject_kind, subject, id);
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'audit_is_append_only';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
"""
BACKWARDS = """
DROP TRIGGER audit_is_append_only ON audit_entry;
DROP TRIGGER audit_is_never_emptied ON audit_entry;
DROP FUNCTION refuse_rewriting;
DROP INDEX one_open_case_per_listing, one_open_case_per_edit, one_open_case_per_reply, queue_in_order, decision_by_day, audit_of_subject;
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
