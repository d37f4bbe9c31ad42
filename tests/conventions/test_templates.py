"""What every template keeps to: it compiles, it leans on what exists, it needs no exception to the strict policy."""

import re

from jinja2 import nodes
from jinja2.meta import find_referenced_templates

from app.mail_text import _mails
from tests.helpers.source import files, here, templates

ELSEWHERE = ("http://www.w3.org/2000/svg",)  # a name, never fetched
GUARDED = "csrf_input"
KEEPS_NOTHING = re.compile(r'action="(/droits/|/service-social/paquet|{{ simulator_path }})')
"""Forms of visitors who get no cookie; what they send changes nothing."""


def _templates():
    return list(files("templates", ending=(".html", ".txt")))


async def test_every_template_compiles_and_leans_on_templates_that_exist(app):
    missing: list[str] = []
    for jinja, elsewhere in ((templates(app), "mail/"), (_mails(), "nowhere/")):
        known = set(jinja.list_templates())
        for name in sorted(one for one in known if not one.startswith(elsewhere)):
            jinja.get_template(name)
            used = find_referenced_templates(jinja.parse(jinja.loader.get_source(jinja, name)[0]))
            missing += [f"{name} → {one}" for one in used if one is not None and one not in known]
    assert not missing


async def test_every_macro_called_exists_where_it_is_imported_from(app):
    jinja, wrong = templates(app), []
    for name in sorted(jinja.list_templates()):
        tree = jinja.parse(jinja.loader.get_source(jinja, name)[0])
        for taken in tree.find_all(nodes.FromImport):
            macros = _macros(jinja, taken.template.value)
            names = {one if isinstance(one, str) else one[0] for one in taken.names}
            wrong += [f"{name}: {taken.template.value} has no {one}" for one in sorted(names - macros)]
        for whole in tree.find_all(nodes.Import):
            macros = _macros(jinja, whole.template.value)
            called = {
                call.node.attr
                for call in tree.find_all(nodes.Call)
                if isinstance(call.node, nodes.Getattr)
                and isinstance(call.node.node, nodes.Name)
                and call.node.node.name == whole.target
            }
            wrong += [f"{name}: {whole.template.value} has no {one}" for one in sorted(called - macros)]
    assert not wrong


def _macros(jinja, name: str) -> set[str]:
    tree = jinja.parse(jinja.loader.get_source(jinja, name)[0])
    return {macro.name for macro in tree.find_all(nodes.Macro)} | {one.target.name for one in _assigned(tree)}


def _assigned(tree: nodes.Template):
    return [one for one in tree.find_all(nodes.Assign) if isinstance(one.target, nodes.Name)]


async def test_no_template_carries_style_script_or_handlers():
    wrong = []
    for file in files("templates", ending=(".html",)):
        text = file.read_text()
        for found in re.finditer(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|\shx-on", text):
            wrong += [f"{here(file)}: {found[0].strip()}"]
    assert not wrong


async def test_every_form_that_posts_carries_the_token():
    wrong = []
    for file in files("templates", ending=(".html",)):
        for form in re.findall(r"<form\b.*?</form>", file.read_text(), re.DOTALL):
            opening = form[: form.index(">")]
            posts = re.search(r"""method=["']?post|hx-post""", opening, re.IGNORECASE)
            if bool(posts and not KEEPS_NOTHING.search(opening)) != (GUARDED in form):
                wrong.append(f"{here(file)}: {opening[:120]}")
    assert not wrong


async def test_nothing_is_marked_safe_but_the_token_and_our_own_words():
    """Escaping is never turned off for what anyone typed: markup made in Python says so itself, by its type."""
    wrong: list[str] = []
    for file in _templates():
        marked = re.findall(r"([^{\s]*)\s*\|\s*safe|(autoescape)", file.read_text())
        wrong += [f"{here(file)}: {one}" for one, off in marked if off or not (one == GUARDED or one[-1:] in "'\"")]
    assert not wrong


async def test_nothing_is_loaded_from_or_sent_to_another_host():
    """Links a person may follow are theirs to follow; what a browser fetches by itself comes from here."""
    wrong = []
    for file in files("templates", "static", ending=(".html", ".css", ".js", ".svg")):
        text = file.read_text()
        for found in re.finditer(
            r"""(?:src|action|hx-[a-z]+|@import|url\(|fetch\(|srcset)[=\s("']*(https?:)?//""", text
        ):
            wrong += [f"{here(file)}: {found[0]}"]
        if file.suffix != ".html":
            others = set(re.findall(r"https?://[^\s\"')]+", text)) - set(ELSEWHERE)
            wrong += [f"{here(file)}: {other}" for other in sorted(others)]
        wrong += [f"{here(file)}: {tag}" for tag in re.findall(r"<link[^>]*https?://[^>]*>", text)]
    assert not wrong


async def test_every_address_a_template_writes_is_a_route(app):
    """A link or form whose address is written out; what is computed is followed by the crawl of the world."""
    from tests.helpers.routes import routes_of

    shapes = [re.compile(re.sub(r"{[^}]*}", "[^/]+", route.path) + "/?$") for route in routes_of(app)]
    wrong = []
    for file in files("templates", ending=(".html",)):
        for address in re.findall(r"""(?:href|action|hx-get|hx-post)="(/[^"]*)\"""", file.read_text()):
            path = re.sub(r"{{.*?}}", "x", address)
            path = re.split(r"[?#]|{%", path)[0]
            if not any(shape.match(path) for shape in shapes):
                wrong.append(f"{here(file)}: {address}")
    assert not wrong
