"""Long fields made for patterns that try every way of reading them: each is read in a moment."""

import time

import pytest

from contacts.directory.typed import LONGEST, content_of, typed_of
from contacts.directory.written_times import meetings_of
from tests.helpers.contacts import content

FIELDS = ("departments", "communes", "topics", "commune", "place", "line", "mail", "url", "meetings", "closures")
LONG = {
    "spaces": "a" + " " * 19_990 + "x",
    "spaces after a day": "lundi" + " " * 19_990 + "x",
    "hours and spaces": "lundi 9 h - 12 h" + " " * 19_970 + "x",
    "one word": "a" * 19_990 + "!",
    "figures": "0" * 19_990 + "x",
    "dates": "01/01/2026 " * 1_800,
    "hyphens": "a-" * 9_990,
    "dots": "a." * 9_990 + "!",
}


@pytest.mark.parametrize("typed", LONG.values(), ids=LONG)
async def test_no_field_of_a_contact_holds_the_site_up(typed: str):
    known = typed_of(content())
    for name in FIELDS:
        began = time.process_time()
        content_of({**known, name: typed[: LONGEST.get(name, 20_000)]}, {})
        assert time.process_time() - began < 1, name


async def test_spaces_change_nothing_to_a_permanence():
    assert meetings_of("  mardi\u00a09\u202fh   -  12 h ,  sur   rendez-vous ") == meetings_of(
        "mardi 9 h - 12 h, sur rendez-vous"
    )
