"""Turn a Query into tantivy's: built from terms, never parsed from what was typed."""

from collections.abc import Iterator, Sequence
from math import log

from tantivy import FieldType, Occur, Searcher
from tantivy import Query as Asked

from search.contract import CUMULATIVE, FACETS, Near, Query
from search.embedded.nearby import Places
from search.embedded.schema import NO_END, NO_END_SECONDS, NO_START, day, schema, seconds
from search.words.forms import clean, is_exact, is_short
from search.words.forms import stem as stem_of
from search.words.marking import slips
from search.words.sounds import sound
from search.words.synonyms import Phrase, Unit

# The title says most; what the category is called, every ad of it says.
IN_TITLE, IN_BODY, AROUND = 4.0, 1.0, 0.5
FIELDS = (("title", IN_TITLE), ("body", IN_BODY), ("around", AROUND))
SYNONYM = 0.6
HEARD = 0.4
UNFINISHED = 0.3
SLIP = 0.2
# A word found in fewer ads than this may well be a slip of its own; two people rarely make the same.
RARE = 2
# In a relaxed search a further matching word outweighs any score of the others, and a rare one counts up to double.
EACH_WORD = 20.0
ENDINGS = 60
MOST_SLEEPERS = 2**31

Filters = dict[str, tuple[Occur, Asked]]


def every(asked: Sequence[Unit], searcher: Searcher) -> Asked:
    """Ads where each unit is found, in one of its names."""
    return Asked.boolean_query([(Occur.Must, one) for one in _each(asked, searcher)])


def some(asked: Sequence[Unit], searcher: Searcher, at_least: int) -> Asked:
    """Ads where at least so many units are found, not only numbers, those with more of them first."""
    each = _each(asked, searcher, is_enough=False)
    enough = Asked.boolean_query([(Occur.Should, one) for one in each], minimum_number_should_match=at_least)
    words = [(Occur.Should, one) for unit, one in zip(asked, each, strict=True) if not unit.is_number]
    if words and len(words) < len(each):
        enough = Asked.boolean_query([(Occur.Must, enough), (Occur.Must, Asked.boolean_query(words))])
    more = [
        (Occur.Should, Asked.const_score_query(one, EACH_WORD * (1 + _rarity(unit, searcher))))
        for unit, one in zip(asked, each, strict=True)
    ]
    return Asked.boolean_query([(Occur.Must, enough), *more])


def beginnings(asked: Sequence[Unit], searcher: Searcher) -> Iterator[Asked]:
    """Ads whose title holds these words, the last of them unfinished; then those that forgive a slip in each.

    The last two may be the beginning of one compound: "baby-sit".
    """
    words = [word for unit in asked for word in unit.words]
    readings = [_begin(words[:-1], words[-1], searcher)]
    if len(words) > 1:
        readings.append(_begin(words[:-2], words[-2] + words[-1], searcher))
    if possible := [(Occur.Should, reading) for reading in readings if reading is not None]:
        yield Asked.boolean_query(possible)
    if any(map(slips, words)):
        *whole, last = words
        parts = [*(_slipped(word) for word in whole), _slipped(last, is_unfinished=True)]
        yield Asked.boolean_query([(Occur.Must, part) for part in parts])


def _begin(whole: list[str], unfinished: str, searcher: Searcher) -> Asked | None:
    endings = [ending for ending, _ in searcher.terms_with_prefix("title_words", unfinished, limit=ENDINGS)]
    if not endings:
        return None
    parts = [term("title_words", word) for word in whole]
    parts.append(Asked.term_set_query(schema(), "title_words", endings))
    return Asked.boolean_query([(Occur.Must, part) for part in parts])


def _slipped(word: str, is_unfinished: bool = False) -> Asked:
    return Asked.fuzzy_term_query(schema(), "title_words", word, distance=slips(word), prefix=is_unfinished)


def filters(query: Query, places: Places) -> Filters:
    """Each condition under its name, so that a facet can be counted without its own."""
    found: Filters = {}
    for facet in FACETS:
        if values := query.chosen(facet):
            found[facet] = (Occur.Must, _chosen(facet, [clean(value) for value in values]))
    if query.near and query.near.km is not None:
        found["near"] = (Occur.Must, _spots(places.within(query.near.lat, query.near.lon, query.near.km)))
    if query.on_or_after:
        found["after"] = (Occur.Must, _range("ends", day(query.on_or_after, NO_START), NO_END))
    if query.on_or_before:
        found["before"] = (Occur.Must, _range("starts", NO_START, day(query.on_or_before, NO_END)))
    if query.price_max_cents is not None:
        found["price"] = (Occur.Must, _range("price", 0, query.price_max_cents))
    if query.sleeps_min is not None:
        found["sleeps"] = (Occur.Must, _range("sleeps", query.sleeps_min, MOST_SLEEPERS))
    return found | _hiding(query)


def _chosen(facet: str, values: list[str]) -> Asked:
    if facet in CUMULATIVE:
        return Asked.boolean_query([(Occur.Must, term(facet, value)) for value in values])
    return Asked.term_set_query(schema(), facet, values)


def _hiding(query: Query) -> Filters:
    found: Filters = {}
    for field, hidden in (("author", query.hidden_authors), ("id", query.hidden_ids)):
        if hidden:
            found[f"hidden {field}"] = (
                Occur.MustNot,
                Asked.term_set_query(schema(), field, [clean(value) for value in hidden]),
            )
    if query.alive_at:
        found["alive"] = (Occur.Must, _range("expires", seconds(query.alive_at) + 1, NO_END_SECONDS))
    return found


