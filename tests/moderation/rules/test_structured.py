"""What the rules read in the fields of an ad and in the record of its author."""

from datetime import date

import pytest

from moderation.rules import AuthorRecord, Content, screen
from moderation.rules.predicates import PREDICATES
from moderation.rules.reading import Reading
from moderation.rules.ruleset import try_rule

NEW, TRUSTED = AuthorRecord(), AuthorRecord(is_trusted=True, approved=4)
DAY, LATER = date(2027, 3, 12), date(2027, 6, 30)


def rules_of(body, **fields):
    return screen(Content(body=body, **fields), modes={}).rules


@pytest.mark.parametrize("field", ["starts_on", "ends_on", "wanted_by"])
async def test_a_day_in_a_field_counts_as_a_day_in_the_words(field):
    departure = "Mon mari part en mission, qui garde le chat ?"
    assert "opsec.mission-dated-ad" in rules_of(departure, **{field: DAY})
    assert "opsec.mission-dated-ad" not in rules_of(departure)


async def test_a_day_in_the_words_and_one_in_a_field_are_told_once():
    found = rules_of("Mon mari part en mission le 12 mars", starts_on=DAY)
    assert "opsec.mission-date" in found
    assert "opsec.mission-dated-ad" not in found


async def test_the_length_of_a_mission_is_read_in_two_days_but_not_in_one():
    away = "Mon mari est en opex, besoin d’aide pour tondre"
    assert "opsec.mission-length" in rules_of(away, starts_on=DAY, ends_on=LATER)
    assert "opsec.mission-length" not in rules_of(away, starts_on=DAY, ends_on=DAY)
    assert "opsec.mission-length" not in rules_of(away, starts_on=DAY)


async def test_a_link_or_a_notable_price_is_held_for_a_new_author_only():
    link = "Détails sur www.exemple.fr/lit"
    assert rules_of(link, author=NEW) == ("scam.new-author-link",)
    assert rules_of(link, author=TRUSTED) == ()
    assert rules_of(link) == ()
    priced = {"deal": "sell", "price_cents": 45_000}
    assert rules_of("Ordinateur", author=NEW, **priced) == ("scam.new-author-price",)
    assert rules_of("Ordinateur", author=TRUSTED, **priced) == ()


async def test_a_wanted_thing_at_a_giveaway_price_is_held_its_case_is_not():
    assert rules_of("iPhone 15 neuf", deal="sell", price_cents=4_000) == ("scam.too-cheap",)
    assert rules_of("iPhone 15 neuf", deal="sell", price_cents=60_000) == ()
    assert rules_of("iPhone 15 neuf", deal="give") == ()
    assert rules_of("Coque pour iPhone 15", deal="sell", price_cents=500) == ()


async def test_many_of_a_thing_are_held_when_sold_and_not_when_given():
    assert rules_of("Bougies", deal="sell", quantity=20) == ("commerce.stock",)
    assert rules_of("Bougies", deal="sell", quantity=19) == ()
    assert rules_of("Bougies", deal="give", quantity=200) == ()


async def test_paid_care_at_the_helpers_home_asks_the_number_of_the_licence():
    paid = "Je garde des enfants chez moi, 4 € de l’heure"
    care = {"category": "childcare", "kind": "offer"}
    assert "law.childminder-number" in rules_of(paid, **care)
    assert "law.childminder-number" not in rules_of(f"{paid}, agrément 2023-114", **care)
    assert "law.childminder-number" not in rules_of("Je garde des enfants chez moi, entre familles", **care)


@pytest.mark.parametrize("name", PREDICATES)
async def test_nothing_is_concluded_from_fields_nobody_asked(name):
    assert PREDICATES[name](Content()) is False


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("dated", {"wanted_by": DAY}),
        ("of_a_home", {"category": "home"}),
        ("overnight", {"starts_on": DAY, "ends_on": LATER}),
        ("priced", {"price_cents": 1}),
        ("given_or_lent", {"deal": "lend"}),
        ("sold", {"deal": "sell"}),
        ("high_price", {"price_cents": 200_001}),
        ("notable_price", {"price_cents": 30_001}),
        ("low_price", {"price_cents": 5_999}),
        ("many_things", {"quantity": 20}),
        ("new_author", {"author": NEW}),
        ("removed_before", {"author": AuthorRecord(is_trusted=True, removed=1)}),
    ],
)
async def test_each_predicate_holds_where_its_field_says_so(name, fields):
    assert PREDICATES[name](Content(**fields)) is True
    rule = f"id = 'scam.tried'\nversion = 1\naction = 'hold'\nmessage = 'x'\nwhen = ['{name}']"
    assert try_rule(rule).finding(Reading.of(Content(**fields))).rule == "scam.tried"
