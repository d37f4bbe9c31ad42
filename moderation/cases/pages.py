"""The photos that are evidence of a case; and the people a moderator said they know."""

from uuid import UUID

import asyncpg
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import File, Redirect, Template

from app.database import LARGEST_ID
from app.pages import flashes, go, page
from app.refusals import NotHere
from listings.photos.files import photo_file
from listings.photos.pages import size_named
from members.guards import moderator, signed_in
from moderation.cases.access import case_asked_for
from moderation.cases.evidence import shows_photo
from moderation.cases.ties import known_people, take_back_tie

flashes(tie_taken_back="C’est noté\u202f: les dossiers de cette personne reviennent dans votre file.")


class EvidencePhotos(Controller):
    """Also when the ad no longer has them: what was reported is judged, not what was left of it."""

    path = "/moderation/dossiers/{case_id:uuid}/photos"
    guards = [moderator]
    dependencies = {"case": Provide(case_asked_for)}

    @get("/{photo:uuid}/{size:str}")
    async def show(self, case: NamedDependency[asyncpg.Record], photo: FromPath[UUID], size: FromPath[str]) -> File:
        file = photo_file(photo, size_named(size))
        if not await shows_photo(case["id"], photo) or not file.is_file():
            raise NotHere
        return File(
            file,
            media_type="image/webp",
            content_disposition_type="inline",
            headers={"cache-control": "private, no-store"},
        )


class KnownPeople(Controller):
    path = "/moi/connaissances"
    guards = [signed_in]

    @get("/")
    async def list(self, request: Request) -> Template:
        return page(request, "moderation/known_people.html", people=await known_people(request.user))

    @post("/{tie:int}/retrait")
    async def take_back(self, request: Request, tie: FromPath[int]) -> Redirect:
        if not 0 < tie <= LARGEST_ID:
            raise NotHere
        await take_back_tie(tie, request.user)
        return go("/moi/connaissances", done="tie_taken_back")
