"""Legal notices, with or without an account (regulation (EU) 2022/2065, article 16)."""

import enum

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from members.tables import Member
from moderation.cases.tables import Case


class Illegality(enum.StrEnum):
    """What somebody holds a content to break; moderation.notices.kinds says it in words, with the law."""

    minors = "minors"
    terrorism = "terrorism"
    defence = "defence"
    violence = "violence"
    hatred = "hatred"
    privacy = "privacy"
    forbidden = "forbidden"
    fraud = "fraud"
    defamation = "defamation"
    work = "work"
    copy = "copy"
    other = "other"


class NoticeOutcome(enum.StrEnum):
    """`withdrawn`: its author took the content away before anybody decided; `nowhere`: nothing stood there."""

    founded = "founded"
    unfounded = "unfounded"
    withdrawn = "withdrawn"
    nowhere = "nowhere"


class Notice(Table, tablename="notice"):
    """Somebody holds that what stands at `location`, a path of this site, is illegal, and says why. `number` is drawn
    by the database: N-2026-000123. `case` is None when nothing stood there. Name and e-mail may be left out only where
    the law lets them (offences of a sexual nature against a child); a member's are those of the account.

    `joins` is the first notice of the same person about the same place, as long as nobody answered it: the later ones
    add to it. Each keeps a number of its own, so that nobody learns from one who else wrote with that address.
    `judged_edition` is what the thing said when somebody decided, as of a report.
    """

    id = UUID(primary_key=True)
    number = Varchar(length=20, null=False, unique=True)
    case = ForeignKey(Case, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    member = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    joins: ForeignKey = ForeignKey("self", null=True, default=None, index=True, on_delete=OnDelete.cascade)
    location = Varchar(length=500, null=False)
    illegality = Varchar(length=20, null=False, choices=Illegality)
    why = Text(null=False)
    name = Varchar(length=120, null=False, default="", secret=True)
    email = Varchar(length=254, null=False, default="", secret=True)
    good_faith = Boolean(null=False, default=False)
    made_at = Timestamptz()
    outcome = Varchar(length=10, null=False, default="")
    judged_edition = Varchar(length=32, null=False, default="")
    answered_at = Timestamptz(null=True, default=None)

    says_where_and_why = Check("location <> '' AND why <> ''")
    made_in_good_faith = Check("good_faith")
    says_who = Check("member IS NOT NULL OR illegality = 'minors' OR (name <> '' AND email <> '')")
    answered_whole = Check("(outcome <> '') = (answered_at IS NOT NULL)")
    known_illegality = Check(
        "illegality IN ('minors', 'terrorism', 'defence', 'violence', 'hatred', 'privacy', 'forbidden', 'fraud',"
        " 'defamation', 'work', 'copy', 'other')"
    )
    known_outcome_of_notice = Check("outcome IN ('', 'founded', 'unfounded', 'withdrawn', 'nowhere')")
    mail_in_lower_case = Check("email = lower(email)")
    never_joins_itself = Check("joins <> id")

    def __str__(self) -> str:  # Piccolo's own prints every column, the secret ones too
        return f"Notice {self.id}"

    __repr__ = __str__
