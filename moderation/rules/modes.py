"""How each rule is switched, in every process of the site: read when it starts, and again after each change made
anywhere. Workers screen nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from app import database, live
from moderation.rules.tables import Mode

CHANNEL = "entraide_rules"
AS_IN_THE_FILE: Mapping[str, Mode] = MappingProxyType({})

_switched: Mapping[str, Mode] = AS_IN_THE_FILE


def current() -> Mapping[str, Mode]:
    """The rules that are switched; any other is in the mode its file gives it."""
    return _switched


async def read_again() -> None:
    """When they cannot be read, what somebody put aside is as in the file, and what they put in force stays in force:
    rather a rule that speaks than one too few."""
    global _switched
    try:
        _switched = await switches()
    except BaseException:
        _switched = MappingProxyType({rule: mode for rule, mode in _switched.items() if mode is Mode.on})
        raise


async def switches() -> Mapping[str, Mode]:
    """As the database says now."""
    found = await database.rows("SELECT rule, mode FROM rule_switch")
    return MappingProxyType({row["rule"]: Mode(row["mode"]) for row in found})


live.follow(CHANNEL, read_again)
