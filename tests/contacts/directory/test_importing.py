"""Contacts from a spreadsheet: seen before anything changes, brought in once, and every refusal explained."""

import csv
from io import StringIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app import database
from app.csv_reading import MOST_BYTES, MOST_LINES, NotAFile, lines_of, text_of
from app.csv_writing import BOM, FORMULA
from app.refusals import Refused
from contacts.directory.importing.bringing_in import bring_in, forget_old_imports
from contacts.directory.importing.columns import COLUMNS
from contacts.directory.importing.comparing import Fate, plan_of
from contacts.directory.importing.files import report, template
from contacts.directory.reading import Content
from contacts.directory.times import Closure, Meeting
from contacts.directory.typed import content_of, typed_of
from contacts.directory.written_times import closures_of, closures_text, meetings_of, meetings_text
from tests.helpers.browser import words
from tests.helpers.contacts import a_contact, content
from tests.helpers.jobs import run_jobs

PATH = "/administration/contacts/import"
TWO = (
    "clé;nature;nom;départements;téléphone;permanences\n"
    "ss-29;Service social;Service social du Finistère;29;02 98 00 00 00;mardi 9 h - 12 h | jeudi 14 h - 16 h\n"
    "ss-35;service social;Service social d’Ille-et-Vilaine;35;0299000000;\n"
)


@pytest.fixture
async def office(browser, denis):
    return await browser.sign_in(denis)


async def sent(office, text: str | bytes):
    bytes_ = text.encode() if isinstance(text, str) else text
    return await office.submit(PATH, files={"file": ("contacts.csv", bytes_, "text/csv")})


async def names() -> list[str]:
    return [row["name"] for row in await database.rows("SELECT name FROM contact ORDER BY folded")]


async def test_a_file_is_shown_then_brought_in_and_a_second_time_changes_nothing(office, index):
    page = await sent(office, TWO)
    address = page.headers["location"]
    seen = words(await office.follow(page))
    assert "Ce qui changerait" in seen and "Importer 2 contacts" in seen and await names() == []
    done = words(await office.follow(await office.submit(address)))
    assert "Import fait" in done and len(await names()) == 2
    assert await database.value("SELECT count(*) FROM permanence") == 2
    assert "déjà importé" in words(await office.submit(address))
    again = words(await office.follow(await sent(office, TWO)))
    assert "Ce fichier ne changerait rien" in again and "Importer 2" not in again
    await run_jobs()
    assert await database.value("SELECT count(*) FROM search_document WHERE type = 'contact' AND NOT is_gone") == 2
    facts = await database.value("SELECT facts::text FROM audit_entry WHERE action = 'contacts.imported'")
    assert '"added": 2' in facts


async def test_what_changed_is_named_and_what_the_file_does_not_hold_stays(office):
    known = await a_contact(import_key="ss-29", about="À garder.")
    address = (await sent(office, TWO.replace("02 98 00 00 00", "02 98 11 11 11"))).headers["location"]
    page = words(await office.get(address))
    assert "Changé" in page and "téléphone" in page and "permanences" in page
    await office.submit(address)
    now = await database.row("SELECT about, line, commune FROM contact WHERE id = $1", known.id)
    assert (now["about"], now["line"], now["commune"]) == ("À garder.", "0298111111", "29019")


async def test_every_refused_line_says_its_number_its_field_and_what_to_write(office):
    text = (
        "clé,nature,nom,départements,téléphone\n"
        "a,Roi,Service A,29,02 98 00 00 00\n"
        "b,Délégation,Service B,99,12\n"
        "\n"
        "b,Délégation,Service C,29,3939\n"
        ",Délégation,Service D,29,3939\n"
        "=cmd|' /C calc'!A0,Délégation,Service E,29,3939\n"
    )
    address = (await sent(office, text)).headers["location"]
    page = words(await office.get(address))
    for said in ("Choisissez parmi", "« 99 »", "« 12 »", "La ligne 3 a déjà cette clé", "une clé à elle"):
        assert said in page.replace("\u00a0", " "), said
    await office.submit(address)
    assert await names() == ["Service E"]
    told = (await office.get(f"{address}/rapport.csv")).text
    rows = list(csv.reader(StringIO(told.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1][:5] == ["2", "a", "Service A", "Refusé", "nature"]
    assert [row[0] for row in rows[1:]] == ["2", "3", "3", "5", "6", "7"]
    assert rows[-1][1].startswith("'=cmd")


@pytest.mark.parametrize(
    "written",
    [
        TWO.encode("utf-8-sig"),
        TWO.replace(";", "\t").encode(),
        TWO.replace("’", "'").encode("latin-1"),
        TWO.replace("\n", "\r\n").encode("cp1252"),
    ],
)
async def test_a_file_is_read_however_a_spreadsheet_writes_it(written):
    plan = await plan_of(text_of(written))
    assert [one.fate for one in plan.told] == [Fate.added, Fate.added]
    assert plan.told[0].name == "Service social du Finistère"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "vide"),
        (b"PK\x03\x04\x00", "format CSV"),
        (b"x" * (MOST_BYTES + 1), "2 Mo"),
        (b"bonjour", "Il manque"),
        (TWO.splitlines()[0].encode(), "pas d\u2019autre ligne"),
        (TWO.replace("permanences", "grade").encode(), "Colonne inconnue : grade"),
        (TWO.replace("permanences", "nom").encode(), "même nom"),
        ((TWO.splitlines()[0] + "\n" + "a;b;c\n" * (MOST_LINES + 1)).encode(), "5001 lignes"),
        ((TWO.splitlines()[0] + '\n"' + "x" * 200_000).encode(), "pas du CSV"),
    ],
)
async def test_what_is_no_file_of_contacts_is_refused_with_what_to_do(written, said):
    with pytest.raises(NotAFile, match=said):
        lines_of(text_of(written), COLUMNS)


