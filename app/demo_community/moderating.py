"""What the demo's moderators did this month, and what waits for them: a case of every kind."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec

from app import database
from app.dates import now
from app.demo_community.talking import ad_of
from app.demo_community.writing import Written, write_ad
from listings.replies.saying import ReplyForm, reply, screened
from listings.writing.editing import edit
from members.me import Me
from messaging.access import conversation
from messaging.sending import send
from moderation.appeals.opening import open_appeal
from moderation.cases.access import case_in_scope
from moderation.cases.claiming import claim, hand_over
from moderation.decisions.deciding import decide
from moderation.decisions.form import DecisionForm
from moderation.decisions.reasons import TEXTS, Reason
from moderation.decisions.tables import DecisionKind
from moderation.notices.sending import NoticeForm, send_notice
from moderation.notices.tables import Illegality
from moderation.reports.reportable import reportable_listing, reportable_message
from moderation.reports.reporting import ReportForm, report
from moderation.reports.tables import ReportReason
from moderation.sanctions.tables import SanctionKind

FILE = Path(__file__).parent / "judged.toml"
REPORTER = "anne"

APPROVED = "Cherche un petit bureau d’appoint"
SENT_BACK = "Aide à la maison"
UNCLEAR = "Dites un peu plus de quelle aide il s’agit et à quels moments : on saura mieux si l’on peut vous aider."
REPORTED = "Cours de créole autour d’un café"
EDITED = "Couffin en osier et ses draps"
ASKED_UNDER = "Poussette canne pliante à donner"
TALKED_ABOUT = "Deux paires de bras pour descendre un canapé"
NOTIFIED = "Vélobus du matin : rejoignez-nous"
HANDED_OVER = "Ménage chaque semaine"


async def moderate(cast: dict[str, Me], ads: Written) -> None:
    """Takes the caller's transaction."""
    await _decide(ads[APPROVED], cast["chloe"], DecisionKind.approve)
    await _decide(ads[SENT_BACK], cast["chloe"], DecisionKind.ask_changes, Reason.unclear, words=UNCLEAR)
    for ad in judged_ads():
        await _judge(ad, cast)
    await _what_waits(cast, ads)


def judged_ads() -> list[dict[str, Any]]:
    """As they stand in judged.toml."""
    ads: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["ad"]
    return ads


async def _judge(ad: dict[str, Any], cast: dict[str, Me]) -> None:
    author = cast[ad["by"]]
    listing = await write_ad(ad, author)
    if "decision" not in ad:
        return
    if "reported" in ad:
        await _report(listing, ReportReason(ad["reported"]), cast[REPORTER])
    decision = await _decide(
        listing,
        cast["chloe"],
        DecisionKind(ad["decision"]),
        Reason(ad["reason"]) if "reason" in ad else None,
        sanction=SanctionKind(ad["sanction"]) if "sanction" in ad else None,
        days=ad.get("sanction_days"),
    )
    await _back_in_time(listing, decision, timedelta(days=ad["days"]), timedelta(hours=ad["hours"]))
    if "appeal" in ad:
        await open_appeal(decision, ad["appeal"], uuid4(), author)


async def _what_waits(cast: dict[str, Me], ads: Written) -> None:
    """An edit, a public reply, a private message, two reports, a notice, and a case handed to a colleague."""
    await _report(ads[REPORTED], ReportReason.market, cast["anne"], "Est-ce un cours payant ? L’annonce ne le dit pas.")

    ad = await ad_of(ads[EDITED])
    told_more = ad.content.body + " Mon mari part en mission le 12 mars : à prendre avant."
    await edit(ad.id, cast["anne"], msgspec.structs.replace(ad.content, body=told_more))

    under, words = await ad_of(ads[ASKED_UNDER]), "Bonjour, les roues avant tournent-elles encore bien ?"
    verdict = await screened(under, words, cast["emilie"])
    await reply(under, cast["emilie"], ReplyForm(body=words), verdict)

    talk = await database.value(
        "SELECT id FROM conversation WHERE listing = $1 AND helper = $2", ads[TALKED_ABOUT], cast["nicolas"].id
    )
    opened, rude = await conversation(talk, cast["nicolas"].id), "C’est 20 € de l’heure, sinon je ne viens pas."
    await send(opened, cast["nicolas"].id, rude, uuid4())
    message = await database.value("SELECT max(id) FROM message WHERE conversation = $1", talk)
    told = ReportForm(reason=ReportReason.market, words="Il demande de l’argent pour aider à descendre un canapé.")
    await report(await reportable_message(talk, message, cast["anne"]), told, cast["anne"])

    notice = NoticeForm(
        where=f"/annonces/{ads[NOTIFIED]}",
        illegality=Illegality.copy,
        why="Ce texte reprend mot pour mot la page de notre association, qui ne l’a pas permis.",
        name="Maëlle",
        email="maelle@demo.entraide",
        good_faith=True,
    )
    await send_notice(notice, None)

    case = await _case_of(ads[HANDED_OVER])
    await hand_over(
        await case_in_scope(case, cast["chloe"]),
        cast["farid"].id,
        "Je connais un peu la famille : peux-tu regarder à ma place ?",
        cast["chloe"],
    )


async def approve(listing: UUID, by: Me) -> None:
    await _decide(listing, by, DecisionKind.approve)


async def _report(listing: UUID, reason: ReportReason, by: Me, words: str = "") -> None:
    await report(await reportable_listing(listing, by), ReportForm(reason=reason, words=words), by)


async def _decide(
    listing: UUID,
    me: Me,
    kind: DecisionKind,
    reason: Reason | None = None,
    *,
    words: str = "",
    sanction: SanctionKind | None = None,
    days: int | None = None,
) -> UUID:
    case = await _case_of(listing)
    await claim(await case_in_scope(case, me), me)
    held, ad = await case_in_scope(case, me), await ad_of(listing)
    form = DecisionForm(
        kind=kind,
        version=held["version"],
        ad_version=ad.version,
        reason=reason,
        words=words or (TEXTS[reason].words if reason else ""),
        sanction=sanction,
        days=days,
    )
    return await decide(held, form, me)


async def _case_of(listing: UUID) -> UUID:
    case: UUID = await database.value(
        "SELECT id FROM moderation_case WHERE listing = $1 AND closed_at IS NULL", listing
    )
    return case


async def _back_in_time(listing: UUID, decision: UUID, ago: timedelta, took: timedelta) -> None:
    """As if it had been sent, read and decided then."""
    opened = now() - ago
    case: UUID = await database.value(
        """
        UPDATE moderation_case SET opened_at = $2::timestamptz, due_at = $2 + interval '1 day', press_at = $2,
            first_read_at = $3::timestamptz - interval '4 minutes', closed_at = $3
        WHERE listing = $1 RETURNING id
        """,
        listing,
        opened,
        opened + took,
    )
    await database.execute(
        "UPDATE decision SET decided_at = $2::timestamptz, appeal_until = $2 + interval '6 months' WHERE id = $1",
        decision,
        opened + took,
    )
    await database.execute('UPDATE report SET made_at = $2 WHERE "case" = $1', case, opened)
    await database.execute('UPDATE rule_hit SET at = $2 WHERE "case" = $1', case, opened)
    await database.execute('UPDATE evidence SET taken_at = $2 WHERE "case" = $1', case, opened)
