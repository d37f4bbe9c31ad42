"""Advice to somebody who is still writing. It only advises: the same comes when they send. Nothing is kept."""

import enum
from datetime import timedelta

from litestar import Controller, Request, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Template

from app.pages import page
from app.refusals import NotHere
from app.throttle import throttle
from exchanges.homes.writing.written import read as read_home
from listings.content import Content as Draft
from listings.kinds import Category
from listings.writing.screening import to_screen
from listings.writing.written import read
from members.guards import signed_in
from messaging.writing import in_private
from moderation.rules.advice import Advice
from moderation.rules.screening import screen_or_hold
from moderation.rules.verdict import Content, Verdict
from partners.writing.written import read as read_offer

LONGEST = 4_000
HEAVIEST = 100_000  # bytes
WORDS = {"title", "body", "summary", "text", "word"}
AT_MOST = 300
WINDOW = timedelta(minutes=10)


class Writing(enum.StrEnum):
    ad = "annonce"
    reply = "reponse"
    message = "message"
    thanks = "merci"


class WhileTyping(Controller):
    path = "/conseil"
    guards = [signed_in]
    request_max_body_size = HEAVIEST

    @post("/{writing:str}", status_code=200)
    async def advise(self, request: Request, writing: FromPath[str]) -> Template:
        if writing not in set(Writing):
            raise NotHere
        await throttle("advice", str(request.user.id), limit=AT_MOST, every=WINDOW)
        content = _content(await request.form(), Writing(writing))
        return page(request, "rules/advice.html", advice=Advice.of(_said(content, Writing(writing)), content.texts()))


def _said(content: Content, writing: Writing) -> Verdict:
    return in_private(content.body) if writing is Writing.message else screen_or_hold(content)


def _content(sent: FormMultiDict, writing: Writing) -> Content:
    """Half a form fits nothing yet: what is no value of its field is left out."""
    category = sent.get("category")
    if category not in set(Category):
        category = None
    if writing is Writing.ad and category:
        reads = {Category.home: read_home, Category.local_offer: read_offer}.get(Category(category), read)
        written, _ = reads(sent, Draft(category=Category(category)))
        return to_screen(written)
    words = (str(typed)[:LONGEST] for name, typed in sent.items() if name.partition("-")[0] in WORDS)
    return Content(body="\n".join(words), category=category)
