"""The addresses of words of thanks: mine, one to write, one to take back."""

from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect, Template

from app import paging
from app.pages import flashes, go, page
from members.guards import signed_in
from thanks.access import AlreadyWritten, Exchange, own_exchange, own_word
from thanks.reading import board
from thanks.tables import ThanksState
from thanks.words import Word
from thanks.writing import take_back, write

flashes(
    thanks_sent="Votre mot est envoyé. Merci !",
    thanks_sealed="Votre mot est gardé : il s’ouvrira quand chacun aura écrit, dans quatorze jours au plus tard.",
    thanks_held="Votre mot est envoyé. Un modérateur le relit avant qu’il soit lu.",
    thanks_private="Votre ligne est chez les modérateurs, et chez eux seulement.",
    thanks_taken_back="Votre mot est effacé.",
    thanks_written="Votre mot pour cet échange est déjà écrit, ou vous avez lu celui de l’autre. Tout est ici.",
)
DONE = {
    ThanksState.sealed: "thanks_sealed",
    ThanksState.held: "thanks_held",
    ThanksState.private: "thanks_private",
}


class Thanks(Controller):
    path = "/mercis"
    guards = [signed_in]

    @get("/")
    async def board(self, request: Request) -> Template:
        after = paging.read(request.query_params.get("apres"))
        return page(request, "thanks/board.html", board=await board(request.user, after), is_first=after is None)

    @post("/{thanks_id:uuid}/suppression", dependencies={"word": Provide(own_word)})
    async def take_back(self, word: NamedDependency[UUID], request: Request) -> Redirect:
        await take_back(word, request.user)
        return go("/mercis", done="thanks_taken_back")


class OneExchange(Controller):
    path = "/mercis/ecrire/{help_id:uuid}"
    guards = [signed_in]
    dependencies = {"exchange": Provide(own_exchange)}

    @get("/")
    async def ask(self, help_id: FromPath[UUID], request: Request) -> Template | Redirect:
        try:
            exchange = await own_exchange(help_id, request)
        except AlreadyWritten:
            return go("/mercis", done="thanks_written")
        return page(request, "thanks/write.html", exchange=exchange, sent={}, errors={}, advice={})

    @post("/")
    async def write(self, exchange: NamedDependency[Exchange], request: Request) -> Template | Redirect:
        sent = await request.form()
        word, errors = Word.read(sent)
        errors, advice = await word.objections(exchange.category, request.user.id) if word else (errors, None)
        if word is None or errors or advice:
            return page(
                request, "thanks/write.html", 422, exchange=exchange, sent=sent, errors=errors, advice={"": advice}
            )
        state = await write(exchange.id, request.user, word)
        return go("/mercis", done=DONE.get(state, "thanks_sent"))
