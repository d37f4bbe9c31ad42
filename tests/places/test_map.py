import re
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from places.departments import departments
from places.map import departments_map, outlines

TEMPLATES = Path(__file__).parents[2] / "templates"


class Links(HTMLParser):
    """The page's links and their texts, list and drawing apart."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: dict[str, str] = {}
        self.listed: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}
        found = dict(attrs)
        if tag == "a" and "tabindex" in found:
            self.drawn[str(found["href"])] = str(found["class"])
        elif tag == "a":
            self.listed.append(str(found["href"]))


def _drawn(counts: dict[str, int], selected: str | None = None) -> str:
    jinja = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    jinja.globals["asset"] = lambda name: f"/static/{name}"
    macro = jinja.get_template("places/map.html").module.departments_map
    return str(macro(departments_map(), counts, lambda code: f"/annonces?departement={code}&tri=proche", selected))


def _links(html: str) -> Links:
    links = Links()
    links.feed(html)
    return links


async def test_every_inhabited_department_is_drawn_and_leads_to_its_ads():
    links = _links(_drawn({}))
    inhabited = {where.code for where in departments()} - {"984", "989"}
    assert set(links.drawn) == {f"/annonces?departement={code}&tri=proche" for code in inhabited}
    assert "style" not in links.attributes


async def test_the_fuller_a_department_the_darker_it_is():
    drawn = _links(_drawn({"29": 60, "56": 20, "35": 2, "22": 1}, selected="56")).drawn
    shades = {code: drawn[f"/annonces?departement={code}&tri=proche"] for code in ("29", "56", "35", "22", "44")}
    assert shades == {"29": "map-4", "56": "map-2 map-selected", "35": "map-1", "22": "map-1", "44": "map-0"}


async def test_one_or_two_ads_are_never_counted_out():
    html = _drawn({"29": 1, "56": 2, "35": 3})
    assert html.count("moins de 3 annonces") == 4
    assert "3 annonces" in html.replace("moins de 3 annonces", "")
    assert not re.search(r"\b[12] annonces?\b", html)


async def test_the_list_says_in_words_what_the_drawing_shows_and_more():
    html = _drawn({"29": 12, "984": 4})
    assert _links(html).listed == ["/annonces?departement=29&tri=proche", "/annonces?departement=984&tri=proche"]
    assert "Finistère (29)</a>\u202f: 12 annonces" in html
    assert "Aucune annonce pour l’instant" in _drawn({})


async def test_addresses_are_escaped():
    assert "&amp;tri=proche" in _drawn({"29": 12})
    assert "&tri" not in _drawn({"29": 12})


async def test_shapes_stay_inside_the_view_box_and_light():
    drawn = departments_map()
    assert sum(len(shape.path) for shape in drawn.departments) < 60_000
    for shape in drawn.departments:
        for start in re.findall(r"M(-?\d+),(-?\d+)", shape.path):
            assert 0 <= int(start[0]) <= drawn.width
            assert 0 <= int(start[1]) <= drawn.height
        assert 0 < shape.label_x < drawn.width
        assert 0 < shape.label_y < drawn.height


async def test_the_file_of_outlines_draws_every_department_the_page_refers_to():
    page, file = _drawn({"29": 5}), outlines().decode()

    referred = re.findall(r'<use href="/static/map.svg#(\w+)"', page)

    assert referred
    assert all(f'<path id="{name}" d="M' in file for name in referred)
