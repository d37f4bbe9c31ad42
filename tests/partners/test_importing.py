"""Offers from a file: whole lines are sent to a moderator, the others are told; the same file again changes nothing."""

import csv
from io import StringIO

import pytest

from app import database
from partners.importing.columns import COLUMNS
from tests.helpers.browser import words
from tests.helpers.offers import correspondent

HERE = "/correspondance/import"
LINE = {column.field: column.example for column in COLUMNS}


def file_of(*lines: dict[str, str]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(column.name for column in COLUMNS)
    writer.writerows([line[column.field] for column in COLUMNS] for line in lines)
    return text.getvalue().encode("cp1252")


async def sent(browser, content: bytes):
    return await browser.submit(HERE, files={"file": ("offres.csv", content, "text/csv")})


async def offers_of(member) -> list[tuple[str, str]]:
    rows = await database.rows(
        "SELECT details ->> 'reference' AS reference, status FROM listing WHERE author = $1 ORDER BY 1", member.id
    )
    return [tuple(row) for row in rows]


@pytest.fixture
async def anna(anne, browser):
    await browser.sign_in(await correspondent(anne, "29", "22"))
    return anne


async def test_whole_lines_are_sent_and_the_others_are_told(browser, anna):
    page = await sent(
        browser,
        file_of(
            LINE,
            {**LINE, "reference": "P-2", "departments": "75", "title": "Musée"},
            {**LINE, "reference": "P-3", "commune": "Nullepart", "offer_kind": "autre", "agreed_on": "hier"},
            {**LINE, "reference": ""},
            {**LINE, "title": "La même référence"},
        ),
    )
    assert page.status_code == 200
    told = words(page)
    assert "Hors de votre territoire : Paris" in told and "Aucune commune de ce nom" in told
    assert "Donnez une référence" in told and "déjà celle d’une autre ligne" in told and "Écrivez une date" in told
    assert await offers_of(anna) == [("P-1", "pending")]
    assert await database.value("SELECT count(*) FROM moderation_case WHERE author = $1", anna.id) == 1


async def test_the_same_file_again_changes_nothing(browser, anna):
    await sent(browser, file_of(LINE))
    assert "déjà là, inchangée" in words(await sent(browser, file_of(LINE, {**LINE, "reference": "P-2"})))
    assert await offers_of(anna) == [("P-1", "pending"), ("P-2", "pending")]


async def test_another_correspondents_reference_is_another_one(browser, anna, bilal):
    await sent(browser, file_of(LINE))
    await browser.sign_in(await correspondent(bilal, "29", "22"))
    await sent(browser, file_of(LINE))
    assert await offers_of(bilal) == [("P-1", "pending")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Ce fichier est vide"),
        (b"\x00\x01", "pas du texte"),
        ("référence;genre\n1;2".encode(), "Il manque, sur la première ligne"),
        (file_of(*[{**LINE, "reference": str(n)} for n in range(201)]), "200 au plus"),
    ],
)
async def test_what_is_no_file_of_offers_is_told(browser, anna, content, told):
    page = await sent(browser, content)
    assert page.status_code == 422 and told in words(page)


async def test_the_template_has_the_columns(browser, anna):
    assert (await browser.get(HERE)).status_code == 200
    page = await browser.get(f"{HERE}/modele.csv")
    assert page.text.startswith("\ufeffréférence;genre;titre")
    assert (await browser.submit(HERE)).status_code == 422


async def test_a_member_imports_nothing(browser, bilal):
    await browser.sign_in(bilal)
    assert (await sent(browser, file_of(LINE))).status_code == 403
