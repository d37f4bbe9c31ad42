"""OpenFisca-France and our simulators agree within a cent, on hundreds of households."""

import os
import sys
from decimal import Decimal

import pytest

from tests.benefits.simulators.oracle.comparing import CENT, PYTHON, VARIABLES, answers, compared

ENOUGH, ENOUGH_PAID = 200, 60


@pytest.fixture(autouse=True)
def openfisca() -> None:
    """Skipped, loudly, on a machine without OpenFisca; never where everything is checked."""
    if PYTHON.exists():
        return
    missing = "OpenFisca is not installed: `make .venv/openfisca/.ready` (`make test` does it)"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    print(f"\nNOT COMPARED. {missing}", file=sys.__stderr__)
    pytest.skip(missing)


@pytest.mark.parametrize("variable", VARIABLES)
async def test_the_amount_is_openfiscas_within_a_cent(variable: str) -> None:
    held = [one for one in compared(variable) if not one.apart]
    assert [one for one in held if one.difference > CENT] == []
    assert len(held) >= ENOUGH
    assert sum(one.ours > 0 for one in held) >= ENOUGH_PAID


async def test_a_household_has_the_same_resources_and_the_same_two_incomes() -> None:
    for household, found in answers():
        situation = household.situation
        assert abs((situation.resources or 0) - Decimal(found["resources"])) <= 1
        assert situation.both_earned == bool(found["both_earned"])


async def test_what_is_set_apart_is_the_lesser_part_and_always_says_why() -> None:
    for variable in VARIABLES:
        every = compared(variable)
        apart = [one for one in every if one.apart]
        assert len(apart) < len(every) * 0.4
        assert all(len(one.apart) > len("parce que") for one in apart)
