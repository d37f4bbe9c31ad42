"""The life of an ad stands in one table: nothing else writes its status, and the drawing in the docs is that table."""

import ast
import re

from app import database
from listings.kinds import Outcome, Status
from listings.life.steps import TRANSITIONS, Step, state_of
from tests.helpers.source import PROJECT, files, here

APART = ("tests", "benchmarks")
"""They make worlds of their own, in states no site is asked to bring about."""

FOLDERS = [one.name for one in PROJECT.iterdir() if (one / "__init__.py").exists() and one.name not in APART]
WRITES_STATUS = re.compile(
    r"\bUPDATE\s+listing\s.*?\bSET\s+(?:(?:(?!\bWHERE\b).)*,\s*)?status\s*=|\bINSERT\s+INTO\s+listing\s*\([^)]*\bstatus\b"
    r"|\bUPDATE\s+listing\s[^'\"]*?\bSET\s+…"  # what is put together cannot be read: as if it did
    r"|\bINSERT\s+INTO\s+listing\s*\([^)]*\).*\bSET\s+(?:(?:(?!\bWHERE\b).)*,\s*)?status\s*=",
    re.IGNORECASE | re.DOTALL,
)
DRAWING = PROJECT / "docs" / "life-of-an-ad.md"


def statements(source: str) -> list[str]:
    """Every string of a file; of an f-string, the text around its expressions."""
    said = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            said.append("".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said.append(node.value)
    return said


def writes_status(source: str) -> bool:
    by_hand = any(WRITES_STATUS.search(statement) for statement in statements(source))
    return by_hand or bool(re.search(r"\bListing\.update\([^)]*status|\bListing\.status\s*:", source))


async def test_nothing_but_the_table_of_steps_writes_the_status_of_an_ad():
    code = [file for file in files(*FOLDERS, ending=(".py",)) if "piccolo_migrations" not in file.parts]
    assert len(code) > 200
    assert [here(file) for file in code if writes_status(file.read_text())] == ["listings/life/steps.py"]


async def test_a_file_that_wrote_it_would_be_noticed():
    assert writes_status("""x = "UPDATE listing SET title = '', status = 'closed' WHERE id = $1" """)
    assert writes_status("""x = f"UPDATE listing l SET {changes} WHERE id = $1" """)
    assert writes_status("""x = "INSERT INTO listing (author, status) VALUES ($1, 'published')" """)
    assert not writes_status("""x = "UPDATE listing SET title = '' WHERE status = 'draft'" """)
    assert not writes_status("""x = "UPDATE listing SET expires_at = CASE WHEN status = 'draft' THEN $1 END" """)
    assert not writes_status("""x = "UPDATE listing_edit SET state = 'closed' WHERE status = 'draft'" """)


def drawn() -> set[str]:
    """The lines the state diagram must have."""
    arrows = {
        f"{origin.value} --> {way.to.value}: {step.value}"
        for step, way in TRANSITIONS.items()
        for origin in way.origins
    }
    return arrows | {"[*] --> draft"}


def told() -> set[str]:
    """The rows the table in words must have."""
    return {
        f"| {step.value} | {', '.join(way.origins)} | {way.to.value}{_as(way.outcome)} | {way.said} |"
        for step, way in TRANSITIONS.items()
    }


def _as(outcome: Outcome | None) -> str:
    return f" ({outcome.value})" if outcome else ""


async def test_the_drawing_is_the_table():
    text = DRAWING.read_text()
    lines = {line.strip() for line in text.splitlines()}
    shown = {line for line in lines if " --> " in line and not line.endswith("--> [*]")}
    assert shown == drawn()
    assert {line for line in lines if line.startswith("|") and line.split("|")[1].strip() in set(Step)} == told()


async def test_every_status_can_be_reached_and_every_step_is_there():
    assert set(TRANSITIONS) == set(Step)
    assert {way.to for way in TRANSITIONS.values()} == set(Status)


async def test_what_people_are_told_has_words_for_every_state():
    rows = [{"status": status.value, "outcome": None, "places": 5, "reserved": 0} for status in Status]
    rows = [row for row in rows if row["status"] != "closed"]
    rows += [{"status": "closed", "outcome": one.value, "places": 1, "reserved": 0} for one in Outcome]
    rows += [{"status": "published", "outcome": None, "places": 5, "reserved": taken} for taken in (2, 5)]
    said = [state_of(row) for row in rows]
    assert len({state.words for state in said}) == len({state.name for state in said}) == len(rows)
    assert "Réservée en partie (2 sur 5)" in {state.words for state in said}
    assert [state.name for state in said if state.is_reserved] == ["reserved"]


async def test_the_database_calls_a_new_ad_a_draft(anne):
    status = await database.value(
        "INSERT INTO listing (author, category, created_at, updated_at) VALUES ($1, 'tips', now(), now())"
        " RETURNING status",
        anne.id,
    )
    assert status == Status.draft
