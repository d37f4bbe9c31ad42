"""An author ends an ad and says who helped, in one step."""

from collections.abc import Mapping, Sequence
from typing import Self
from uuid import UUID

import msgspec
from litestar.datastructures import FormMultiDict

from app import database
from app.database import transaction
from app.forms import Errors, Form
from app.refusals import Refused
from listings.ad import Ad
from listings.kinds import Deal, Outcome, Status
from listings.life.closing import close_listing
from listings.life.steps import hold
from members.me import Me
from moderation.rules.advice import Advice
from thanks.candidates import Candidates
from thanks.helping import author_helps, record_helped
from thanks.opening import TO_WRITE
from thanks.tables import ThanksState
from thanks.words import Word
from thanks.writing import write

TOO_LATE = "On ne peut plus dire ici qui a aidé : quatorze jours sont passés depuis la fin de l’annonce."
UNKNOWN = "Choisissez parmi les personnes qui vous ont répondu."
FIELDS = ("word", "line", "problem", "told")
Advised = dict[str, Advice]


class Sent(Form):
    """The fields every form of an end has; `helped` are ids of members."""

    outcome: Outcome
    helped: list[UUID] = []

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"outcome": "Dites comment l’annonce se termine.", "helped": UNKNOWN}


class Ending(msgspec.Struct, frozen=True):
    """How an ad ends. Without a need that was met nobody helped."""

    outcome: Outcome
    helped: Sequence[UUID]
    words: Mapping[UUID, Word]

    @classmethod
    async def read(cls, sent: FormMultiDict, ad: Ad, those: Candidates) -> tuple[Self | None, Errors, Advised]:
        """The end, or None and a message per field (`word-<member>` for a word to that member), and what the rules
        advise of a word (by `-<member>`)."""
        form, errors = Sent.read(sent)
        if form is None:
            return None, errors, {}
        if form.outcome is Outcome.expired:
            return None, {"outcome": "Choisissez une des réponses proposées."}, {}
        helped = list(dict.fromkeys(form.helped)) if form.outcome is Outcome.fulfilled else []
        if not those.among(helped):
            return None, {"helped": UNKNOWN}, {}
        words, errors, advised = await _words(sent, helped, ad)
        return None if errors or advised else cls(form.outcome, helped, words), errors, advised


async def _words(sent: FormMultiDict, helped: Sequence[UUID], ad: Ad) -> tuple[dict[UUID, Word], Errors, Advised]:
    words: dict[UUID, Word] = {}
    errors: Errors = {}
    advised: Advised = {}
    for member in helped:
        own = FormMultiDict([(name, sent[f"{name}-{member}"]) for name in FIELDS if f"{name}-{member}" in sent])
        word, wrong = Word.read(own)
        if word and not word.is_empty:
            words[member] = word
            wrong, advice = await word.objections(ad.content.category.value, ad.author)
            advised |= {f"-{member}": advice} if advice else {}
        errors |= {f"{name}-{member}": message for name, message in wrong.items()}
    return words, errors, advised


def question(ad: Ad) -> str:
    """What the author is asked about those who answered. An offer turns it round; a sale helps nobody."""
    if ad.content.deal is Deal.sell:
        return "Qui vous l’a acheté ?"
    return "Qui avez-vous aidé ?" if author_helps(ad.content.kind, ad.content.deal) else "Qui vous a aidé ?"


async def end(ad: Ad, by: Me, ending: Ending) -> bool:
    """published → closed, who helped, and the words for them: all of it or nothing. Says whether a word waits for a
    moderator. Raises Refused when it is not online any more. Lock order: open cases, the ad, answers, then exchanges
    and notifications.
    """
    async with transaction():
        await hold(ad.id)
        await _settle_with(ad.id, ending.helped)
        await close_listing(ad.id, by, ending.outcome)
        return await _thank(ad.id, by, ending)


async def name_helpers(ad: Ad, by: Me, ending: Ending) -> bool:
    """Who helped, said after the end (an ad settled from an e-mail's link, or whose day has passed); says whether a
    word waits for a moderator. Raises Refused fourteen days after it."""
    async with transaction():
        if not await database.value(
            "SELECT TRUE FROM listing WHERE id = $1 AND author = $2 AND status = 'closed' AND outcome <> 'withdrawn'"
            " AND closed_at > clock_timestamp() - $3::interval FOR NO KEY UPDATE",
            ad.id,
            by.id,
            TO_WRITE,
        ):
            raise Refused(TOO_LATE)
        return await _thank(ad.id, by, ending)


def may_name_helpers(ad: Ad) -> bool:
    return ad.status is Status.closed and ad.outcome is not Outcome.withdrawn


async def _thank(listing: UUID, by: Me, ending: Ending) -> bool:
    await record_helped(listing, by, ending.helped)
    states = []
    for member, word in sorted(ending.words.items()):
        exchange = await database.value(
            "SELECT id FROM help WHERE listing = $1 AND (helper, helped) IN (($2, $3), ($3, $2))",
            listing,
            by.id,
            member,
        )
        if exchange:  # none when one of the two has just blocked the other
            states.append(await write(exchange, by, word))
    return ThanksState.held in states


async def _settle_with(listing: UUID, helped: Sequence[UUID]) -> None:
    """Who helped is not told, with those who still wait, that the author did without them."""
    await database.execute(
        "UPDATE answer SET state = 'chosen', asked_until = NULL, settled_at = clock_timestamp() WHERE listing = $1"
        " AND helper = ANY($2::uuid[]) AND state IN ('waiting', 'listed', 'asked')",
        listing,
        list(helped),
    )
