"""What the shared form and page pieces promise to every page."""

import re
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.datastructures import FormMultiDict
from markupsafe import Markup

from app.french import typeset
from app.icons import icon
from app.labels import labels
from tests.app.test_assets import PROJECT


@pytest.fixture
def render():
    jinja = Environment(
        loader=FileSystemLoader(PROJECT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals.update(icon=icon, labels=labels)
    jinja.filters.update(typeset=typeset)
    imports = '{% import "parts/forms.html" as f %}{% import "parts/ui.html" as u %}'
    return lambda text, **context: jinja.from_string(imports + text).render(**context)


def ids(html):
    return re.findall(r'\bid="([^"]+)"', html)


async def test_what_was_typed_stays_and_is_escaped(render):
    html = render(
        "{{ f.field('title', 'Titre', sent, {}) }}{{ f.area('body', 'Annonce', sent, {}) }}",
        sent={"title": '"><script>', "body": "</textarea><b>"},
    )
    assert 'value="&#34;&gt;&lt;script&gt;"' in html
    assert "&lt;/textarea&gt;&lt;b&gt;</textarea>" in html


async def test_an_error_stands_beside_its_field_and_is_tied_to_it(render):
    html = render("{{ f.field('title', 'Titre', {}, {'title': 'Trop court.'}, hint='En bref.') }}")
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="title-error title-hint"' in html
    assert {"title", "title-error", "title-hint"} == set(ids(html))
    assert "Trop court." in html


async def test_a_field_without_error_says_nothing_of_one(render):
    html = render("{{ f.field('title', 'Titre', {}, {}, required=False) }}")
    assert "aria-" not in html.replace("aria-hidden", "")
    assert "(facultatif)" in html
    assert " required" not in html


@pytest.mark.parametrize(
    "call",
    [
        "f.field('x', 'X', sent, errors)",
        "f.area('x', 'X', sent, errors)",
        "f.select('x', 'X', [('a', 'A')], sent, errors)",
        "f.choice('x', 'X', [('a', 'A'), ('b', 'B', 'hint', 'tag')], sent, errors)",
        "f.checks('x', 'X', [('a', 'A'), ('b', 'B')], sent, errors)",
        "f.switch('x', 'X', sent, errors)",
        "f.money('x', 'X', sent, errors)",
        "f.number('x', 'X', sent, errors)",
        "f.date('x', 'X', sent, errors)",
        "f.time('x', 'X', sent, errors)",
        "f.file_photos('x', 'X', errors)",
        "f.place_field('x', 'X', sent, errors)",
        "f.password('x', 'X', errors)",
    ],
)
async def test_the_summary_leads_to_every_kind_of_field(render, call):
    html = render(
        "{{ f.error_summary(errors, {'x': 'X'}) }}{{ " + call + " }}",
        sent={},
        errors={"x": "À revoir.", "form": "Autre."},
    )
    assert 'href="#x"' in html
    assert ids(html).count("x") == 1
    assert len(ids(html)) == len(set(ids(html)))
    assert 'aria-describedby="x-error"' in html
    assert "Autre." in html


async def test_several_values_come_back_ticked_from_a_form_or_a_dictionary(render):
    call = "{{ f.checks('days', 'Jours', [('1', 'Lun.'), ('2', 'Mar.'), ('12', 'Autre')], sent, {}) }}"
    for sent in (FormMultiDict([("days", "1"), ("days", "2")]), {"days": ["1", "2"]}, {"days": [1, 2]}):
        assert re.findall(r'value="(\d+)" checked', render(call, sent=sent)) == ["1", "2"]
    assert re.findall(r'value="(\d+)" checked', render(call, sent={"days": "12"})) == ["12"]
    assert "checked" not in render(call, sent={})


async def test_a_password_is_never_written_back(render):
    assert "secret" not in render("{{ f.password('password', 'Mot de passe', {}) }}", sent={"password": "secret"})


async def test_suggested_places_are_escaped_and_an_empty_answer_says_what_to_try(render):
    assert "<b>" not in render("{{ f.place_options([('<b>', '<b>', '<b>')]) }}")
    assert "code postal" in render("{{ f.place_options([]) }}")


async def test_a_card_tells_what_it_knows_and_no_more(render):
    bare = SimpleNamespace(id=1, url="/annonces/1", title="Poussette <double>", category="classifieds", kind=None)
    html = render("{{ u.card(listing) }}", listing=bare)
    assert "Petites annonces" in html
    assert "Poussette &lt;double&gt;" in html
    assert "card-price" not in html
    assert "<img" not in html

    full = SimpleNamespace(
        **vars(bare) | {"kind": "offer"},
        excerpt=Markup("une <mark>poussette</mark>"),
        price_text="30 €",
        place_text="Brest",
        band_text="à moins de 5 km",
        photo_url="/p.webp",
        photo_alt="Poussette",
    )
    html = render("{{ u.card(listing, 2) }}", listing=full)
    assert "<mark>poussette</mark>" in html
    assert "Offre" in html
    assert '<h2 class="card-title">' in html
    assert 'alt="Poussette"' in html


async def test_bars_of_nothing_are_flat_and_carry_their_figures(render):
    html = render("{{ u.spark([('lundi', 0), ('mardi', 0)], 'Annonces') }}")
    assert html.count('height="0.0"') == 2
    assert html.count("<tr>") == 3
    assert "<svg" in render("{{ u.spark([], 'Annonces') }}")


async def test_twenty_five_cards_stay_light(render):
    card = SimpleNamespace(
        id=1,
        url="/annonces/0190f1c2-aaaa-7bbb-8ccc-0123456789ab",
        title="Garder deux enfants le mercredi après-midi",
        category="childcare",
        kind="request",
        excerpt="m" * 180,
        place_text="Brest",
        band_text="à moins de 5 km",
        when_text="le mercredi, 14 h – 18 h",
        since_text="il y a 2 heures",
    )
    assert len(render("{{ u.cards(listings) }}", listings=[card] * 25).encode()) < 30_000


async def test_no_line_of_what_the_site_says_begins_with_a_colon(render):
    said = "Trop tôt : « Garde » ?"
    html = render("{{ u.notice('info', said, title=said) }}{{ f.error_summary({'x': said}) }}"
                  "{{ f.field('title', 'Titre', {}, {'title': said}) }}", said=said)  # fmt: skip
    assert said not in html and html.count(typeset(said)) == 4
