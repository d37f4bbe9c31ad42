"""Private conversations tied to an ad."""

import enum

from piccolo.columns import UUID, BigInt, BigSerial, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from listings.tables import Listing
from members.tables import Member


class Conversation(Table, tablename="conversation"):
    """Opened by an answer to an ad: between its author and one helper."""

    id = UUID(primary_key=True)
    listing = ForeignKey(Listing, null=False, on_delete=OnDelete.cascade)
    author = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    helper = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    opened_at = Timestamptz()
    last_message_at = Timestamptz()

    one_per_helper = Unique(["listing", "helper"])
    never_alone = Check("author <> helper")


class Event(enum.StrEnum):
    chosen = "chosen"
    declined = "declined"
    listed = "listed"
    asked = "asked"
    withdrawn = "withdrawn"
    released = "released"
    covered = "covered"
    closed = "closed"


class Message(Table, tablename="message"):
    """What one said to the other or, with an `event`, what happened between them; `sender` then made it happen.

    One with `withheld_at` was removed by moderation: the other no longer reads it. Nothing is left of its words once
    nobody may appeal any more.
    """

    id = BigSerial(primary_key=True)
    conversation = ForeignKey(Conversation, null=False, on_delete=OnDelete.cascade)
    sender = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    body = Text(null=False)
    sent_at = Timestamptz()
    once = UUID(null=False, unique=True)  # drawn with the form: a request sent twice is one message

    own_words = Text(null=True, default=None)  # of an event: what the sender reads instead of the body
    event = Varchar(length=10, null=True, default=None, choices=Event)
    withheld_at = Timestamptz(null=True, default=None)

    says_something = Check("body <> '' OR withheld_at IS NOT NULL")
    known_event = Check(
        "event IN ('chosen', 'declined', 'listed', 'asked', 'withdrawn', 'released', 'covered', 'closed')"
    )


class Reading(Table, tablename="reading"):
    """How far one person has read one conversation."""

    id = BigSerial(primary_key=True)
    conversation = ForeignKey(Conversation, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    read_up_to = BigInt(null=False, default=0)
    unread = Integer(null=False, default=0)

    one_each = Unique(["conversation", "member"])
    never_negative = Check("unread >= 0")


class ReplyDelay(Table, tablename="reply_delay"):
    """How long a person let the other wait before their first reply, in seconds; once per conversation."""

    id = BigSerial(primary_key=True)
    conversation = ForeignKey(Conversation, null=False, on_delete=OnDelete.cascade)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    seconds = Integer(null=False)

    one_delay_each = Unique(["conversation", "member"])
    never_before = Check("seconds >= 0")
