"""Whatever is typed, a form answers, and what is kept can be searched with."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar.datastructures import FormMultiDict

from app import database
from search.suggesting import known_searches
from search.vocabulary import unfound
from search.vocabulary.adding import LONGEST_TERM, MOST_TERMS, Way, WordsForm
from search.vocabulary.following import with_groups
from search.words.forms import stems
from search.words.synonyms import Vocabulary, units

TERMS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["vélo", "l’école", "baby-sitter", "APL", "16 pouces", "œuvre", "le", "coup de main", "\x00", "\ue000"]
    ),
)


@given(terms=st.lists(TERMS, max_size=10), way=st.sampled_from(Way))
async def test_what_a_form_takes_is_words_that_find_each_other(terms, way):
    form, errors = WordsForm.read(FormMultiDict({"terms": "\n".join(terms), "way": way.value, "tried": ""}))
    if form is None:
        assert errors
        return
    if form.errors():
        return
    (kept, one_way) = form.group
    assert 2 <= len(kept) <= MOST_TERMS
    assert all(0 < len(term) <= LONGEST_TERM and stems(term) for term in kept)
    vocabulary: Vocabulary = with_groups([form.group])
    first, second = (tuple(stems(term).split()) for term in kept[:2])
    assert second in vocabulary.others[first]
    assert one_way or first in vocabulary.others[second]
    assert form.to_try


@given(typed=st.text(max_size=200))
async def test_any_text_can_be_searched_with_and_completed(typed):
    assert all(unit.stems for unit in units(typed, with_groups([(("vélo", "bécane"), False)])))
    assert len(known_searches(typed)) == len(set(known_searches(typed)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=120))
async def test_any_search_in_vain_is_counted_or_passed_over(anne, typed):
    await unfound.note(typed, anne.id)
    assert not await database.value("SELECT count(*) FROM search_unfound WHERE words <> '' AND member_days < 3")


@pytest.mark.parametrize("mots", ["x" * 5_000, "\x00", "<script>", "%ff", "é" * 90])
async def test_the_page_takes_any_words_in_its_address(browser, denis, mots):
    await browser.sign_in(denis)
    page = await browser.get("/administration/recherche", params={"mots": mots})
    assert page.status_code == 200
    assert "<script>" not in page.text.split("<main")[1]
