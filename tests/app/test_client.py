"""Where a request comes from, as brakes count it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app import database
from app.client import address
from app.throttle import bucket, throttle


@pytest.mark.parametrize(
    ("one", "another", "are_the_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("unknown", "unknown", True),
    ],
)
async def test_who_changes_address_at_home_gets_no_more_tries(one: str, another: str, are_the_same: bool):
    assert (_from(one) == _from(another)) is are_the_same


async def test_no_address_can_be_found_back_by_trying_them_all(body, monkeypatch):
    """IPv4 has four thousand million: a plain digest of one is no secret."""
    await throttle("anything", "192.0.2.1", limit=5, every=timedelta(hours=1))
    assert await database.value("SELECT bucket FROM throttle") == bucket("anything", "192.0.2.1")
    before = bucket("anything", "192.0.2.1")
    monkeypatch.setattr("app.throttle.settings", lambda: SimpleNamespace(secret="another secret"))
    assert bucket("anything", "192.0.2.1") != before


def _from(host: str) -> str:
    return address(SimpleNamespace(headers={}, client=SimpleNamespace(host=host)))  # type: ignore[arg-type]
