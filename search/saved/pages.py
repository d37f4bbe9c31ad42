"""The pages of the searches a member keeps: all of them, saving one, changing it, letting it go."""

from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import msgspec
from litestar import Controller, Request, get, post
from litestar.datastructures import MultiDict
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app.database import transaction
from app.forms import Errors, Form
from app.pages import flashes, go, page
from app.refusals import AlreadyDone, NotHere, Refused
from listings.reading.chips import in_words
from listings.reading.filters import Filters
from listings.reading.holding import LONGEST_SEARCH
from members.guards import signed_in
from members.me import Me
from moving.places import places_of
from notifications.reading import read_about
from notifications.stopping import is_stopped, resume, stop
from notifications.topics import Topic
from search.saved.paces import PACE, PACE_HINT, Pace
from search.saved.reading import Kept, has_a_choice_of_places, own_search, searches_of
from search.saved.saving import change, delete, save
from search.saved.widening import wider

PATH = "/moi/recherches"
flashes(
    search_saved="C’est noté : nous vous préviendrons des nouvelles annonces.",
    search_changed="C’est enregistré.",
    search_deleted="Cette recherche n’est plus gardée.",
    search_mails="C’est enregistré.",
)


class SearchForm(Form):
    """`criteria` are pieces of the query of an address; `q`, typed beside them, takes the place of its words."""

    pace: Pace
    criteria: Annotated[list[Annotated[str, msgspec.Meta(max_length=200)]], msgspec.Meta(max_length=50)] = []
    q: Annotated[str, msgspec.Meta(max_length=120)] = ""
    both_places: bool = False

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"pace": "Choisissez quand vous prévenir."}

    @property
    def filters(self) -> Filters:
        others = [pair for pair in parse_qsl("&".join(self.criteria)) if pair[0] != "q"]
        return Filters.of(MultiDict([*others, ("q", self.q)]))


class MailForm(Form):
    wanted: bool = False


class SavedSearches(Controller):
    path = PATH
    guards = [signed_in]

    @get("/")
    async def list(self, request: Request) -> Template:
        kept = await searches_of(request.user.id)
        without_mail = await is_stopped(request.user.id, Topic.search_found)
        return page(request, "search/saved/list.html", searches=kept, without_mail=without_mail)

    @get("/nouvelle")
    async def ask(self, request: Request) -> Template:
        return _form(request, Filters.of(request.query_params))

    @post("/nouvelle")
    async def save(self, request: Request) -> Template | Redirect:
        sent = await request.form()
        form, errors = SearchForm.read(sent)
        filters = form.filters if form else _typed(sent)
        if form is None:
            return _form(request, filters, sent=sent, errors=errors)
        try:
            await save(request.user, filters, form.pace, both_places=form.both_places)
        except Refused as refused:
            return _form(request, filters, sent=sent, errors={"criteria": str(refused)})
        return go(PATH, done="search_saved")

    @post("/courriels")
    async def mails(self, request: Request) -> Redirect:
        form, _ = MailForm.read(await request.form())
        await (resume if form and form.wanted else stop)(request.user.id, Topic.search_found)
        return go(PATH, done="search_mails")


class OwnSearch(Controller):
    path = PATH + "/{search:uuid}"
    guards = [signed_in]

    @get("/")
    async def show(self, search: FromPath[UUID], request: Request) -> Template:
        kept = await own_search(request.user.id, search)
        async with transaction():
            await read_about(request.user.id, search, Topic.search_dry)
        return _form(request, kept.filters, kept)

    @post("/")
    async def change(self, search: FromPath[UUID], request: Request) -> Template | Redirect:
        kept, sent = await own_search(request.user.id, search), await request.form()
        if wanted := str(sent.get("wider", "")):
            filters, q = widened(sent, wanted)
            return _form(request, filters, kept, {**sent, "q": q})
        return await _changed(request, kept, sent)

    @post("/suppression")
    async def delete(self, search: FromPath[UUID], request: Request) -> Redirect:
        if not await delete(request.user, search):
            raise AlreadyDone(PATH)
        return go(PATH, done="search_deleted")

    @get("/annonces")
    async def read(self, search: FromPath[UUID], request: Request) -> Redirect:
        """Where its notification leads: the list as it is now."""
        kept = await own_search(request.user.id, search)
        async with transaction():
            await read_about(request.user.id, search, Topic.search_found)
        return Redirect(kept.address, status_code=303)


async def _changed(request: Request, kept: Kept, sent: Any) -> Template | Redirect:
    form, errors = SearchForm.read(sent)
    filters = form.filters if form else _typed(sent)
    if form is None:
        return _form(request, filters, kept, sent, errors)
    try:
        await change(request.user, kept.id, filters, form.pace, both_places=form.both_places)
    except NotHere:
        raise
    except Refused as refused:
        return _form(request, filters, kept, sent, {"criteria": str(refused)})
    return go(PATH, done="search_changed")


def _typed(sent: Any) -> Filters:
    """What can be understood of a form that does not fit."""
    return Filters.of(MultiDict(parse_qsl("&".join(map(str, sent.getall("criteria", [])))[:2_000])))


def _as_asked(filters: Filters, wider: Filters) -> str:
    """What the button for it sends; an empty `q` takes the words away."""
    return wider.query() + ("&q=" if filters.q and not wider.q else "")


def widened(sent: Any, wanted: str) -> tuple[Filters, str]:
    """What was ticked that the wider search keeps, in its circle, and the words: those typed by now, unless it is them
    it does without."""
    wider = parse_qsl(wanted[:2_000], keep_blank_values=True)
    ticked = parse_qsl("&".join(map(str, sent.getall("criteria", [])))[:2_000])
    kept = [pair for pair in ticked if pair in wider and pair[0] not in ("q", "rayon")]
    q = "" if ("q", "") in wider else str(sent.get("q", ""))[:LONGEST_SEARCH]
    return Filters.of(MultiDict([*kept, *(pair for pair in wider if pair[0] == "rayon"), ("q", q)])), q


def _criteria(filters: Filters) -> list[tuple[str, str]]:
    """Each but the words by itself: its piece of the query, and what it says."""
    pairs = parse_qsl(filters.query())
    return [
        (urlencode([pair for pair in pairs if pair not in parse_qsl(less.query())]), words)
        for words, less in in_words(filters)
    ]


def _form(
    request: Request, filters: Filters, saved: Kept | None = None, sent: Any = None, errors: Errors | None = None
) -> Template:
    me: Me = request.user
    untouched = {
        "q": filters.q,
        "pace": saved.pace.value if saved else Pace.at_once.value,
        "both_places": saved.both_places if saved else True,
    }
    filters = filters.without("tri")
    here = f"{PATH}/{saved.id}" if saved else f"{PATH}/nouvelle"
    return page(
        request,
        "search/saved/form.html",
        422 if errors else 200,
        here=here,
        saved=saved,
        criteria=_criteria(filters.without("q")),
        unsaid=Filters(autour=filters.autour).query(),
        search_address=filters.address(),
        wider=[(words, _as_asked(filters, one)) for words, one in wider(filters)] if saved else [],
        places=places_of(me) if has_a_choice_of_places(me, filters) else (),
        paces=[(pace.value, PACE[pace], PACE_HINT[pace]) for pace in Pace],
        sent=untouched if sent is None else sent,
        errors=errors or {},
    )