async def test_no_file_at_all_and_a_bad_one_are_said_on_the_page(office):
    page = await office.submit(PATH, files={"file": ("", b"", "text/csv")})
    assert page.status_code == 422 and "Choisissez le fichier" in words(page)
    assert "Il manque" in words(await sent(office, "bonjour"))
    assert await database.value("SELECT count(*) FROM contact_import") == 0


async def test_the_template_is_one_that_can_be_sent(office):
    page = await office.get(f"{PATH}/modele.csv")
    assert page.headers["content-disposition"].endswith('"modele-contacts.csv"')
    assert page.text == template() and "clé;nature;nom" in page.text
    with pytest.raises(NotAFile, match="pas d’autre ligne"):
        lines_of(page.text.removeprefix(BOM), COLUMNS)


async def test_many_lines_are_brought_in_with_few_queries(denis):
    lines = "".join(f"k{n};Correspondant;Organisme {n};29;0298{n:06}\n" for n in range(1_200))
    text = "clé;nature;nom;départements;téléphone\n" + lines
    from contacts.directory.importing.bringing_in import keep_file
    from tests.helpers.budget import Asked

    made = await keep_file(text.encode(), denis.id)
    with Asked() as asked:
        await bring_in(made, denis.id)
    assert await database.value("SELECT count(*) FROM contact") == 1_200
    assert asked.queries < 120, asked.queries
    with pytest.raises(Refused):
        await bring_in(made, denis.id)


async def test_files_are_forgotten_after_a_month(office):
    await sent(office, TWO)
    await forget_old_imports()
    assert await database.value("SELECT count(*) FROM contact_import") == 1
    await database.execute("UPDATE contact_import SET sent_at = now() - interval '31 days'")
    await forget_old_imports()
    assert await database.value("SELECT count(*) FROM contact_import") == 0


HOURS = st.tuples(st.times(), st.times()).map(lambda pair: sorted(t.replace(second=0, microsecond=0) for t in pair))
MEETINGS = st.builds(
    lambda day, hours, place, asked: Meeting(day, hours[0], hours[1], place, asked),
    st.integers(0, 6),
    HOURS.filter(lambda hours: hours[0] < hours[1]),
    st.sampled_from(["", "Entrée B", "Mairie, salle 2"]),
    st.booleans(),
)
CLOSURES = st.builds(
    lambda days, why: Closure(min(days), max(days), why),
    st.tuples(st.dates(min_value=content().checked_on), st.dates(min_value=content().checked_on)),
    st.sampled_from(["", "congés", "travaux au rez-de-chaussée"]),
)


@given(meetings=st.lists(MEETINGS, max_size=6).map(set), closures=st.lists(CLOSURES, max_size=4).map(set))
async def test_permanences_and_closures_written_down_are_read_back(meetings, closures):
    assert meetings_of(meetings_text(meetings)) == tuple(sorted(meetings))
    assert closures_of(closures_text(closures), content().checked_on) == tuple(sorted(closures))


@settings(max_examples=200, deadline=None)
@given(typed=st.text(max_size=80))
@example(typed="1/1/2200000000")
@example(typed="9" * 5_000)
async def test_no_text_breaks_the_reader(typed):
    fields = ("kind", "name", "communes", "commune", "line", "mail", "url", "meetings", "closures", "checked_on")
    for name in fields:
        read, errors = content_of({**typed_of(content()), name: typed}, {})
        assert isinstance(read, Content) or errors


@given(st.lists(st.text(max_size=20), min_size=7, max_size=7))
async def test_no_cell_of_a_report_begins_like_a_formula(cells):
    from contacts.directory.importing.comparing import Told, Trouble

    told = Told(1, cells[0], cells[1], Fate.refused, troubles=(Trouble(cells[2], cells[3], cells[4]),))
    rows = csv.reader(StringIO(report([told]).removeprefix("\ufeff"), newline=""), delimiter=";")
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]


async def test_a_body_is_known_by_its_name_however_it_is_typed(body):
    text = "clé;nature;nom;téléphone;organisme\na;Correspondant;Contact A;3939;ACTION  sociale de brest\n"
    plan = await plan_of(text)
    assert plan.added["a"].body == body.id
