"""A file of the catalogue that is not written as agreed stops the start, and says where and why."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.warming import read_rights
from benefits.catalogue import prose, reading
from benefits.catalogue.checking import BENIGN, findings
from benefits.catalogue.files import BadFile
from benefits.kinds import Event
from tests.helpers.catalogue import BIRTH, CARE, LINK, forget_catalogue, write_catalogue

WRONG = {
    "no facts": (CARE.replace("+++", "---"), "two lines of +++"),
    "not TOML": (CARE.replace("title =", "title"), "not TOML"),
    "an unknown rubric": (CARE.replace('"enfants"', '"jeunesse"'), "$.rubrics[0]"),
    "an unknown field": (CARE.replace("provider =", "payer ="), "payer"),
    "no title": (CARE.replace('title = "Aide à la garde de test"\n', ""), "title"),
    "a date that is none": (CARE.replace("checked_on = 2026-11-01", 'checked_on = "hier"'), "$.checked_on"),
    "a summary too long": (CARE.replace("Une partie de", "Une partie de " * 20), "$.summary"),
    "headings in another order": (CARE.replace("## Pour qui", "## Qui"), "headings must be"),
    "no amount, where it is no link": (
        CARE.replace("## Combien\n\nLa caisse verse 300 € par mois.\n\n", ""),
        "headings",
    ),
    "text before the first heading": (LINK.replace("## À quoi", "Bonjour.\n\n## À quoi"), "headings must be"),
    "nothing under a heading": (LINK.replace("Pour qui ne s’en sort plus.", ""), "nothing stands under Pour qui"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_not_as_agreed_is_named_with_its_file_and_field(catalogue, name):
    text, said = WRONG[name]
    write_catalogue(catalogue, fausse=text)
    forget_catalogue()
    with pytest.raises(BadFile) as wrong:
        reading.sheets()
    assert "sheets/fausse.md" in str(wrong.value)
    assert said in str(wrong.value)
    assert reading.faults() == [str(wrong.value)]


async def test_the_site_does_not_start_with_a_bad_file(app, catalogue):
    write_catalogue(catalogue, fausse="")
    forget_catalogue()
    with pytest.raises(BadFile, match="fausse"):
        async with read_rights(app):
            pass


async def test_a_guide_is_named_for_its_event(catalogue):
    (catalogue / "guides" / "mariage.md").write_text(BIRTH, encoding="utf-8")
    forget_catalogue()
    with pytest.raises(BadFile, match="no such event"):
        reading.guides()


async def test_a_sheet_that_is_not_there_is_a_lookup_error(catalogue):
    with pytest.raises(LookupError):
        reading.sheet("nulle-part")


@given(text=some.text(max_size=300))
async def test_no_text_becomes_markup_of_its_own(text):
    html = prose.html(f"## Titre\n\n<b onclick=x>{text}</b>")
    assert "<b onclick" not in html
    assert "<script" not in html


async def test_a_figure_is_known_however_it_is_written():
    for figure in ("300 €", "300\u202f€", "1 200,50 euros", "12€"):
        assert prose.has_figure(f"Soit {figure} par mois.")
    for none in ("moins de 6 ans", "le 3 mars", "article 12", "en euros"):
        assert not prose.has_figure(none)


DAYS = some.dates(date(2020, 1, 1), date(2032, 1, 1))


@settings(deadline=None)  # the first reads the catalogue
@given(checked_on=DAYS, since=some.none() | DAYS, until=some.none() | DAYS, day=DAYS)
async def test_a_figure_shows_only_within_its_dates_and_the_four_hundred_days(checked_on, since, until, day):
    facts = msgspec.structs.replace(reading.sheet("ars").facts, checked_on=checked_on, valid_from=since, valid_to=until)
    shown = reading.Sheet("ars", facts, ()).shows_figures(day)
    assert shown == (
        (day - checked_on).days <= 400 and (since is None or since <= day) and (until is None or day <= until)
    )


async def test_the_site_s_own_catalogue_has_nothing_wrong():
    """What is old by the day this is run is for administrators, not for a test, to see."""
    assert reading.faults() == []
    assert not [one for one in findings(date(2026, 11, 23)) if one.fault not in BENIGN]
    assert len(reading.sheets()) >= 48
    assert set(reading.guides()) == set(Event)