def narrowed(text: Asked, conditions: Filters, but: str | None = None) -> Asked:
    kept = [condition for name, condition in conditions.items() if name != but]
    if not kept:
        return text
    return Asked.boolean_query(
        [(Occur.Must, text)]
        + [(occur, Asked.const_score_query(one, 0.0) if occur is Occur.Must else one) for occur, one in kept]
    )


def beside(near: Near, places: Places) -> tuple[Filters, Filters]:
    """The condition that something lies in this circle, and that it does not."""
    spots = _spots(places.within(near.lat, near.lon, near.km or 0))
    return {"inside": (Occur.Must, spots)}, {"outside": (Occur.MustNot, spots)}


def by_band(found: Asked, near: Near, places: Places) -> Asked:
    """The same ads, each scored by its band of distance.

    Bands stand a factor of 4 apart: multiplied by freshness, which takes 870 days to reach it, they
    give "nearest band first, newest first within it" in one pass.
    """
    rings = places.rings(near.lat, near.lon, near.km)
    bands = [
        (Occur.Should, Asked.const_score_query(_spots(ring), 4.0 ** (len(rings) + 1 - i)))
        for i, ring in enumerate(rings)
        if ring
    ]
    return Asked.boolean_query([(Occur.Must, Asked.const_score_query(found, 1.0)), *bands])


def term(field: str, value: str) -> Asked:
    return Asked.term_query(schema(), field, value, index_option="basic")


def _each(asked: Sequence[Unit], searcher: Searcher, is_enough: bool = True) -> list[Asked]:
    """Where all are wanted, a rare word may be a slip; where some are enough, only one that nobody wrote."""
    rare = RARE if is_enough else 1
    return [_unit(unit, searcher, unit is asked[-1], rare) for unit in asked]


def _rarity(unit: Unit, searcher: Searcher) -> float:
    """From 0, in every ad, to 1."""
    most = max(min(_frequency(stem, searcher) for stem in name) for name in (unit.stems, *unit.others))
    return 1 - log(1 + most) / log(2 + max(most, searcher.num_docs))


def _unit(unit: Unit, searcher: Searcher, is_last: bool, rare: int) -> Asked:
    names = [
        *_own(unit, searcher, is_last, rare),
        *(_phrase(name, SYNONYM) for name in unit.others if _known(name, searcher)),
    ]
    return names[0] if len(names) == 1 else Asked.disjunction_max_query(names, tie_breaker=0.1)


def _own(unit: Unit, searcher: Searcher, is_last: bool, rare: int) -> list[Asked]:
    if len(unit.stems) == 1:
        return _word(unit.stems[0], unit.words[0], searcher, is_last, rare)
    apart = [
        Asked.disjunction_max_query(_word(stem, word, searcher, is_last and word == unit.words[-1], rare))
        for stem, word in zip(unit.stems, unit.words, strict=True)
    ]
    together = [_phrase(unit.stems, 1.0)] if _known(unit.stems, searcher) else []
    return [*together, Asked.boost_query(Asked.boolean_query([(Occur.Must, one) for one in apart]), 0.4)]


def _word(stem: str, word: str, searcher: Searcher, is_last: bool, rare: int) -> list[Asked]:
    found = [_phrase((stem,), 1.0)]
    if is_exact(word):
        return found
    known = _frequency(stem, searcher)
    if is_last and len(word) > (3 if known else 1) and not (is_short(word) and _is_written(word, stem, searcher)):
        for field in ("forms", "title", "body", "around"):
            endings = [ending for ending, _ in searcher.terms_with_prefix(field, word, limit=ENDINGS)]
            # Those of the same stem are found already, and are often the most frequent.
            if others := [ending for ending in endings if ending != stem and stem_of(ending) != stem]:
                unfinished = Asked.term_set_query(schema(), field, others)
                found.append(Asked.const_score_query(unfinished, UNFINISHED * (IN_TITLE if field == "title" else 1)))
    if known < rare and (heard := sound(word)):
        found.append(Asked.const_score_query(term("sounds", heard), HEARD * IN_TITLE))
    if known < rare and (allowed := slips(word)):
        for field, slipped in (("forms", word), *((field, stem) for field, _ in FIELDS)):
            near = Asked.fuzzy_term_query(schema(), field, slipped, distance=min(allowed, slips(slipped) or 1))
            found.append(Asked.const_score_query(near, SLIP * (IN_TITLE if field == "title" else 1)))
    return found


def _phrase(words: Phrase, weight: float) -> Asked:
    if len(words) == 1:
        places = [(Asked.term_query(schema(), field, words[0]), counts) for field, counts in FIELDS]
    else:
        places = [(Asked.phrase_query(schema(), field, list(words)), counts) for field, counts in FIELDS]
    return Asked.disjunction_max_query(
        [Asked.boost_query(place, counts * weight) for place, counts in places], tie_breaker=0.2
    )


def _known(words: Phrase, searcher: Searcher) -> bool:
    return all(_frequency(word, searcher) for word in words)


def _is_written(word: str, stem: str, searcher: Searcher) -> bool:
    """Whether an ad has the word in this very form; forms like their stem are not kept beside it."""
    return bool(_frequency(stem, searcher) if word == stem else searcher.doc_freq("forms", word))


def _frequency(stem: str, searcher: Searcher) -> int:
    return sum(searcher.doc_freq(field, stem) for field, _ in FIELDS)


def _spots(spots: list[str]) -> Asked:
    return Asked.term_set_query(schema(), "spot", spots) if spots else Asked.empty_query()


def _range(field: str, lowest: int, highest: int) -> Asked:
    return Asked.range_query(schema(), field, FieldType.Integer, lowest, highest)
