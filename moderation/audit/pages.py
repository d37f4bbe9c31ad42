"""The log as administrators read it, and the file they may take away, which is itself in the log."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Request, get, post
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream, Template

from app.database import LARGEST_ID
from app.dates import today
from app.forms import Errors, Form
from app.pages import page
from members.guards import administrator
from moderation import audit
from moderation.audit.exporting import MOST, as_csv
from moderation.audit.looking import Search, actions, look_up
from moderation.audit.sealing import head, unsealed
from moderation.audit.words import in_words

An_Entry = Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID)]


class SearchForm(Form):
    qui: Annotated[str, msgspec.Meta(max_length=60)] = ""
    quoi: Annotated[str, msgspec.Meta(max_length=60)] = ""
    objet: Annotated[str, msgspec.Meta(max_length=80)] = ""
    du: date | None = None
    au: date | None = None

    @property
    def search(self) -> Search:
        return Search(who=self.qui, action=self.quoi, thing=self.objet, first=self.du, last=self.au)

    @property
    def address(self) -> str:
        """What was asked for, as it stands in an address."""
        return urlencode({name: str(value) for name, value in msgspec.structs.asdict(self).items() if value})


class AuditLog(Controller):
    path = "/moderation/audit"
    guards = [administrator]

    @get("/")
    async def look(self, request: Request, avant: FromQuery[An_Entry] = None) -> Template:
        form, errors = SearchForm.read(request.query_params)  # type: ignore[arg-type]
        return await _log(request, form or SearchForm(), avant, errors, request.query_params)

    @post("/export")
    async def export(self, request: Request) -> Stream | Template:
        form, errors = SearchForm.read(sent := await request.form())
        if form is None:  # never the whole log instead of what was asked for
            return await _log(request, SearchForm(), None, errors, sent)
        search = form.search
        days = {"first": str(search.first or ""), "last": str(search.last or "")}
        await audit.record("audit.exported", by=request.user.id, kind="audit", subject="log", form="csv", **days)
        name = f"registre-{today().isoformat()}.csv"
        return Stream(
            _bytes(as_csv(search, MOST)),
            status_code=200,
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
        )


async def _log(request: Request, form: SearchForm, before: int | None, errors: Errors, sent: Any) -> Template:
    return page(
        request,
        "moderation/audit/log.html",
        422 if errors else 200,
        found=await look_up(form.search, before),
        form=form,
        sent=sent,
        errors=errors,
        actions=[(action, in_words(action)) for action in await actions()],
        is_first=before is None,
        head=await head(),
        waiting=await unsealed(),
        most=MOST,
    )


async def _bytes(lines: AsyncIterator[str]) -> AsyncIterator[bytes]:
    async for line in lines:
        yield line.encode()
