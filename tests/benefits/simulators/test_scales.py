"""Dated scales: read at once, refused when they cannot be right, and silent when they are old."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from benefits.simulators import scales as module
from benefits.simulators.scales import FRESH_FOR, Dated, Unscaled, Wrong, scales

GOOD = """
name = "Essai"
[[period]]
since = 2026-01-01
until = 2026-06-30
checked_on = 2026-01-10
sources = [{ title = "Un texte" }]
values = { rate = 0.41 }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    scales.cache_clear()
    yield tmp_path
    scales.cache_clear()


async def test_every_scale_of_the_site_is_right_and_names_a_source() -> None:
    scales.cache_clear()
    found = scales()
    assert {"af", "aip", "ars", "asf", "bmaf", "cmg", "paje", "pim", "pret-mobilite", "sft"} == set(found)
    for scale in found.values():
        for period in scale.period:
            assert period.since <= period.until
            assert all(source.title for source in period.sources)
            assert all(figure >= 0 for figure in period.values.values())


async def test_two_years_of_the_base_stand_side_by_side() -> None:
    base = scales()["bmaf"]
    values = [str(base.on(day).values["bmaf"]) for day in (date(2026, 3, 31), date(2026, 4, 1))]
    assert values == ["474.37", "478.16"]


def one(folder: Path, text: str) -> Dated:
    (folder / "essai.toml").write_text(text, "utf-8")
    return scales()["essai"]


async def test_a_scale_speaks_only_within_its_periods(folder: Path) -> None:
    scale = one(folder, GOOD)
    assert scale.on(date(2026, 1, 1)).values
    assert scale.on(date(2026, 6, 30)).values
    for day in (date(2025, 12, 31), date(2026, 7, 1)):
        with pytest.raises(Unscaled, match="pas vérifié le barème « Essai »"):
            scale.on(day)


async def test_a_scale_not_read_again_for_400_days_is_silent(folder: Path) -> None:
    scale = one(folder, GOOD.replace("2026-06-30", "2029-12-31"))
    last = date(2026, 1, 10) + FRESH_FOR
    assert scale.on(last).values
    with pytest.raises(Unscaled, match="revérifié depuis le 10 janvier 2026"):
        scale.on(last + timedelta(days=1))


@pytest.mark.parametrize(
    "wrong",
    [
        GOOD.replace('sources = [{ title = "Un texte" }]', "sources = []"),
        GOOD.replace("0.41", "'beaucoup'"),
        GOOD.replace("until = 2026-06-30", "until = 2025-06-30"),
        GOOD + GOOD.replace('name = "Essai"', ""),
        GOOD + "surprise = 1",
        "name = ",
    ],
)
async def test_a_scale_that_cannot_be_right_stops_the_start_and_is_named(folder: Path, wrong: str) -> None:
    with pytest.raises(Wrong, match=r"essai\.toml"):
        one(folder, wrong)
