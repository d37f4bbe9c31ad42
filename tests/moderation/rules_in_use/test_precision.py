"""How often a rule was right: what people decided of what it held, appeals included."""

from datetime import timedelta

import pytest

from app import database
from app.dates import today
from moderation.rules.precision import precision_of_rules
from tests.helpers.ads import pending
from tests.helpers.cases import case_of
from tests.helpers.decisions import decided

RULE = "opsec.mission-date"


async def spoke(case=None, *, action="hold", mode="on", rule=RULE, days=0):
    await database.execute(
        'INSERT INTO rule_hit (at, rule, version, action, mode, moment, "case")'
        " VALUES (now() - $1 * interval '1 day', $2, 1, $3, $4, 'submission', $5)",
        days,
        rule,
        action,
        mode,
        case,
    )


async def judged(author, judge, kind, **given):
    case = (await case_of((await pending(author)).id))["id"]
    await spoke(case, **given)
    reason = {} if kind == "approve" else {"reason": "absence", "words": "Retirez la date."}
    return await decided(case, judge.id, author.id, kind, **reason)


async def lately():
    return {one.rule: one for one in await precision_of_rules(today() - timedelta(days=29), today())}


async def test_what_was_changed_or_removed_confirms_a_rule_and_what_was_approved_does_not(anne, chloe):
    for kind in ("ask_changes", "remove", "remove", "approve"):
        await judged(anne, chloe, kind)
    await spoke()  # it refused, or nobody has decided yet

    one = (await lately())[RULE]
    assert (one.spoke, one.cases, one.upheld, one.overturned) == (5, 4, 3, 1)
    assert one.precision == 0.75


@pytest.mark.parametrize(("kind", "counts"), [("remove", (0, 1)), ("approve", (1, 0))])
async def test_an_appeal_that_is_upheld_turns_it_round(anne, chloe, kind, counts):
    decision = await judged(anne, chloe, kind)
    await database.execute("UPDATE decision SET overturned_at = now() WHERE id = $1", decision)
    one = (await lately())[RULE]
    assert (one.upheld, one.overturned) == counts


@pytest.mark.parametrize("action", ["advise", "care"])
async def test_advice_and_care_are_neither_right_nor_wrong(anne, chloe, action):
    await judged(anne, chloe, "approve", action=action)
    one = (await lately())[RULE]
    assert (one.spoke, one.cases, one.upheld, one.overturned, one.precision) == (1, 1, 0, 0, None)


async def test_a_text_sent_again_into_the_same_case_is_judged_once(anne, chloe):
    case = (await case_of((await pending(anne)).id))["id"]
    for _ in range(3):
        await spoke(case)
    await decided(case, chloe.id, anne.id, "remove", "absence", "Retirez la date.")
    one = (await lately())[RULE]
    assert (one.spoke, one.cases, one.upheld) == (3, 1, 1)


async def test_a_rule_on_trial_is_counted_apart(anne, chloe):
    await judged(anne, chloe, "remove", mode="shadow")
    await judged(anne, chloe, "approve", mode="shadow")
    one = (await lately())[RULE]
    assert (one.spoke, one.upheld, one.overturned) == (0, 0, 0)
    assert (one.shadow_spoke, one.shadow_upheld, one.shadow_overturned) == (2, 1, 1)


async def test_only_the_days_asked_for_count():
    await spoke(days=3)
    assert not await precision_of_rules(today() - timedelta(days=1), today())
    (one,) = await precision_of_rules(today() - timedelta(days=4), today() - timedelta(days=2))
    assert one.spoke == 1
