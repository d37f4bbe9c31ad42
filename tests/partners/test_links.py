"""An address loses what follows those who open it, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.links import NoAddress, follows, without_trackers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.exemple.fr", "https://www.exemple.fr"),
        ("http://exemple.fr/a?page=2&utm_source=x&gclid=1", "http://exemple.fr/a?page=2"),
        ("https://exemple.fr/?UTM_Campaign=x", "https://exemple.fr/"),
        ("https://exemple.fr/tarifs#enfants", "https://exemple.fr/tarifs#enfants"),
        ("https://exemple.fr/#utm_source=x", "https://exemple.fr/"),
        ("https://exemple.fr:8443/a", "https://exemple.fr:8443/a"),
        ("https://évian.fr", "https://xn--vian-9oa.fr"),
    ],
)
def test_trackers_are_taken_away(typed, kept):
    assert without_trackers(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "data:text/html,x", "ftp://exemple.fr", "https://a@b.fr", "localhost", "https://", "a b.fr",
     "https://exemple.fr:99999/", "https://[::1", "https://exemple.fr/" + "a" * 300, "//"],
)  # fmt: skip
def test_what_is_no_page_is_no_address(typed):
    with pytest.raises(NoAddress):
        without_trackers(typed)


@given(st.text(max_size=200))
def test_any_text_is_an_address_over_the_web_or_none(typed):
    try:
        kept = without_trackers(typed)
    except NoAddress:
        return
    assert kept.startswith(("http://", "https://")) and without_trackers(kept) == kept and not follows(kept)
