"""Conversations with a social worker. What people say is sealed (contacts/social/sealing.py); no moderator and no
administrator has a door to it, and no search reads it."""

import enum

from piccolo.columns import (
    UUID,
    BigSerial,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    OnDelete,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check
from piccolo.table import Table

from contacts.kinds import Topic
from members.tables import Member


class TalkState(enum.StrEnum):
    waiting = "waiting"
    open = "open"
    closed = "closed"


class SocialTalk(Table, tablename="social_talk"):
    """The person is either a member or whoever knows the code, kept only hashed: never both, never neither.

    `waiting` for somebody to take it up; `worker` is who did. `version` is compared by whoever takes, hands over or
    closes it, so that two workers never both do. `last_at` is the last word of either side.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.cascade)
    code_hash = Bytea(null=True, default=None, unique=True, secret=True)
    department = Varchar(length=3, null=False)
    topic = Varchar(length=20, null=False, choices=Topic)
    state = Varchar(length=10, null=False, choices=TalkState, default=TalkState.waiting)
    worker = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    version = Integer(null=False, default=1)
    opened_at = Timestamptz()
    last_at = Timestamptz()
    first_answered_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)

    one_way_back = Check("(member IS NULL) <> (code_hash IS NULL)")
    known_talk_state = Check("state IN ('waiting', 'open', 'closed')")
    taken_up_by_somebody = Check("state <> 'waiting' OR worker IS NULL")
    closed_since = Check("(state = 'closed') = (closed_at IS NOT NULL)")
    never_with_oneself = Check("worker <> member")

    def __str__(self) -> str:
        return f"SocialTalk {self.id}"

    __repr__ = __str__


class SocialMessage(Table, tablename="social_message"):
    """`by_worker` says which side wrote; `worker` is whose account, as long as there is one. `event` is a line the site
    writes itself (taken up, handed over, closed): then nothing is sealed."""

    id = BigSerial(primary_key=True)
    talk = ForeignKey(SocialTalk, null=False, index=True, on_delete=OnDelete.cascade)
    by_worker = Boolean(null=False)
    worker = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    event = Varchar(length=20, null=True, default=None)
    sealed = Bytea(null=True, default=None, secret=True)
    sent_at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)
    once = UUID(null=False, unique=True)

    says_something = Check("(event IS NULL) = (sealed IS NOT NULL)")

    def __str__(self) -> str:
        return f"SocialMessage {self.id}"

    __repr__ = __str__


class SocialFile(Table, tablename="social_file"):
    """An attachment, made anew before it was sealed; its name is sealed too. `size` is in bytes, before sealing."""

    id = UUID(primary_key=True)
    message = ForeignKey(SocialMessage, null=False, index=True, on_delete=OnDelete.cascade)
    sealed_name = Bytea(null=False, secret=True)
    media_type = Varchar(length=40, null=False)
    sealed = Bytea(null=False, secret=True)
    size = Integer(null=False)

    known_media_type = Check("media_type IN ('image/webp', 'application/pdf')")

    def __str__(self) -> str:
        return f"SocialFile {self.id}"

    __repr__ = __str__


class SocialPacket(Table, tablename="social_packet"):
    """Answers of the simulators a person chose to show, as they saw them before sending; withdrawn, nothing is left."""

    id = UUID(primary_key=True)
    talk = ForeignKey(SocialTalk, null=False, index=True, on_delete=OnDelete.cascade)
    sealed = Bytea(null=True, default=None, secret=True)
    sent_at = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)

    erased_when_withdrawn = Check("(withdrawn_at IS NULL) = (sealed IS NOT NULL)")

    def __str__(self) -> str:
        return f"SocialPacket {self.id}"

    __repr__ = __str__
