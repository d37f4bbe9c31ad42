"""The check of the catalogue names each thing that is wrong, and administrators read it."""

import asyncio
from datetime import date, timedelta

import httpx
import pytest
from click.testing import CliRunner

from app import database
from app.commands import entraide
from app.dates import today
from benefits.catalogue import contradicting, links
from benefits.catalogue.checking import Fault, findings
from benefits.simulators import scales
from tests.helpers.browser import words
from tests.helpers.catalogue import CARE, LINK, forget_catalogue, write_catalogue

DAY = date(2026, 11, 22)


def said_of(name: str, day: date = DAY) -> set[Fault]:
    forget_catalogue()
    return {one.fault for one in findings(day) if one.where == f"/droits/prestations/{name}"}


async def test_a_sheet_as_it_should_be_has_no_finding(catalogue):
    assert said_of("garde-test") == set()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('    { what = "La circulaire", on = 2026-11-01 },\n', ""), Fault.unsourced),
        (("- Un contrat de travail", "- Gagner moins de 2 000 €"), Fault.misplaced),
        (("Une partie de ce que coûte", "Jusqu’à 300 € de ce que coûte"), Fault.misplaced),
        (('kind = "fixed", words = "300 € par mois"', 'kind = "link"'), Fault.contradictory),
        (('topic = "family"', 'topic = "family"\nsimulator = "inconnu"'), Fault.unknown),
        (('words = "300 € par mois"', 'words = "300 € par mois", scale = "inconnu"'), Fault.unknown),
        (("[le formulaire](https://example.fr/demande)", "[l’autre](/droits/prestations/autre)"), Fault.unknown),
        (("[le formulaire](https://example.fr/demande)", "[le site](example.fr)"), Fault.unknown),
        (("valid_from = 2026-04-01", "valid_to = 2026-10-31"), Fault.ended),
    ],
)
async def test_what_is_wrong_with_a_sheet_is_named(catalogue, change, fault):
    write_catalogue(catalogue, garde_test=CARE.replace(*change))
    assert fault in said_of("garde-test")


async def test_a_sheet_is_stale_after_four_hundred_days(catalogue):
    assert Fault.stale not in said_of("garde-test", date(2026, 11, 1) + timedelta(days=400))
    assert Fault.stale in said_of("garde-test", date(2026, 11, 1) + timedelta(days=401))


async def test_a_sheet_nothing_leads_to_is_named(catalogue):
    assert said_of("secours-test") == {Fault.unlinked}


async def test_a_guide_that_leads_nowhere_is_named(catalogue):
    found = [one for one in findings(DAY) if one.where == "/droits/evenements/naissance"]
    assert [(one.fault, "nowhere" in one.what) for one in found] == [(Fault.unknown, True)]


@pytest.mark.parametrize(
    ("said", "is_wrong"),
    [
        ("423,12 €", False),
        ("423 €", False),
        ("431,20 €", True),
        ("430 €", True),
        ("900 €", False),
        ("1 423,12 €", False),
    ],
)
async def test_a_figure_that_is_nearly_that_of_its_scale_contradicts_it(
    catalogue, monkeypatch, tmp_path, said, is_wrong
):
    folder = tmp_path / "scales"
    folder.mkdir()
    (folder / "essai.toml").write_text(
        'name = "Essai"\n[[period]]\nsince = 2026-01-01\nuntil = 2026-12-31\nchecked_on = 2026-11-01\n'
        'sources = [{ title = "Le code" }]\nvalues = { most = 423.12 }\n'
    )
    monkeypatch.setattr(scales, "FOLDER", folder)
    scales.scales.cache_clear()
    try:
        write_catalogue(
            catalogue, garde_test=CARE.replace('words = "300 € par mois"', f'words = "{said}", scale = "essai"')
        )
        assert (Fault.contradictory in said_of("garde-test")) is is_wrong
    finally:
        monkeypatch.undo()
        scales.scales.cache_clear()


async def test_amounts_are_read_as_they_are_written():
    read = [
        str(figure) for figure, _ in contradicting.figures("de 151,05 € à 1\u202f204,20\u00a0€, puis 12 euros en 2026")
    ]
    assert read == ["151.05", "1204.20", "12"]


async def test_addresses_that_do_not_answer_are_named(catalogue, monkeypatch):
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/code":
            raise httpx.ConnectError("away")
        return httpx.Response({"/fiche": 404, "/demande": 403}[request.url.path])

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    monkeypatch.setattr(links.httpx, "AsyncClient", lambda **_: client)
    assert await links.dead_links() == [
        ("https://example.fr/code", "ConnectError"),
        ("https://example.fr/fiche", "répond 404"),
    ]


async def test_a_machine_that_reaches_nothing_says_so_rather_than_name_every_address(catalogue, monkeypatch):
    forget_catalogue()

    async def nothing_answers() -> list[tuple[str, str]]:
        return [(address, "ConnectError") for address in links.outside()]

    monkeypatch.setattr(links, "dead_links", nothing_answers)
    told = await asyncio.to_thread(CliRunner().invoke, entraide, ["benefits", "check", "--links"])
    assert told.exit_code == 1
    assert "No address answers" in told.output
    assert "example.fr/code" not in told.output


async def test_the_command_names_every_bad_file_at_once(catalogue):
    write_catalogue(catalogue, fausse="", autre=LINK.replace('topic = "money"', 'topic = "argent"'))
    forget_catalogue()
    told = CliRunner().invoke(entraide, ["benefits", "check"])
    assert told.exit_code == 1
    assert "sheets/fausse.md" in told.output
    assert "sheets/autre.md" in told.output
    assert "$.topic" in told.output


async def test_the_command_fails_when_something_is_wrong(catalogue):
    forget_catalogue()
    told = CliRunner().invoke(entraide, ["benefits", "check"])
    assert told.exit_code == 1
    assert "« nowhere »" in told.output
    assert "2 sheets, 1 guides" in told.output


async def test_administrators_read_the_check_and_what_was_used(browser, catalogue, denis, anne):
    await database.execute(
        "INSERT INTO benefit_use (\"on\", use, thing, times) VALUES ($1, 'opened', 'prestation/garde-test', 1200),"
        " ($1, 'contacted', 'contact', 7), ($1::date - 30, 'opened', 'contact', 5)",
        today(),
    )
    await browser.sign_in(denis)
    page = await browser.get("/administration/prestations")
    said = words(page)
    assert "« nowhere »" in said.replace("\u00a0", " ")
    assert "Aide à la garde de test" in said
    assert "1\u202f200" in page.text
    assert 'href="/contacts"' in page.text
    assert ">5<" not in page.text
    await browser.sign_in(anne)
    assert (await browser.get("/administration/prestations")).status_code == 403
