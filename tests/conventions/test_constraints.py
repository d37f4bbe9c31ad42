"""Every rule the database keeps is broken once, and its name is in the refusal.

The rules are read from PostgreSQL's own catalogue: a new one without a line here fails the test by its name.
"""

import asyncpg

from app import database
from app.piccolo_conf import DB
from tests.helpers.world import World

RULES = """
    SELECT conrelid::regclass || '.' || conname AS rule, contype::text AS kind, conrelid::regclass::text AS "table",
        quote_ident(attname) AS "column", atttypid::regtype::text AS type
    FROM pg_constraint LEFT JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'u', 'f', 'x')
    UNION ALL
    SELECT tablename || '.' || indexname, 'i', tablename::text, NULL, NULL FROM pg_indexes
    WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%'
        AND indexname NOT IN (SELECT conname FROM pg_constraint)
    UNION ALL
    SELECT tgrelid::regclass || '.' || tgname, 't', tgrelid::regclass::text, NULL, NULL FROM pg_trigger
    WHERE NOT tgisinternal
"""
NOT_OURS = "procrastinate_"
REFUSES_NOTHING = {"listing.listing_is_found_no_more"}
"""Triggers that only write down what follows from a change."""

BROKEN = {
    "rule_hit.counted_mode": "UPDATE rule_hit SET mode = 'off'",
    "rule_switch.known_mode": "UPDATE rule_switch SET mode = 'loud'",
    "rule_switch.switched_for_a_reason": "UPDATE rule_switch SET why = ''",
    "answer.asked_until_a_moment": "UPDATE answer SET asked_until = now() WHERE state = 'waiting'",
    "answer.has_a_turn": "UPDATE answer SET state = 'listed' WHERE state = 'waiting'",
    "answer.known_state": "UPDATE answer SET state = 'lost' WHERE state = 'waiting'",
    "benefit_use.known_use": "UPDATE benefit_use SET use = 'paid'",
    "benefit_use.some_times": "UPDATE benefit_use SET times = 0",
    "block.never_oneself": "UPDATE block SET blocked = blocker",
    "body.known_kind": "UPDATE body SET kind = 'shop'",
    "commitment.some_seat": "UPDATE commitment SET seat = 100",
    "conversation.never_alone": "UPDATE conversation SET helper = author",
    "decision.complete_statement": "UPDATE decision SET facts = '' WHERE kind <> 'approve'",
    "decision.judgement": "INSERT INTO decision SELECT * FROM decision LIMIT 1",
    "decision.known_detection": "UPDATE decision SET detection = 'gossip'",
    "decision.six_months_to_appeal": "UPDATE decision SET appeal_until = decided_at + interval '5 months'",
    "decision.known_decision": "UPDATE decision SET kind = 'forget' WHERE kind <> 'approve'",
    "decision.never_ones_own": "UPDATE decision SET author = moderator",
    "decision.no_conflict_of_decider": "UPDATE decision SET moderator = author",
    "case_note.not_empty": "UPDATE case_note SET words = ''",
    "evidence.known_why": "UPDATE evidence SET why = 'rumour'",
    "exchanger.known_flexibility": "UPDATE exchanger SET give_or_take = 3",
    "exchanger.known_needs": "UPDATE exchanger SET needs = ARRAY['pool']",
    "exchanger.known_ways": "UPDATE exchanger SET ways = ARRAY['paid']",
    "exchanger.some_travel": "UPDATE exchanger SET party_size = 0",
    "exchanger.some_weeks": "UPDATE exchanger SET least_weeks = most_weeks + 1",
    "hospitality_asked.said_at_a_moment": "UPDATE hospitality_asked SET said = 'yes'",
    "hospitality_asked.yes_or_no": "UPDATE hospitality_asked SET said = 'hm', said_at = now()",
    "hospitality_call.called_for_some_days": "UPDATE hospitality_call SET last = first",
    "hospitality_call.ended_when_closed": "UPDATE hospitality_call SET closed_at = now()",
    "hospitality_call.known_end_of_call": "UPDATE hospitality_call SET closed_at = now(), ended = 'luck'",
    "household_served.waited_some_time": "UPDATE household_served SET waited_days = -1",
    "match_entrant.home_has_a_place": "UPDATE match_entrant SET home = NULL WHERE home IS NOT NULL",
    "match_fit.known_score": "UPDATE match_fit SET score = 101",
    "match_fit.never_ones_own_home": "UPDATE match_fit SET host = guest",
    "match_run.never_above_the_bound": "UPDATE match_run SET served = bound + 1",
    "planned_week.from_a_saturday": "UPDATE planned_week SET saturday = saturday + 1",
    "planned_week.one_or_the_other": "UPDATE planned_week SET home_free = FALSE, can_travel = FALSE",
    "wish.at_most_twelve": "UPDATE wish SET place = 12",
    "wish.known_scope": "UPDATE wish SET scope = 'moon'",
    "wish.known_setting": "UPDATE wish SET setting = 'moon'",
    "wish.names_its_place": "UPDATE wish SET area = '29' WHERE scope = 'anywhere'",
    "wish.radius_of_a_commune": "UPDATE wish SET km = 50 WHERE scope = 'region'",
    "help.never_oneself": "UPDATE help SET helped = helper",
    "joining_code.never_overused": "UPDATE joining_code SET uses = most_uses + 1",
    "search_document.gone_says_nothing": "UPDATE search_document SET is_gone = TRUE",
    "search_document.index_never_ahead": "UPDATE search_document SET indexed = version + 1",
    "search_rebuild.only_one": "INSERT INTO search_rebuild (id, engine, asked_at) VALUES (2, 'embedded', now())",
    "social_file.known_media_type": "UPDATE social_file SET media_type = 'text/html'",
    "social_message.says_something": "UPDATE social_message SET sealed = NULL WHERE event IS NULL",
    "social_packet.erased_when_withdrawn": "UPDATE social_packet SET sealed = NULL",
    "social_talk.closed_since": "UPDATE social_talk SET closed_at = now()",
    "social_talk.known_talk_state": "UPDATE social_talk SET state = 'lost', worker = NULL",
    "social_talk.never_with_oneself": "UPDATE social_talk SET worker = member WHERE state = 'open'",
    "social_talk.one_way_back": "UPDATE social_talk SET member = NULL WHERE member IS NOT NULL",
    "social_talk.taken_up_by_somebody": "UPDATE social_talk SET state = 'waiting' WHERE worker IS NOT NULL",
    "saved_search.asks_for_something": "UPDATE saved_search SET asked = ''",
    "saved_search.known_pace": "UPDATE saved_search SET pace = 'hourly'",
    "saved_search.whole_circles": "UPDATE saved_search SET kms = '{}'",
    "search_alert.told_when_due": "UPDATE search_alert SET told_at = now(), due_at = NULL",
    "search_synonym.some_terms": "UPDATE search_synonym SET terms = ARRAY['seul']",
    "search_unfound.words_of_several_only": "UPDATE search_unfound SET words = 'gibecière', member_days = 2",
    "listing.aside_since_a_moment": "UPDATE listing SET set_aside_at = now() WHERE status = 'published'",
    "listing.closed_has_outcome": "UPDATE listing SET outcome = NULL WHERE status = 'closed'",
    "listing.never_overbooked": "UPDATE listing SET reserved = places + 1",
    "listing.known_category": "UPDATE listing SET category = 'weapons'",
    "listing.known_deal": "UPDATE listing SET deal = 'auction'",
    "listing.known_kind": "UPDATE listing SET kind = 'rumour'",
    "listing.known_outcome": "UPDATE listing SET outcome = 'forgotten' WHERE status = 'closed'",
    "listing.known_status": "UPDATE listing SET status = 'lost' WHERE status = 'draft'",
    "listing.price_only_when_sold": "UPDATE listing SET price_cents = 500 WHERE deal IS NULL OR deal = 'give'",
    "listing.published_has_dates": "UPDATE listing SET expires_at = NULL WHERE status = 'published'",
    "listing.published_is_complete": "UPDATE listing SET title = '' WHERE status = 'published'",
    "listing.some_quantity": "UPDATE listing SET quantity = 0",
    "listing_edit.known_state": "UPDATE listing_edit SET state = 'lost'",
    "mailed_link.known_purpose": "UPDATE mailed_link SET purpose = 'advertise'",
    "member.email_in_lower_case": "UPDATE member SET email = upper(email)",
    "message.known_event": "UPDATE message SET event = 'sung'",
    "message.says_something": "UPDATE message SET body = ''",
    "moderation_case.claim_is_whole": "UPDATE moderation_case SET claimed_until = now() WHERE claimed_by IS NULL",
    "moderation_case.known_kind": "UPDATE moderation_case SET kind = 'member' WHERE edit IS NULL AND reply IS NULL",
    "moderation_case.names_its_thing": "UPDATE moderation_case SET edit = NULL WHERE kind = 'edit'",
    "moderation_case.never_by_the_author": "UPDATE moderation_case SET author = claimed_by WHERE kind = 'message'",
    "moderation_case.no_conflict_of_claimer": "UPDATE moderation_case SET handed_to = author",
    "moderator_tie.tied_to_another": "UPDATE moderator_tie SET member = moderator",
    "moving.known_season": "UPDATE moving SET season = 'soon'",
    "moving.plausible_year": "UPDATE moving SET year = 1999",
    "reply_delay.never_before": "UPDATE reply_delay SET seconds = -1",
    "reading.never_negative": "UPDATE reading SET unread = -1",
    "reply.known_state": "UPDATE reply SET state = 'lost'",
    "reply.says_something": "UPDATE reply SET body = ''",
    "report.known_reason": "UPDATE report SET reason = 'because'",
    "report.known_outcome_of_report": "UPDATE report SET outcome = 'lost'",
    "report.names_its_edition": "UPDATE report SET edition = ''",
    "report.of_the_thing_of_its_case": "UPDATE report SET thing = 'reply:0'",
    "notice.answered_whole": "UPDATE notice SET answered_at = now()",
    "notice.known_illegality": "UPDATE notice SET illegality = 'unpleasant'",
    "notice.known_outcome_of_notice": "UPDATE notice SET outcome = 'lost', answered_at = now()",
    "notice.made_in_good_faith": "UPDATE notice SET good_faith = FALSE",
    "notice.mail_in_lower_case": "UPDATE notice SET email = upper(email)",
    "notice.never_joins_itself": "UPDATE notice SET joins = id",
    "notice.says_where_and_why": "UPDATE notice SET why = ''",
    "notice.says_who": "UPDATE notice SET email = ''",
    "sanction.complete_reasons": "UPDATE sanction SET words = ''",
    "sanction.has_an_end": "UPDATE sanction SET ends_at = starts_at + interval '1 day' WHERE kind = 'warn'",
    "sanction.heavy_needs_two": "UPDATE sanction SET state = 'active', starts_at = now(),"
    " ends_at = now() + interval '1 day' WHERE kind = 'suspension'",
    "sanction.measure_of_member": "INSERT INTO sanction SELECT * FROM sanction LIMIT 1",
    "sanction.known_sanction": "UPDATE sanction SET kind = 'flogging'",
    "sanction.known_sanction_state": "UPDATE sanction SET state = 'lost' WHERE kind = 'warn'",
    "sanction.no_conflict_of_sanctioner": "UPDATE sanction SET confirmed_by = member",
    "sanction.not_against_oneself": "UPDATE sanction SET member = proposed_by",
    "sanction.starts_when_active": "UPDATE sanction SET starts_at = NULL WHERE kind = 'warn'",
    "slot_call.known_circle": "UPDATE slot_call SET circle = 'square'",
    "slot_call.known_word": "UPDATE slot_call SET said = 'maybe'",
    "role.known_role": "UPDATE role SET kind = 'owner'",
    "transparency_year.transparency_is_append_only": "UPDATE transparency_year SET year = 1",
    "transparency_year.transparency_is_never_emptied": "TRUNCATE transparency_year",
    "thanks.dated_when_published": "UPDATE thanks SET published_at = NULL WHERE state = 'published'",
    "thanks.known_state": "UPDATE thanks SET state = 'lost'",
    "thanks.never_to_oneself": "UPDATE thanks SET to_member = from_member",
    "thanks.says_something": "UPDATE thanks SET body = ''",
    "audit_entry.audit_is_append_only": "UPDATE audit_entry SET action = 'nothing happened'",
    "audit_entry.audit_is_never_emptied": "TRUNCATE audit_entry, audit_seal",
    "audit_seal.audit_seal_entry_fkey": "INSERT INTO audit_seal (position, entry, digest, sealed_at)"
    " VALUES (1000000, -1, '', now())",
    "audit_seal.seal_is_append_only": "UPDATE audit_seal SET digest = ''",
    "audit_seal.seal_is_never_emptied": "TRUNCATE audit_seal",
    "appeal.in_time": "UPDATE appeal SET opened_at = until + interval '1 second'",
    "appeal.known_appeal_state": "UPDATE appeal SET state = 'lost'",
    "appeal.outcome_explained": "UPDATE appeal SET state = 'rejected'",
    "appeal.no_conflict_of_judge": "UPDATE appeal SET judged_by = first_judge",
    "appeal.measure_against_who_appeals": "UPDATE appeal SET by_reporter = TRUE, sanction = gen_random_uuid()",
    "appeal.of_their_measure": "UPDATE appeal SET sanction = (SELECT id FROM sanction WHERE member <> appellant"
    " LIMIT 1)",
    "appeal.of_that_judgement": "UPDATE appeal SET first_judge = gen_random_uuid()",
    "appeal_message.says_something_of_it": "UPDATE appeal_message SET words = ''",
    "home_declined.known_reason": "UPDATE home_declined SET reason = 'smell'",
    "swap.known_form": "UPDATE swap SET form = 'rent'",
    "swap.known_origin": "UPDATE swap SET origin = 'bought', asked_by = NULL",
    "swap.known_state": "UPDATE swap SET state = 'lost' WHERE state = 'proposed'",
    "swap.known_ending": "UPDATE swap SET state = 'dissolved', ended_at = now(), ended_why = 'bored'",
    "swap.asked_by_somebody": "UPDATE swap SET asked_by = NULL WHERE origin = 'requested'",
    "swap.ended_for_a_reason": "UPDATE swap SET ended_why = 'taken' WHERE state = 'proposed'",
    "swap.ended_once": "UPDATE swap SET ended_at = now() WHERE state = 'proposed'",
    "swap.confirmed_after_accepted": "UPDATE swap SET state = 'confirmed' WHERE state = 'proposed'",
    "swap_party.known_answer": "UPDATE swap_party SET answer = 'perhaps'",
    "swap_party.up_to_four": "UPDATE swap_party SET place = 4 WHERE place = 0",
    "stay.never_at_home": "UPDATE stay SET guest = host",
    "stay.whole_days": "UPDATE stay SET last = first",
    "engagement.some_days": "UPDATE engagement SET last = first",
    "proposed_days.first_before_last": "UPDATE proposed_days SET last = first",
    "closed_days.closed_in_order": "UPDATE closed_days SET first = last + 1",
    "contact.known_contact": "UPDATE contact SET kind = 'king'",
    "contact.named": "UPDATE contact SET name = ''",
    "contact_import.told_once_applied": "UPDATE contact_import SET applied_at = now()",
    "permanence.a_weekday": "UPDATE permanence SET weekday = 7",
    "permanence.ends_after_it_starts": "UPDATE permanence SET ends = starts",
    "contact_card.reached_somehow": "UPDATE contact_card SET telephone = '', mail = '', other_way = ''",
    "contact_withheld.known_part": "UPDATE contact_withheld SET part = 'all'",
    "stay_ticked.known_item": "UPDATE stay_ticked SET item = 'parrot'",
    "welcome_booklet.welcomes_with_words": "UPDATE welcome_booklet SET words = ''",
    "stay_reminder.known_step": "UPDATE stay_reminder SET step = '7'",
    # A foreign key that another rule guards too
    "planned_week.planned_week_exchanger_fkey": "UPDATE planned_week SET exchanger = -1"
    " WHERE id = (SELECT min(id) FROM planned_week)",
    "match_entrant.match_entrant_exchanger_fkey": "UPDATE match_entrant SET exchanger = -1"
    " WHERE exchanger = (SELECT min(exchanger) FROM match_entrant)",
    "wish.wish_exchanger_fkey": "UPDATE wish SET exchanger = -1 WHERE id = (SELECT min(id) FROM wish)",
    "moderation_case.moderation_case_claimed_by_fkey": "UPDATE moderation_case SET claimed_by = gen_random_uuid(),"
    " claimed_until = now()",
}
WRITTEN_AGAIN = {
    "appeal.appeal_case_key": {"appellant": "gen_random_uuid()"},
    "appeal.judged_by_another": {"judged_by": "first_judge"},
    "appeal.once_per_person": {'"case"': "gen_random_uuid()"},
    "appeal_message.appeal_message_once_key": {},
    "audit_seal.audit_seal_entry_key": {'"position"': "1000000"},
    "before_decision.before_decision_decision_key": {},
    "benefit_use.once_a_day": {},
    "social_message.social_message_once_key": {},
    "social_talk.social_talk_code_hash_key": {"WHERE": "code_hash IS NOT NULL"},
    "answer.answer_conversation_key": {"helper": "gen_random_uuid()"},
    "answer.one_answer_per_helper": {"conversation": "gen_random_uuid()"},
    "answer.one_turn_per_answer": {
        "helper": "gen_random_uuid()",
        "conversation": "gen_random_uuid()",
        "WHERE": "state = 'asked'",
    },
    "commitment.one_person_per_seat": {"helper": "gen_random_uuid()", "WHERE": "ended_at IS NULL"},
    "commitment.one_seat_per_person": {"seat": "98", "WHERE": "ended_at IS NULL"},
    "block.once": {},
    "body.body_name_key": {},
    "commitment.one_person_per_single_day": {"WHERE": "ended_at = agreed_at"},
    "conversation.one_per_helper": {},
    "decision.decision_case_key": {},
    "decision.decision_reference_key": {'"case"': "(SELECT id FROM moderation_case WHERE closed_at IS NULL LIMIT 1)"},
    "sanction.one_sanction_of_a_kind": {"WHERE": "state = 'proposed'"},
    "evening_reminder.one_reminder_per_day": {},
    "evidence.once_per_words": {},
    "exchanger.exchanger_member_key": {},
    "match_entrant.match_entrant_member_key": {"exchanger": "-1"},
    "match_fit.one_fit_each": {},
    "planned_week.each_week_once": {},
    "wish.each_place_once": {},
    "help.one_help_each": {},
    "joining_code.joining_code_code_key": {"revoked_at": "now()"},
    "joining_code.one_living_code_per_body": {"code": "'ANOTHERCODE1'"},
    "listing_edit.one_waiting_edit_per_listing": {},
    "listing.listing_one_home": {"WHERE": "category = 'home' AND status = 'published'"},
    "mailed_link.mailed_link_token_hash_key": {},
    "member.member_email_key": {},
    "member_session.member_session_token_hash_key": {},
    "membership.once_per_body": {},
    "message.message_once_key": {},
    "moderation_case.one_open_case_per_edit": {"WHERE": "kind = 'edit'"},
    "moderation_case.one_open_case_per_listing": {"WHERE": "kind = 'listing' AND closed_at IS NULL"},
    "moderation_case.one_open_case_per_message": {"WHERE": "kind = 'message'"},
    "moderation_case.one_open_case_per_reply": {"WHERE": "kind = 'reply'"},
    "moderator_tie.declared_once": {},
    "moving_step.once_per_step": {},
    "moderation_case.one_open_case_per_thanks": {"WHERE": "kind = 'thanks'"},
    "notification.one_unread_per_thing": {},
    "reading.one_each": {},
    "reply_delay.one_delay_each": {},
    "reply.reply_once_key": {},
    "report.once_per_edition": {},
    "notice.notice_number_key": {"location": "'/mercis'"},
    "notice.one_open_notice_per_email": {"number": "'N-1'", "WHERE": "email <> '' AND joins IS NULL"},
    "notice.one_open_notice_per_member": {"number": "'N-1'", "WHERE": "member IS NOT NULL AND joins IS NULL"},
    "role.once_per_member": {},
    "thanks.one_word_each": {},
    "slot_call.one_asked_at_a_time": {"member": "(SELECT helper FROM commitment LIMIT 1)"},
    "slot_call.one_call_each": {"circle": "'wider'"},
    "mail_stop.stopped_once": {},
    "saved_search.saved_once": {},
    "search_alert.told_of_once": {},
    "search_synonym.search_synonym_once": {},
    "slot_release.one_release_per_day": {},
    "tip_check.one_check_each": {},
    "hidden_bridge.hidden_once": {},
    "home_declined.declined_once": {},
    "swap.swap_once_key": {"WHERE": "once IS NOT NULL"},
    "swap_party.in_a_swap_once": {"place": "3"},
    "swap_party.one_party_a_place": {"member": "gen_random_uuid()"},
    "stay.one_stay_each": {},
    "engagement.engaged_once": {},
    "proposed_days.proposed_days_stay_key": {},
    "contact.contact_import_key_key": {"WHERE": "import_key IS NOT NULL"},
    "contact_card.contact_card_member_key": {},
    "contact_withheld.withheld_once": {},
    "stay_ticked.ticked_once": {},
    "welcome_booklet.welcome_booklet_home_key": {},
    "stay_reminder.reminded_once": {},
    "hospitality_asked.asked_once": {},
    "hospitality_call.hospitality_call_stay_key": {},
    "household_served.served_once": {},
}
"""A row that stands is inserted again, with these columns changed."""
CONFLICT = "no_conflict_of_interest"
SAID_INSTEAD = {
    "measure_of_member": "sanction_pkey",
    "judgement": "decision_pkey",  # its columns begin with the primary key, which speaks first
    "no_conflict_of_claimer": CONFLICT,
    "no_conflict_of_decider": CONFLICT,
    "no_conflict_of_judge": CONFLICT,
    "no_conflict_of_sanctioner": CONFLICT,
    "transparency_is_append_only": "transparency_year_is_append_only",
    "transparency_is_never_emptied": "transparency_year_is_append_only",
}
"""What a trigger refuses with, when several refuse the same."""


