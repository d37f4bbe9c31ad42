"""How each rule is switched, in every process of the site: read when it starts, and again after each change made
anywhere. Workers screen nothing."""

from collections.abc import Mapping

from app import database, live
from moderation.rules import modes
from moderation.rules.verdict import Mode

CHANNEL = "entraide_rules"


async def read_again() -> None:
    """When they cannot be read, what somebody put aside is as in the file, and what they put in force stays in force:
    rather a rule that speaks than one too few."""
    try:
        modes.use(await switches())
    except BaseException:
        modes.use({rule: mode for rule, mode in modes.current().items() if mode is Mode.on})
        raise


async def switches() -> Mapping[str, Mode]:
    """As the database says now."""
    found = await database.rows("SELECT rule, mode FROM rule_switch")
    return {row["rule"]: Mode(row["mode"]) for row in found}


live.follow(CHANNEL, read_again)
