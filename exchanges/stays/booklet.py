"""The welcome booklet of a home: its host writes it in Markdown, guests read it from two days before their stay to a
day after."""

from functools import cache
from typing import Annotated
from uuid import UUID

import msgspec
from markdown_it import MarkdownIt
from markupsafe import Markup

from app import database
from app.dates import in_words, now, today
from app.forms import Errors, Form
from app.refusals import Refused
from exchanges.homes.own import NotSoNow
from exchanges.stays.access import OneStay
from exchanges.stays.screening import objections
from exchanges.stays.windows import DAY_AFTER, booklet_opens, is_booklet_open
from members.me import Me

LONGEST = 8_000
NO_HOME = "Écrivez d’abord la fiche de votre logement : le livret l’accompagne."
STARTER = """## Arriver
Où trouver les clés, où se garer, comment ouvrir.

## La maison
Chauffage, eau chaude, disjoncteur, arrivée d’eau. Wifi : nom et mot de passe.

## Ce qui compte pour nous
Les plantes, le chat du voisin, ce que vous préférez qu’on laisse fermé.

## Autour
La boulangerie, le marché, l’arrêt de bus, une promenade.

## En cas de besoin
Qui appeler dans le voisinage, le médecin le plus proche.

## Repartir
Les poubelles, les draps, où laisser les clés.
"""
"""What an empty booklet begins with."""


class BookletForm(Form):
    words: Annotated[str, msgspec.Meta(max_length=LONGEST)]

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"words": "Écrivez quelques lignes, 8 000 caractères au plus."}

    async def objections(self) -> Errors:
        return await objections({"words": self.words})


class Booklet(msgspec.Struct, frozen=True):
    """`until` is the last day it can be read."""

    html: Markup
    until: str


async def home_of(me: Me) -> UUID:
    """The home whose booklet it is: where guests still come, though it ended since; else the member's present one; else
    one that ended, as long as its booklet is kept. Raises Refused for who has none of them."""
    found: UUID | None = await database.value(_HOME, me.id)
    if found is None:
        raise NotSoNow(NO_HOME)
    return found


async def words_of(home: UUID) -> str | None:
    """The Markdown of the home's booklet; None when there is none."""
    found: str | None = await database.value("SELECT words FROM welcome_booklet WHERE home = $1", home)
    return found


async def keep_booklet(home: UUID, form: BookletForm) -> None:
    """Instead of what was there. The form's `objections` come first."""
    await database.execute(
        "INSERT INTO welcome_booklet (home, words, written_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (home) DO UPDATE SET words = excluded.words, written_at = excluded.written_at",
        home,
        form.words,
        now(),
    )


async def erase_booklet(home: UUID) -> None:
    await database.execute("DELETE FROM welcome_booklet WHERE home = $1", home)


async def read_booklet(stay: OneStay) -> Booklet:
    """For its guest. Raises Refused when it is not the time for it, or when the host wrote none."""
    if not is_booklet_open(stay.first, stay.last, today()):
        raise Refused(_closed(stay))
    words = await words_of(stay.home)
    if words is None:
        raise Refused(f"{stay.host_name} n’a pas écrit de livret d’accueil. Posez vos questions dans la conversation.")
    return Booklet(html=rendered(words), until=in_words(stay.last + DAY_AFTER))


def rendered(words: str) -> Markup:
    """As HTML: headings from the second level on, lists, emphasis. Markup that was typed shows as it was typed; there
    are neither links nor images, so that nothing leads or asks anywhere else."""
    return Markup(_markdown().render(words))  # noqa: S704 - the parser escapes what was typed


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.disable(["link", "image", "autolink", "reference", "html_block", "html_inline", "entity"])
    parser.core.ruler.push("below_the_page_title", _lower_headings)
    return parser


def _lower_headings(state: object) -> None:
    """The page has its title: a heading of the booklet is never its equal."""
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(4, max(2, int(token.tag[1])))}"


_HOME = """
SELECT l.id FROM listing l
CROSS JOIN LATERAL (SELECT l.status IN ('draft', 'pending', 'published', 'aside') AS now, EXISTS (
    SELECT FROM stay s JOIN swap w ON w.id = s.swap WHERE s.home = l.id AND w.state IN ('accepted', 'confirmed')
) AS for_guests) is_kept
WHERE l.author = $1 AND l.category = 'home' AND l.status <> 'removed'
    AND (now OR for_guests OR EXISTS (SELECT FROM welcome_booklet b WHERE b.home = l.id))
ORDER BY for_guests DESC, now DESC, l.closed_at DESC NULLS LAST, l.id LIMIT 1
"""


def _closed(stay: OneStay) -> str:
    if today() < stay.first:
        return f"Le livret d’accueil s’ouvre deux jours avant votre arrivée : {in_words(booklet_opens(stay.first))}."
    return "Le séjour est terminé : le livret d’accueil n’est plus affiché."
