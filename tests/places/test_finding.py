from statistics import quantiles
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places.communes import commune, table
from places.finding import prepare, resolve, suggest
from places.well_known import WELL_KNOWN


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("st denis", "97411"),
        ("coetquidan", "56075"),
        ("97400", "97411"),
        ("saint-étienne", "42218"),
        ("SAINT ETIENNE", "42218"),
        ("paris 15", "75115"),
        ("paris 15e arrondissement", "75115"),
        ("75015", "75115"),
        ("75015 Paris", "75115"),
        ("marseille 8e", "13208"),
        ("lyon 3ème", "69383"),
        ("saint pierre et miquelon", "97502"),
        ("nouméa", "98818"),
        ("papeete", "98735"),
        ("bre", "29019"),
        ("havre", "76351"),
        ("saint cyr l'ecole", "78545"),
        ("Saint-Cyr-l’École", "78545"),
        ("chalon s/ saône", "71076"),
        ("œuilly", "51410"),
        ("oeuilly", "51410"),
        ("evry", "91228"),
        ("29200 Brest", "29019"),
        ("29240 Brest Armées", "29019"),
        ("31058 Toulouse Cedex 9", "31555"),
        ("brest finistère", "29019"),
        ("st denis la reunion", "97411"),
        ("Arbignieu", "01015"),
    ],
)
async def test_what_people_type_finds_their_place_first(typed, code):
    assert suggest(typed)[0].code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("saint etiene", "42218"),
        ("marsielle", "13055"),
        ("tolouse", "31555"),
        ("bresst", "29019"),
        ("rochele", "17300"),
        ("xuimper", "29232"),
    ],
)
async def test_a_slip_of_one_letter_still_finds(typed, code):
    assert suggest(typed)[0].code == code


async def test_both_large_saint_denis_are_offered_and_neither_is_chosen_for_the_person():
    assert [place.label for place in suggest("st denis")][:2] == ["Saint-Denis (974)", "Saint-Denis (93)"]
    assert resolve("st denis") is None


async def test_the_name_of_an_island_or_department_offers_its_largest_communes():
    assert [place.name for place in suggest("la réunion")][:3] == ["Saint-Denis", "Saint-Paul", "Saint-Pierre"]
    assert {place.department for place in suggest("finistère", limit=5)} == {"29"}
    assert resolve("la réunion") is None


async def test_former_and_familiar_names_say_which_commune_they_stand_for():
    assert suggest("coetquidan")[0].label == "Coëtquidan (Guer, 56)"
    assert suggest("arbignieu")[0].label == "Arbignieu (Arboys en Bugey, 01)"


@pytest.mark.parametrize("known", WELL_KNOWN, ids=lambda known: known.name)
async def test_every_well_known_name_leads_to_the_commune_its_reason_names(known):
    place = commune(known.code)
    assert place
    assert place.name in known.reason
    assert known.code in {found.code for found in suggest(known.name)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("29200 Brest", "29019"),
        ("Brest 29200", "29019"),
        ("Brest", "29019"),
        ("Brest (29)", "29019"),
        ("brest, finistère", "29019"),
        ("97400", "97411"),
        ("Marseille (13)", "13055"),
        ("Saint-Denis (974)", "97411"),
        ("56380 Guer", "56075"),
        ("Coëtquidan (Guer, 56)", "56075"),
        ("75015", "75115"),
        ("paris 1", "75101"),
        ("Paris", "75056"),
        ("cherbourg", "50129"),
        ("Château-Chinon (Ville) (58)", "58062"),
    ],
)
async def test_a_form_without_javascript_understands(text, code):
    place = resolve(text)
    assert place
    assert place.code == code


@pytest.mark.parametrize(
    "text", ["", "   ", "56380", "29", "saint etiene", "zzzz", "évry", "()", "75", "99999", "é" * 500]
)
async def test_a_form_without_javascript_does_not_guess(text):
    assert resolve(text) is None


async def test_nothing_is_offered_for_nothing_or_nonsense():
    assert suggest("") == suggest(" - ") == suggest("qwxzk") == []


async def test_as_many_places_as_asked_are_offered_and_none_twice():
    found = suggest("saint", limit=20)
    assert len({place.code for place in found}) == 20


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(table().codes) - 1))
async def test_every_label_is_read_back_or_offered_first(row):
    place = commune(table().codes[row])
    assert place
    assert resolve(place.label) == place or place in suggest(place.label)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(table().old_names) - 1))
async def test_every_former_name_leads_to_its_commune_of_today(at):
    name, code = table().old_names[at]
    place = commune(code)
    assert place
    assert code in {found.code for found in suggest(f"{name} ({place.name}, {place.department})")}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
async def test_no_text_breaks_the_search(text):
    assert len(suggest(text)) <= 8
    resolve(text)


async def test_suggestions_come_at_the_speed_of_typing():
    prepare()
    spans = []
    for name in ("saint-étienne-du-rouvray", "la rochele", "mont de marsan", "97400", "saint pierre et miquelon"):
        for end in range(1, len(name) + 1):
            start = process_time()
            suggest(name[:end])
            spans.append(process_time() - start)
    assert quantiles(spans, n=20)[-1] < 0.03
