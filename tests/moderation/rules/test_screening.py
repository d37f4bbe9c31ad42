import logging
from datetime import UTC, datetime

import pytest

from moderation.rules import RULESET, Action, Content, marked, screen, screen_or_hold


def words(content, verdict):
    """The author's own words each rule spoke about."""
    texts = content.texts()
    return {
        finding.rule: [texts[span.field][span.start : span.end] for span in finding.spans]
        for finding in verdict.findings
    }


async def test_the_strongest_action_wins_and_every_rule_is_heard():
    verdict = screen(Content(body="Vends fusil de chasse, paiement au black, appelez le 06 12 34 56 78"))
    assert verdict.action is Action.REFUSE
    assert verdict.rules == ("privacy.phone", "law.weapons", "law.undeclared-work")
    assert verdict.is_refused
    assert not verdict.waits_for_a_person


async def test_actions_are_ordered_from_allow_to_refuse():
    assert sorted(Action, key=lambda action: action.strength) == ["allow", "advise", "care", "hold", "refuse"]


async def test_care_outweighs_advice_and_waits_for_a_person():
    verdict = screen(Content(body="Mon mari me frappe. Mon numéro : 06 12 34 56 78"))
    assert verdict.action is Action.CARE
    assert verdict.waits_for_a_person


async def test_distress_is_answered_with_numbers_in_the_message_and_as_data():
    finding = screen(Content(body="Il me frappe, aidez-moi")).findings[0]
    assert [line.number for line in finding.helplines] == ["17", "3919"]
    assert "3919" in finding.message


async def test_every_helpline_is_named_by_some_care_rule_and_only_by_care():
    named = {line.number for rule in RULESET.rules for line in rule.helplines}
    assert named == {line.number for line in RULESET.helplines.values()}
    assert {"3919", "3114", "119", "115", "08\u202f08\u202f800\u202f321"} <= named
    assert all((rule.action is Action.CARE) == bool(rule.helplines) for rule in RULESET.rules)


async def test_the_numbers_were_checked_and_can_be_dialled():
    assert RULESET.helplines_checked_on <= datetime.now(UTC).date()
    assert RULESET.helplines["defence"].href == "tel:0808800321"


async def test_a_rule_points_at_the_words_in_the_field_they_came_from():
    content = Content(title="Garde le soir", body="Œuf à la coque ! Mon mari rentre le 12 mars du M\u200bali\u0301.")
    assert words(content, screen(content))["opsec.mission-date"] == ["rentre", "12 mars", "M\u200bali\u0301"]


async def test_a_mission_told_in_the_title_and_a_date_in_another_field_are_read_together():
    content = Content(title="Retour du Tchad", body="Cherche une garde", more={"schedule_note": "le 12 mars au soir"})
    verdict = screen(content)
    spans = next(finding.spans for finding in verdict.findings if finding.rule == "opsec.mission-date")
    assert [span.field for span in spans] == ["title", "title", "schedule_note"]


async def test_a_sale_in_one_field_and_an_animal_in_another_are_not_one_sentence():
    assert screen(Content(title="Je vends", body="Chien à la maison, non fumeur")).action is Action.ALLOW


async def test_other_free_texts_are_screened_too():
    content = Content(title="Lit", body="Bon état", more={"condition": "Appelez le 06 12 34 56 78"})
    assert screen(content).findings[0].spans[0].field == "condition"


async def test_a_rule_about_a_price_speaks_without_pointing_at_words():
    finding = screen(Content(title="Perceuse", deal="lend", price_cents=500)).findings[0]
    assert (finding.rule, finding.spans) == ("commerce.price-on-gift", ())


async def test_a_rule_bound_to_a_category_is_silent_in_another_and_speaks_when_none_is_told():
    paid = "Deux heures de présence, 12 € de l’heure"
    assert screen(Content(body=paid, category="classifieds")).action is Action.ALLOW
    assert screen(Content(body=paid, category="childcare")).rules == ("commerce.paid-help",)
    assert screen(Content(body=paid)).rules == ("commerce.paid-help",)


async def test_an_empty_content_is_allowed():
    assert screen(Content()).action is Action.ALLOW


async def test_a_fault_in_the_rules_holds_the_content_and_logs_none_of_it(monkeypatch, caplog):
    def fail(content, corrections):
        raise RuntimeError(f"cannot read {content.body}")

    monkeypatch.setattr("moderation.rules.reading.Reading.of", fail)
    with caplog.at_level(logging.ERROR):
        verdict = screen_or_hold(Content(body="Mon secret"))
    assert verdict.action is Action.HOLD
    assert verdict.rules == ("screening.failed",)
    assert verdict.findings[0].message
    assert "RuntimeError" in caplog.text
    assert "Mon secret" not in caplog.text


async def test_without_a_fault_the_safe_door_answers_the_same():
    content = Content(body="Paiement au black accepté")
    assert screen_or_hold(content) == screen(content)


async def test_the_words_a_rule_spoke_about_are_marked_in_the_text():
    content = Content(body="Bonjour, appelez le 06 12 34 56 78 ou anne@exemple.fr merci")
    pieces = marked("body", content.body, screen(content).findings)
    assert [piece.text for piece in pieces if piece.marked] == ["06 12 34 56 78", "anne@exemple.fr"]
    assert "".join(piece.text for piece in pieces) == content.body


@pytest.mark.parametrize("text", ["", "Rien à dire"])
async def test_a_text_without_findings_is_one_plain_piece(text):
    assert [(piece.text, piece.marked) for piece in marked("body", text, ())] == ([(text, False)] if text else [])


async def test_overlapping_words_are_marked_once():
    content = Content(body="Il rentre du Mali lundi")
    assert len(screen(content).findings) == 2
    pieces = marked("body", content.body, screen(content).findings)
    assert [piece.text for piece in pieces if piece.marked] == ["rentre", "Mali", "lundi"]
