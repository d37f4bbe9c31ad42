"""Legal notices, with or without an account (regulation (EU) 2022/2065, article 16)."""

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from members.tables import Member
from moderation.cases.tables import Case


class Notice(Table, tablename="notice"):
    """Somebody holds that what stands at `location`, a path of this site, is illegal, and says why. `number` is drawn
    by the database: N-2026-000123. `case` is None when nothing stood there. Name and e-mail may be left out only where
    the law lets them (offences of a sexual nature against a child); a member's are those of the account.
    """

    id = UUID(primary_key=True)
    number = Varchar(length=20, null=False, unique=True)
    case = ForeignKey(Case, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    member = ForeignKey(Member, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    location = Varchar(length=500, null=False)
    illegality = Varchar(length=20, null=False)
    why = Text(null=False)
    name = Varchar(length=120, null=False, default="")
    email = Varchar(length=254, null=False, default="", secret=True)
    good_faith = Boolean(null=False, default=False)
    made_at = Timestamptz()
    outcome = Varchar(length=10, null=False, default="")
    answered_at = Timestamptz(null=True, default=None)

    says_where_and_why = Check("location <> '' AND why <> ''")
    made_in_good_faith = Check("good_faith")
    says_who = Check("member IS NOT NULL OR illegality = 'minors' OR (name <> '' AND email <> '')")
    answered_whole = Check("(outcome <> '') = (answered_at IS NOT NULL)")
