"""Putting a rule in force, on trial or out: by an administrator, for a reason, in the log."""

from typing import Annotated

import msgspec

from app import database, live
from app.database import transaction
from app.forms import Form
from members.me import Me
from moderation import audit
from moderation.rules import following
from moderation.rules.rule import Rule
from moderation.rules.verdict import Mode


class SwitchForm(Form):
    mode: Mode
    why: Annotated[str, msgspec.Meta(min_length=10, max_length=500)]

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "mode": "Choisissez un des trois états.",
            "why": "Dites pourquoi, en une phrase (10 à 500 caractères).",
        }


async def switch(rule: Rule, form: SwitchForm, by: Me) -> None:
    """Every process follows within a second or so of the commit; this one has when it returns. The same form sent twice
    is one change."""
    async with transaction():
        await _switch(rule, form, by)
    await following.read_again()


async def _switch(rule: Rule, form: SwitchForm, by: Me) -> None:
    # Before the first change there is no row to hold.
    await database.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"rule switch {rule.id}")
    before = await database.row("SELECT mode, why FROM rule_switch WHERE rule = $1", rule.id)
    if before and (before["mode"], before["why"]) == (form.mode.value, form.why):
        return
    await database.execute(
        "INSERT INTO rule_switch (rule, mode, why, switched_by, switched_at)"
        " VALUES ($1, $2, $3, $4, clock_timestamp()) ON CONFLICT (rule) DO UPDATE SET mode = excluded.mode,"
        " why = excluded.why, switched_by = excluded.switched_by, switched_at = excluded.switched_at",
        rule.id,
        form.mode.value,
        form.why,
        by.id,
    )
    await audit.record(
        "rule.switched",
        by=by.id,
        kind="rule",
        subject=rule.id,
        before=before["mode"] if before else rule.mode.value,
        after=form.mode.value,
        version=rule.version,
    )
    await live.changed(following.CHANNEL)
