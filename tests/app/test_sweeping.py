"""One thing that fails keeps no other from its turn, and is seen."""

import pytest

from answers import asking
from answers.asking import stop_waiting_everywhere
from app import database
from app.sweeping import SweepIncomplete
from listings.life import expiring
from listings.life.passing import let_time_pass
from tests.answers.people import answer_from, state_of
from tests.helpers.ads import closed, published
from tests.listings.life.test_closing import LONG_AGO

pytestmark = pytest.mark.commits
WRITTEN = "Poussette bleue"


def fails_for(monkeypatch, module, name, culprit):
    """This function of the module raises for one ad, in words that quote what its author wrote."""
    real = getattr(module, name)

    async def sometimes(listing, *given, **named):
        if listing == culprit:
            raise ValueError(f"Failing row contains ({WRITTEN})")
        return await real(listing, *given, **named)

    monkeypatch.setattr(module, name, sometimes)


def assert_logged(caplog, sweep, thing):
    said = "\n".join(record.getMessage() for record in caplog.records if record.name == "app.sweeping")
    assert f"{sweep}: {thing} failed with ValueError" in said and "in sometimes" in said
    assert WRITTEN not in caplog.text


async def test_an_ad_that_cannot_be_closed_keeps_no_other_open_and_time_goes_on(anne, bilal, monkeypatch, caplog):
    bad, good = await published(anne, published_at=LONG_AGO), await published(bilal, published_at=LONG_AGO)
    old = await closed(anne)
    await database.execute("UPDATE listing SET closed_at = now() - interval '1 year' WHERE id = $1", old.id)
    with monkeypatch.context() as broken:
        fails_for(broken, expiring, "tell_all_who_wait", bad.id)
        with pytest.raises(SweepIncomplete, match="let_time_pass: 1 failed"):
            await let_time_pass()
    states = "SELECT array_agg(status ORDER BY id = $1)::text[] FROM listing"
    assert await database.value(states, bad.id) == ["closed", "published"], "the oldest is erased all the same"
    assert await database.value("SELECT TRUE FROM listing WHERE id = $1", good.id)
    assert_logged(caplog, "expire_ads", bad.id)

    await let_time_pass()
    assert await database.value(states, bad.id) == ["closed", "closed"]


async def test_an_offer_that_cannot_end_keeps_no_other_waiting(anne, bilal, monkeypatch, caplog):
    ads = [(await published(anne)).id for _ in range(3)]
    for ad in ads:
        await answer_from(ad, bilal)
    await database.execute("UPDATE answer SET state = 'asked', turn = 1, asked_until = now() - interval '1 minute'")
    bad = sorted(ads)[0]
    with monkeypatch.context() as broken:
        fails_for(broken, asking, "locked", bad)
        with pytest.raises(SweepIncomplete, match="stop_waiting_everywhere: 1 failed"):
            await stop_waiting_everywhere()
    assert [await state_of(ad, bilal.id) for ad in sorted(ads)] == ["asked", "withdrawn", "withdrawn"]
    assert_logged(caplog, "stop_waiting_everywhere", bad)

    await stop_waiting_everywhere()
    assert await state_of(bad, bilal.id) == "withdrawn"
