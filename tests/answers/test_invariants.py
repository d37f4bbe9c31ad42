"""Whatever people click, in whatever order: seats, counts and states agree."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answers.asking import stop_waiting_for
from app import database
from app.piccolo_conf import DB
from listings.schedules.schedule import Schedule, Weekly
from tests.answers.people import on_board
from tests.helpers.ads import published
from tests.helpers.browser import Browser
from tests.helpers.talks import answered

SLOTS = ("1", "3")
WEEK = Schedule(weekly=Weekly(days=(1, 3)))
OFTEN, SOMETIMES = ["choose", "list", "withdraw"], ["answer", "up", "decline", "yes", "no", "time passes", "word"]
STEP = st.tuples(
    st.sampled_from([*OFTEN, *OFTEN, *OFTEN, *SOMETIMES]),
    st.integers(0, 2),
    st.sets(st.sampled_from(SLOTS), min_size=1),
)

WRONG = """
SELECT 'reserved is not what is taken' WHERE
    (SELECT reserved FROM listing WHERE id = $1) <> (SELECT count(*) FROM commitment WHERE listing = $1 AND ended_at IS NULL)
UNION ALL SELECT 'chosen without a seat, or a seat without being chosen' FROM answer a WHERE a.listing = $1
    AND (a.state = 'chosen') <> EXISTS (
        SELECT FROM commitment c WHERE c.listing = $1 AND c.helper = a.helper AND c.ended_at IS NULL)
UNION ALL SELECT 'more asked than free places' WHERE
    (SELECT count(*) FROM answer WHERE listing = $1 AND state = 'asked') > (SELECT places - reserved FROM listing WHERE id = $1)
UNION ALL SELECT 'a word on its way to somebody who is not declined' FROM answer
    WHERE listing = $1 AND courtesy IS NOT NULL AND state <> 'declined'
"""  # noqa: E501


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begun=st.integers(0, 3), schedule=st.sampled_from([None, WEEK]), steps=st.lists(STEP, min_size=4, max_size=14))
async def test_seats_and_states_agree_after_any_clicks(neighbourhood, begun, schedule, steps):
    """`begun`: how much happened before, up to the second being offered the place of the first."""
    author, helpers = neighbourhood
    before = await DB.current_transaction.get().savepoint()
    ad = (await published(author.member, "school_run", schedule=schedule)).id
    for helper in helpers:
        await answered(ad, helper.member.id, "Je peux.", SLOTS)
    first = [("choose", 0, SLOTS), ("list", 1, ()), ("withdraw", 0, ())][:begun]
    for what, who, slots in [*first, *steps]:
        answer = await DB.current_transaction.get().savepoint()
        status = await _do(ad, author, helpers[who], what, tuple(sorted(slots)))
        if status >= 400:
            await answer.rollback_to()  # as the request's own transaction would
        await answer.release()
        wrong = [row[0] for row in await database.rows(WRONG, ad)]
        assert not wrong, (what, wrong)
    await before.rollback_to()
    await before.release()


async def _do(ad, author, helper, what: str, slots: tuple[str, ...]) -> int:
    answer = await database.value("SELECT id FROM answer WHERE listing = $1 AND helper = $2", ad, helper.member.id)
    if what == "answer":
        await answered(ad, helper.member.id, "Je peux.", slots)
        return 200
    if what == "time passes":
        await database.execute("UPDATE answer SET asked_until = now() - interval '1 hour' WHERE state = 'asked'")
        await stop_waiting_for(ad)
        return 200
    if what == "word":
        return (await author.submit(f"/annonces/{ad}/candidatures/mot", words="Merci !")).status_code
    if what in OF_HELPERS:
        return (await helper.submit(f"/annonces/{ad}/candidature/{OF_HELPERS[what]}")).status_code
    if answer is None:
        return 404
    do, fields = OF_THE_AUTHOR[what]
    return (await on_board(author, ad, answer, do, **({"slots": slots} if what == "choose" else fields))).status_code


OF_HELPERS = {"withdraw": "retrait", "yes": "oui", "no": "non"}
OF_THE_AUTHOR = {
    "choose": ("choix", {}),
    "list": ("liste", {}),
    "up": ("rang", {"way": "up"}),
    "decline": ("refus", {"words": "Merci !"}),
}


@pytest.fixture
async def neighbourhood(app, anne, bilal, emilie, chloe):
    import httpx

    async def browser_of(member) -> Browser:
        browser = Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test")
        await browser.sign_in(member)
        browser.member = member
        return browser

    people = [await browser_of(member) for member in (anne, bilal, emilie, chloe)]
    yield people[0], people[1:]
    for browser in people:
        await browser.aclose()
