import gc
import tracemalloc
from time import process_time

from places import names, postcodes
from places.communes import commune, table
from places.departments import department, department_of, departments, region, regions


async def test_a_commune_says_where_it_is():
    brest = commune("29019")
    assert brest
    assert (brest.label, brest.department, brest.region, brest.postcodes) == ("Brest (29)", "29", "53", ("29200",))
    assert (round(brest.lat, 1), round(brest.lon, 1)) == (48.4, -4.5)


async def test_the_code_of_a_merged_commune_gives_the_commune_of_today():
    assert commune("01340") == commune("01015")
    assert commune("00000") is None


async def test_an_arrondissement_is_a_place_that_knows_its_city():
    fifteenth = commune("75115")
    assert fifteenth
    assert (fifteenth.label, fifteenth.city, fifteenth.commune) == ("Paris 15e (75)", "75056", "75056")
    assert len(table().cities) == 45


async def test_overseas_departments_and_territories_are_all_there():
    present = {department_of(code).code for code in table().codes}
    assert present == {where.code for where in departments()}
    assert {"971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"} <= present


async def test_every_place_has_a_centre_near_the_others_of_its_department():
    spread = {"984": 60.0, "987": 25.0, "986": 3.0}
    middles: dict[str, tuple[float, float]] = {}
    for code in table().codes:
        place = commune(code)
        assert place
        lat, lon = middles.setdefault(place.department, (place.lat, place.lon))
        assert abs(place.lat - lat) <= spread.get(place.department, 3.0), place
        assert abs(place.lon - lon) <= 2 * spread.get(place.department, 3.0), place


async def test_departments_and_regions_are_named_in_the_order_of_their_codes():
    codes = [where.code for where in departments()]
    assert codes[:2] == ["01", "02"]
    assert codes[18:22] == ["19", "2A", "2B", "21"]
    assert codes[-1] == "989"
    finistere = department("29")
    assert finistere
    assert finistere.label == "Finistère (29)"
    bretagne = region(finistere.region)
    assert bretagne
    assert bretagne.name == "Bretagne"
    assert department("20") is None
    assert {where.region for where in departments()} == {where.code for where in regions()}


async def test_the_data_loads_quickly_and_stays_small():
    for cached in (table, names.names, postcodes._sorted):
        cached.cache_clear()
    start = process_time()
    names.names()
    postcodes.rows_with("29")
    assert process_time() - start < 1
    for cached in (table, names.names, postcodes._sorted):
        cached.cache_clear()
    gc.collect()
    tracemalloc.start()
    try:
        names.names()
        postcodes.rows_with("29")
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < 20_000_000
    finally:
        tracemalloc.stop()
