"""Who helped whom, and the words of thanks that follow. No stars, no points, no debt."""

import enum

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from members.tables import Member


class Help(Table, tablename="help"):
    """Somebody helped somebody, as the ad's author said when ending it.

    Kept when the ad is erased, and when who was helped leaves: `member.families_helped` counts these, without the
    sales, where `helper` sold to `helped`: what is paid for is no help.
    """

    id = UUID(primary_key=True)
    listing = UUID(null=False, default=None)  # no foreign key: that one helped outlives the ad
    helper = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    helped = UUID(null=False, index=True, default=None)  # no foreign key: the count outlives the account
    about = Varchar(length=100, null=False, default="")  # the ad's title
    is_service = Boolean(null=False, default=False)
    is_sale = Boolean(null=False, default=False)
    at = Timestamptz()

    one_help_each = Unique(["listing", "helper", "helped"])
    never_oneself = Check("helper <> helped")


class ThanksState(enum.StrEnum):
    sealed = "sealed"
    published = "published"
    held = "held"
    removed = "removed"
    private = "private"
    deleted = "deleted"


class Thanks(Table, tablename="thanks"):
    """A word of one person of an exchange for the other.

    `sealed` is read by nobody but its writer until the other wrote too or `opens_at`; `held` waits for a moderator;
    `private` has a line for the moderators and no word. `private_line` is never shown to the other; `is_problem` asks
    the moderators to look.
    """

    id = UUID(primary_key=True)
    help = ForeignKey(Help, null=False, on_delete=OnDelete.cascade)
    from_member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    to_member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    body = Text(null=False, default="")
    private_line = Text(null=False, default="")
    is_problem = Boolean(null=False, default=False)
    state = Varchar(length=10, null=False, choices=ThanksState)
    written_at = Timestamptz()
    opens_at = Timestamptz()
    published_at = Timestamptz(null=True, default=None)

    one_word_each = Unique(["help", "from_member"])
    known_state = Check("state IN ('sealed', 'published', 'held', 'removed', 'private', 'deleted')")
    says_something = Check(
        "CASE state WHEN 'deleted' THEN body = '' WHEN 'private' THEN body = '' AND private_line <> ''"
        " WHEN 'removed' THEN TRUE ELSE body <> '' END"
    )
    never_to_oneself = Check("from_member <> to_member")
    dated_when_published = Check("state <> 'published' OR published_at IS NOT NULL")