async def test_every_rule_of_the_database_refuses_what_breaks_it(world: World, farid, emilie):
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", farid.id, emilie.id)
    rules = [rule for rule in await database.rows(RULES) if not rule["table"].startswith(NOT_OURS)]
    rules = [rule for rule in rules if rule["rule"] not in REFUSES_NOTHING]
    wrong = []
    for rule in rules:
        said = await _refusal(await _breaking(rule))
        name = rule["rule"].partition(".")[2]
        if SAID_INSTEAD.get(name, name) not in said and not (rule["kind"] == "t" and "audit" in said):
            wrong.append(f"{rule['rule']}: {said}")
    assert not wrong, "\n".join(wrong)
    names = {rule["rule"] for rule in rules}
    assert not (BROKEN.keys() | WRITTEN_AGAIN.keys()) - names, "no longer a rule of the database"


async def _breaking(rule: asyncpg.Record) -> str | None:
    """A statement that breaks the rule; None when nobody wrote one."""
    name, table = rule["rule"], rule["table"]
    if name in BROKEN:
        return BROKEN[name]
    if name in WRITTEN_AGAIN:
        return await _again(table, dict(WRITTEN_AGAIN[name]))
    if rule["kind"] == "f":
        nobody = "gen_random_uuid()" if rule["type"] == "uuid" else "-1"
        some = f"{rule['column']} IS NOT NULL OR NOT EXISTS (SELECT FROM {table} WHERE {rule['column']} IS NOT NULL)"
        return f"UPDATE {table} SET {rule['column']} = {nobody} WHERE {some}"
    return None


async def _again(table: str, changed: dict[str, str]) -> str:
    which = changed.pop("WHERE", "TRUE")
    columns = await database.value(
        "SELECT array_agg(quote_ident(column_name)) FROM information_schema.columns WHERE table_schema = 'public'"
        " AND is_generated = 'NEVER' AND table_name = $1 AND column_name <> 'id'",
        table,
    )
    values = ", ".join(changed.get(column, column) for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {which} LIMIT 1"


async def _refusal(statement: str | None) -> str:
    """What PostgreSQL says of the statement, the name of the rule first."""
    if statement is None:
        return "no line breaks it: write one in BROKEN or WRITTEN_AGAIN"
    before = await DB.current_transaction.get().savepoint()
    try:
        done = await database.execute(statement)
        await database.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except asyncpg.PostgresError as refused:
        return f"{getattr(refused, 'constraint_name', '')} {refused}"
    else:
        return f"not refused: {statement} ({done})"
    finally:
        await before.rollback_to()
