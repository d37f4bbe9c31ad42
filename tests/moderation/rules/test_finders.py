"""Numbers, addresses and prices, whatever the way they are written."""

import pytest

from moderation.rules import RULESET, Content, marked, screen
from moderation.rules.correcting import Corrections
from moderation.rules.normalising import normalise
from moderation.rules.reading import Reading


def found(rule, body):
    findings = [finding for finding in screen(Content(body=body), modes={}).findings if finding.rule == rule]
    return [piece.text for piece in marked("body", body, findings) if piece.marked]


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("Appelez le 06 12 34 56 78 ce soir", "06 12 34 56 78"),
        ("Tél. +33 (0)6 12 34 56 78", "+33 (0)6 12 34 56 78"),
        ("Le 0033612345678 répond", "0033612345678"),
        ("Depuis Bruxelles +32 470 12 34 56", "+32 470 12 34 56"),
        ("À La Réunion : 0692 12 34 56", "0692 12 34 56"),
        ("zéro six douze vingt trente-huit soixante-dix, merci", "zéro six douze vingt trente-huit soixante-dix"),
        ("zéro 6 vingt et un 34 56 78", "zéro 6 vingt et un 34 56 78"),
        ("O6.12.34.56.78", "O6.12.34.56.78"),
    ],
)  # fmt: skip
async def test_a_phone_number_is_seen_with_its_whole_length(body, number):
    assert found("privacy.phone", body) == [number]


@pytest.mark.parametrize(
    "body",
    ["Écoute Défense : 08 08 800 321", "Le 3919 et le 119", "0800 200 000", "+1 23", "+999 12 34 56 78", "06 12 34"],
)
async def test_a_public_service_or_no_number_at_all_is_left_alone(body):
    assert found("privacy.phone", body) == []


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ("À anne@exemple.fr svp", "anne@exemple.fr"),
        ("anne arobaze exemple point fr", "anne arobaze exemple point fr"),
        ("anne.b (at) exemple (point) fr", "anne.b (at) exemple (point) fr"),
        ("anne.b chez gmail point com", "anne.b chez gmail point com"),
    ],
)
async def test_a_mailbox_is_seen_behind_its_disguise(body, address):
    assert found("privacy.email", body) == [address]


@pytest.mark.parametrize("body", ["Rendez-vous @ midi. On part", "a@b", "@@@ super @@@", "anne@-exemple-.fr"])
async def test_an_arobase_that_leads_to_nobody_is_left_alone(body):
    assert found("privacy.email", body) == []


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("FR76 3000 6000 0112 3456 7890 189 merci", "FR76 3000 6000 0112 3456 7890 189"),
        ("BE68 5390 0754 7034", "BE68 5390 0754 7034"),
        ("rue ab12 34 puis DE89370400440532013000", "DE89370400440532013000"),
    ],
)
async def test_an_account_is_seen_in_any_country_and_not_its_neighbours(body, number):
    assert found("privacy.iban", body) == [number]


async def test_a_page_is_seen_and_two_sentences_without_a_blank_are_not():
    finder = next(rule for rule in RULESET.rules if rule.id == "scam.new-author-link").finder

    def pages(body):
        reading = Reading.of(Content(body=body))
        return [reading.text[start:end] for start, end in finder(reading)]

    assert pages("Voir https://exemple.fr/lit et www.exemple.org, ou exemple.com") == [
        *("https:/exemple.fr/lit", "www.exemple.org", "exemple.com"),
    ]
    assert pages("Il mesure 2 m.Très bon état.Merci") == []


@pytest.mark.parametrize(
    ("written", "read"),
    [("Djiboutti", "djibouti"), ("roumaniee", "roumanie"), ("watsapp", "whatsapp"), ("aroabse", "arobase")],
)
async def test_a_word_misspelt_by_one_sign_is_read_as_itself(written, read):
    assert normalise(written, RULESET.corrections).text == read


@pytest.mark.parametrize("word", ["roumaine", "Salomé", "connaisse", "mali", "nager", "cannabises", "@djibouty"])
async def test_another_word_is_left_as_it_is(word):
    assert normalise(word, RULESET.corrections).text == normalise(word).text


async def test_a_word_put_right_points_at_the_whole_word_as_it_was_written():
    normalised = normalise("à Djiboutti !", Corrections.of(["djibouti"]))
    assert normalised.text == "a djibouti !"
    assert normalised.original_span(2, 10) == (2, 11)
    assert normalised.original_span(11, 12) == (12, 13)
