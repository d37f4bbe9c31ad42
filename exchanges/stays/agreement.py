"""The agreement of a confirmed swap, as a page to print and as a PDF: the same words in both, from one place.

It is about the stays of one member: in a loop, each loan is on the papers of its two people and on no other. No exact
address is in it: each writes theirs by hand where they sign.
"""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from app import database
from app.dates import DAYS, today
from app.french import listed, typeset
from app.throttle import throttle
from exchanges.homes.sheet import HOME_KIND, HomeKind
from exchanges.stays.access import ConfirmedSwap, OneStay
from exchanges.stays.agreement_words import articles_of
from exchanges.stays.windows import are_reached

TEMPLATE = Path(__file__).with_name("agreement.typ")
_NUMBERED = re.compile(r"(?<=articles) (?=\d)|(?<=article) (?=[\dL])|(?<=L\.|n°) (?=\d)|(?<=\b6) (?=juillet)")
OFTEN, HOUR = 20, timedelta(hours=1)


class Loan(msgspec.Struct, frozen=True, kw_only=True):
    """One stay, in words."""

    who: str
    home: str
    when: str


class Article(msgspec.Struct, frozen=True):
    title: str
    paragraphs: tuple[str, ...]


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """`signers` are full names where they were shared, and as long as contact details are; else first names to complete
    by hand."""

    title: str
    parties: str
    loans: tuple[Loan, ...]
    articles: tuple[Article, ...]
    signers: tuple[str, ...]
    closing: str


async def agreement_of(swap: ConfirmedSwap) -> Agreement:
    """Of the stays of `swap.me`. One query."""
    names = await _names(swap)
    return Agreement(
        title="Accord de prêt de logement" if len(swap.mine) == 1 else "Accord d’échange de logements",
        parties=typeset(f"Entre {listed(list(names.values()))}, membres d’Entraide."),
        loans=tuple(_loan(stay) for stay in swap.mine),
        articles=tuple(Article(title, tuple(map(_never_cut, said))) for title, said in articles_of(swap)),
        signers=tuple(names.values()),
        closing=typeset(
            "Fait en autant d’exemplaires que de signatures. Chacun complète à la main ses nom, prénom et adresse."
        ),
    )


async def agreement_pdf(swap: ConfirmedSwap) -> bytes:
    """The same as A4 pages, in another thread. Raises TooOften past twenty an hour for one member."""
    await throttle("agreement", str(swap.me), limit=OFTEN, every=HOUR)
    return await asyncio.to_thread(_typeset_pages, await agreement_of(swap))


def _typeset_pages(agreement: Agreement) -> bytes:
    """What members wrote goes in as data: no word of it is ever part of the template."""
    import typst  # 60 MB, and one page needs it

    template = TEMPLATE.read_bytes()
    given = {"agreement": msgspec.json.encode(agreement).decode()}
    try:
        made = typst.compile(template, sys_inputs=given, ignore_system_fonts=True, pdf_standards=["ua-1"])
    except typst.TypstError:  # a letter of a name that the font does not have: PDF/UA wants every one of them
        made = typst.compile(template, sys_inputs=given, ignore_system_fonts=True)
    return made


async def _names(swap: ConfirmedSwap) -> dict[UUID, str]:
    met: dict[UUID, str] = {}
    for stay in swap.mine:
        met |= {stay.host: stay.host_name, stay.guest: stay.guest_name}
    told = list(met) if are_reached(swap.last, today()) else [swap.me]
    full = {row["member"]: row["full_name"] for row in await database.rows(_FULL_NAMES, swap.id, told)}
    return {member: full.get(member, name) for member, name in met.items()}


def _never_cut(paragraph: str) -> str:
    """A line ends neither before a colon nor between `article` and its number."""
    return _NUMBERED.sub("\u00a0", typeset(paragraph))


def _loan(stay: OneStay) -> Loan:
    home = HOME_KIND[stay.sheet.home_kind]
    lent = f"Chambre, {home.lower()}" if stay.days and stay.sheet.home_kind is not HomeKind.room else home
    days = f", les {listed([DAYS[day] for day in stay.days])}" if stay.days else ""
    return Loan(
        who=f"{stay.guest_name} chez {stay.host_name}",
        home=f"{lent} {stay.at_place} ({stay.department})",
        when=f"{stay.when}{days}",
    )


_FULL_NAMES = """
SELECT c.member, c.full_name FROM contact_card c WHERE c.member = ANY($2::uuid[]) AND c.full_name <> ''
    AND NOT EXISTS (SELECT FROM contact_withheld t WHERE t.swap = $1 AND t.member = c.member AND t.part = 'ways')
"""
