from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar
from piccolo.constraints import Check

from app import database

ID = "2026-11-22T13:47:51:000002"
VERSION = "1.38.0"
DESCRIPTION = "References, complete statements, conflicts of interest, the queue in its new order"

FORWARDS = """
ALTER TABLE moderation_case DROP CONSTRAINT known_kind, DROP CONSTRAINT names_its_thing,
    ADD CONSTRAINT known_kind CHECK (kind IN ('listing', 'edit', 'reply', 'thanks', 'message', 'appeal')),
    ADD CONSTRAINT names_its_thing CHECK ((kind = 'edit') = (edit IS NOT NULL) AND (kind = 'reply') = (reply IS NOT NULL)
        AND (kind = 'thanks') = (thanks IS NOT NULL) AND (kind = 'message') = (message IS NOT NULL));
UPDATE moderation_case SET press_at = due_at - risk * interval '30 minutes';
DROP INDEX queue_in_order;
CREATE INDEX queue_in_order ON moderation_case (press_at, id) WHERE closed_at IS NULL;
CREATE INDEX case_of_likeness ON moderation_case (likeness) WHERE likeness <> '';
CREATE UNIQUE INDEX one_open_case_per_message ON moderation_case (message) WHERE closed_at IS NULL;

CREATE SEQUENCE decision_number;
CREATE SEQUENCE notice_number;
CREATE FUNCTION drawn_number(letter text, number bigint) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT letter || '-' || to_char(now(), 'YYYY') || '-' || lpad(number::text, 6, '0')
$$;
ALTER TABLE decision ALTER reference SET DEFAULT drawn_number('D', nextval('decision_number'));
ALTER TABLE notice ALTER number SET DEFAULT drawn_number('N', nextval('notice_number'));
UPDATE decision SET reference = drawn_number('D', nextval('decision_number')),
    appeal_until = decided_at + interval '6 months',
    ground = CASE WHEN kind = 'approve' THEN '' ELSE 'charter' END,
    facts = CASE WHEN kind = 'approve' THEN '' ELSE words END;
ALTER TABLE decision ALTER appeal_until SET DEFAULT now() + interval '6 months';

CREATE UNIQUE INDEX judgement ON decision (id, moderator, appeal_until);
ALTER TABLE appeal ADD CONSTRAINT of_that_judgement FOREIGN KEY (decision, first_judge, until)
    REFERENCES decision (id, moderator, appeal_until) ON DELETE CASCADE;
CREATE UNIQUE INDEX one_sanction_of_a_kind ON sanction (member, kind)
    WHERE state IN ('proposed', 'active') AND kind <> 'warn';
CREATE INDEX sanction_to_end ON sanction (ends_at) WHERE state = 'active';

CREATE FUNCTION has_stake(who uuid, judged moderation_case) RETURNS boolean STABLE LANGUAGE sql AS $$
    SELECT who = judged.author
        OR EXISTS (SELECT FROM listing WHERE id = judged.listing AND author = who)
        OR EXISTS (SELECT FROM report WHERE "case" = judged.id AND reporter = who)
        OR EXISTS (SELECT FROM notice WHERE "case" = judged.id AND member = who)
        OR EXISTS (SELECT FROM thanks WHERE id = judged.thanks AND to_member = who)
        OR EXISTS (SELECT FROM message JOIN conversation ON conversation.id = message.conversation
            WHERE message.id = judged.message AND who IN (conversation.author, conversation.helper))
        OR EXISTS (SELECT FROM appeal WHERE "case" = judged.id AND who IN (appellant, first_judge))
        OR EXISTS (SELECT FROM appeal JOIN sanction ON sanction.decision = appeal.decision
            WHERE appeal."case" = judged.id AND sanction.confirmed_by = who)
        OR EXISTS (SELECT FROM moderator_tie t WHERE t.moderator = who AND (t.member = judged.author
            OR t.member = (SELECT author FROM listing WHERE id = judged.listing)
            OR EXISTS (SELECT FROM report WHERE "case" = judged.id AND reporter = t.member)))
$$;
CREATE FUNCTION refuse_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    judges uuid[];
    judged moderation_case;
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'moderation_case' THEN
            judged := NEW;
            judges := ARRAY[NEW.claimed_by, NEW.handed_to];
        WHEN 'decision' THEN
            SELECT * INTO judged FROM moderation_case WHERE id = NEW."case";
            judges := ARRAY[NEW.moderator];
        WHEN 'appeal' THEN
            SELECT * INTO judged FROM moderation_case WHERE id = NEW."case";
            judges := ARRAY[NEW.judged_by];
        WHEN 'sanction' THEN
            SELECT c.* INTO judged FROM moderation_case c JOIN decision d ON d."case" = c.id WHERE d.id = NEW.decision;
            judges := ARRAY[NEW.proposed_by, NEW.confirmed_by];
    END CASE;
    IF EXISTS (SELECT FROM unnest(judges) judge WHERE judge IS NOT NULL AND has_stake(judge, judged)) THEN
        RAISE EXCEPTION 'a moderator has a stake in this case'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_conflict_of_interest';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER no_conflict_of_claimer BEFORE UPDATE OF claimed_by, handed_to ON moderation_case
    FOR EACH ROW WHEN (NEW.claimed_by IS NOT NULL OR NEW.handed_to IS NOT NULL) EXECUTE FUNCTION refuse_conflict();
CREATE TRIGGER no_conflict_of_decider BEFORE INSERT OR UPDATE OF moderator ON decision
    FOR EACH ROW EXECUTE FUNCTION refuse_conflict();
CREATE TRIGGER no_conflict_of_judge BEFORE UPDATE OF judged_by ON appeal
    FOR EACH ROW WHEN (NEW.judged_by IS NOT NULL) EXECUTE FUNCTION refuse_conflict();
CREATE TRIGGER no_conflict_of_sanctioner BEFORE INSERT OR UPDATE OF confirmed_by ON sanction
    FOR EACH ROW EXECUTE FUNCTION refuse_conflict();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_is_append_only';
END $$;
CREATE TRIGGER seal_is_append_only BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_is_never_emptied BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transparency_is_append_only BEFORE UPDATE OR DELETE ON transparency_year
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transparency_is_never_emptied BEFORE TRUNCATE ON transparency_year
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE INDEX audit_by_actor ON audit_entry (actor, id);
CREATE INDEX audit_by_action ON audit_entry (action, id);
"""
BACKWARDS = """
DROP INDEX audit_by_actor, audit_by_action;
DROP TRIGGER transparency_is_append_only ON transparency_year;
DROP TRIGGER transparency_is_never_emptied ON transparency_year;
DROP TRIGGER seal_is_append_only ON audit_seal;
DROP TRIGGER seal_is_never_emptied ON audit_seal;
DROP TRIGGER no_conflict_of_claimer ON moderation_case;
DROP TRIGGER no_conflict_of_decider ON decision;
DROP TRIGGER no_conflict_of_judge ON appeal;
DROP TRIGGER no_conflict_of_sanctioner ON sanction;
DROP FUNCTION refuse_change;
DROP FUNCTION refuse_conflict;
DROP FUNCTION has_stake;
ALTER TABLE appeal DROP CONSTRAINT of_that_judgement;
DROP INDEX judgement, one_sanction_of_a_kind, sanction_to_end, one_open_case_per_message, case_of_likeness, queue_in_order;
ALTER TABLE decision ALTER reference DROP DEFAULT, ALTER appeal_until DROP DEFAULT;
ALTER TABLE notice ALTER number DROP DEFAULT;
DROP FUNCTION drawn_number;
DROP SEQUENCE decision_number, notice_number;
CREATE INDEX queue_in_order ON moderation_case (risk DESC, due_at, id) WHERE closed_at IS NULL;
DELETE FROM moderation_case WHERE kind IN ('message', 'appeal');
ALTER TABLE moderation_case DROP CONSTRAINT known_kind, DROP CONSTRAINT names_its_thing,
    ADD CONSTRAINT known_kind CHECK (kind IN ('listing', 'edit', 'reply', 'thanks')),
    ADD CONSTRAINT names_its_thing CHECK ((kind = 'edit') = (edit IS NOT NULL) AND (kind = 'reply') = (reply IS NOT NULL)
        AND (kind = 'thanks') = (thanks IS NOT NULL));
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    manager.alter_column(
        table_class_name="Decision",
        tablename="decision",
        column_name="reference",
        db_column_name="reference",
        params={"unique": True},
        old_params={"unique": False},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )
    manager.add_constraint(
        table_class_name="Decision",
        tablename="decision",
        constraint_name="complete_statement",
        constraint_class=Check,
        params={
            "condition": "kind = 'approve' OR (ground IN ('charter', 'law') AND (ground <> 'law' OR law <> '') AND reason <> '' AND facts <> '' AND words <> '')"
        },
        schema=None,
    )

    manager.add_constraint(
        table_class_name="Decision",
        tablename="decision",
        constraint_name="six_months_to_appeal",
        constraint_class=Check,
        params={"condition": "appeal_until >= decided_at + interval '6 months'"},
        schema=None,
    )
    return manager
