"""The only way to a conversation, or to an ad one wants to answer, on someone's behalf."""

from uuid import UUID

import msgspec

from answers.standing import MAY_ANSWER_AGAIN, STANDING, Standing
from app import database
from app.refusals import NotHere, Refused
from listings.access import was_online
from listings.kinds import Category, Status
from listings.schedules.schedule import Schedule
from members.visibility import not_blocked

REMOVED = "Annonce retirée"
ASIDE = "Annonce mise de côté"


def title_for(reader: str) -> str:
    """The title of `listing l` as `reader`, in SQL, may read it. What was sent back or removed is no longer read by
    others, in a conversation either; what is set aside may come back, so is not called removed."""
    return (
        f"CASE WHEN l.author = {reader} OR {was_online('l')} THEN l.title"
        f" WHEN l.status = '{Status.aside.value}' THEN '{ASIDE}' ELSE '{REMOVED}' END"
    )


TITLE = title_for("$2")


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """As one of its two people sees it. `last` and `read_by_other` are message ids: the last, the last they read.
    `swap` is the exchange of homes they talk about."""

    id: UUID
    listing: UUID
    title: str
    status: str
    was_online: bool
    category: str
    is_my_ad: bool
    other: UUID
    other_name: str
    unread: int
    last: int
    last_is_mine: bool
    last_is_event: bool
    read_by_other: int
    swap: UUID | None
    standing: Standing | None

    @property
    def path(self) -> str:
        return f"/messages/{self.id}"

    @property
    def title_for_both(self) -> str:
        """What neither must be kept from: a notification shows it to the other."""
        if self.was_online:
            return self.title
        return ASIDE if self.status == Status.aside else REMOVED

    @property
    def shows_its_ad(self) -> bool:
        return self.is_my_ad or self.status == Status.published

    @property
    def state(self) -> str:
        """What became of the last message, for the one who wrote it."""
        if not self.last_is_mine or self.last_is_event:
            return ""
        return "Lu" if self.last <= self.read_by_other else "Envoyé"


async def conversation(id: UUID, member: UUID) -> Conversation:
    """Raises NotHere for anyone but its two people, and for both once one has blocked the other."""
    found = await database.row(
        f"""
        SELECT c.id, c.listing, {TITLE} AS title, l.status, {was_online("l")} AS was_online, l.category,
            l.author = $2 AS is_my_ad, o.id AS other, o.first_name AS other_name,
            mine.unread, theirs.read_up_to AS read_by_other, last.id AS last,
            last.sender = $2 AS last_is_mine, last.event IS NOT NULL AS last_is_event,
            l.outcome, l.kind, l.deal, l.department, l.schedule, me.first_name AS my_name,
            (SELECT s.swap FROM stay s JOIN swap w ON w.id = s.swap WHERE s.conversation = c.id
                AND w.state <> 'dissolved' ORDER BY w.proposed_at DESC LIMIT 1) AS swap, answered.*
        FROM conversation c
        JOIN listing l ON l.id = c.listing
        JOIN member o ON o.id = CASE WHEN c.author = $2 THEN c.helper ELSE c.author END
        JOIN reading mine ON mine.conversation = c.id AND mine.member = $2
        JOIN reading theirs ON theirs.conversation = c.id AND theirs.member = o.id
        JOIN member me ON me.id = $2
        CROSS JOIN LATERAL (
            SELECT id, sender, event FROM message WHERE conversation = c.id ORDER BY id DESC LIMIT 1
        ) last
        LEFT JOIN LATERAL (SELECT {STANDING} FROM answer a WHERE a.conversation = c.id) answered ON TRUE
        WHERE c.id = $1 AND $2 IN (c.author, c.helper) AND {not_blocked("c.author", "c.helper")}
        """,
        id,
        member,
    )
    if found is None:
        raise NotHere
    names = (found["my_name"], found["other_name"])
    standing = Standing.of(found, read_schedule(found["schedule"]), *(names if found["is_my_ad"] else names[::-1]))
    given = {name: found[name] for name in Conversation.__struct_fields__ if name != "standing"}
    return Conversation(**given, standing=standing)


class ForExchanges(Refused):
    """A home is not answered: an exchange is proposed, or a stay asked for."""

    def __init__(self, listing: UUID) -> None:
        super().__init__("On ne répond pas à un logement par un message : proposez un échange depuis sa page.")
        self.leads_to = (f"/logements/{listing}", "Voir le logement")


class Answerable(msgspec.Struct, frozen=True, kw_only=True):
    """An ad and who published it."""

    id: UUID
    title: str
    category: str
    kind: str | None
    author: UUID
    author_name: str
    schedule: Schedule | None


async def answerable(listing: UUID, member: UUID, *, held: bool = False) -> Answerable:
    """The ad this member may answer privately.

    Raises NotHere when they cannot see it, Refused with the reason when they see it and cannot answer it. With
    `held`, the ad stays open until the transaction ends, and whoever answers, chooses or closes comes after.
    """
    found = await database.row(
        f"""
        SELECT l.id, l.title, l.category, l.kind, l.author, l.schedule, m.first_name AS author_name,
            l.status = 'published' AND l.expires_at > now() AS is_open
        FROM listing l JOIN member m ON m.id = l.author
        WHERE l.id = $1 AND l.category <> 'local_offer' AND (l.status IN ('published', 'closed') OR l.author = $2)
            AND {not_blocked("l.author", "$2::uuid")}
        {"FOR NO KEY UPDATE OF l" if held else ""}
        """,
        listing,
        member,
    )
    if found is None:
        raise NotHere
    if found["author"] == member:
        raise Refused("Cette annonce est la vôtre. Les réponses des autres membres arrivent dans vos messages.")
    if not found["is_open"]:
        raise Refused("Cette annonce est terminée : elle ne reçoit plus de réponses. D’autres attendent votre aide.")
    if found["category"] == Category.home:
        raise ForExchanges(listing)
    if found["category"] == Category.tips:
        raise Refused("On répond à un bon procédé sous l’annonce, pour que tout le monde en profite.")
    given = {name: found[name] for name in Answerable.__struct_fields__}
    return Answerable(**{**given, "schedule": read_schedule(found["schedule"])})


def read_schedule(kept: str | None) -> Schedule | None:
    """From the JSON of the column."""
    return msgspec.json.decode(kept, type=Schedule) if kept else None


async def conversation_about(listing: UUID, helper: UUID) -> UUID | None:
    """The conversation of this helper's answer to the ad, unless they may answer again."""
    return await database.value(
        "SELECT c.id FROM conversation c LEFT JOIN answer a ON a.conversation = c.id"
        f" WHERE c.listing = $1 AND c.helper = $2 AND {MAY_ANSWER_AGAIN} IS NOT TRUE",
        listing,
        helper,
    )
