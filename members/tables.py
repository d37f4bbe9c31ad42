"""Members, the bodies that vouch for them, and how they sign in.

No rank, unit, corps or employer is kept anywhere; membership of a body is read by its administrators only
(code de la défense, L4123-9-1).
"""

import enum

from piccolo.columns import (
    UUID,
    Array,
    BigSerial,
    Bytea,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class BodyKind(enum.StrEnum):
    employer = "employer"
    delegation = "delegation"
    association = "association"


class Body(Table, tablename="body"):
    id = UUID(primary_key=True)
    name = Varchar(length=120, null=False, unique=True)
    kind = Varchar(length=20, null=False, choices=BodyKind, default=BodyKind.employer)
    department = Varchar(length=3, null=True, default=None)
    created_at = Timestamptz()

    known_kind = Check("kind IN ('employer', 'delegation', 'association')")


class Member(Table, tablename="member"):
    """`families_helped` counts the members who said this one helped them, each once. Raising `feeds_version` makes
    every private feed address of this member stop working. The three `…_until` repeat what moderation.sanctions holds,
    so that every request knows it; 'infinity' has no end."""

    id = UUID(primary_key=True)
    email = Varchar(length=254, null=False, unique=True, secret=True)
    password_hash = Text(null=False, secret=True)
    first_name = Varchar(length=40, null=False)
    commune = Varchar(length=5, null=False)
    joined_at = Timestamptz()
    confirmed_at = Timestamptz(null=True, default=None)
    charter_version = Integer(default=1)
    trusted_at = Timestamptz(null=True, default=None)
    approved_publications = Integer(default=0)
    families_helped = Integer(default=0)
    feeds_version = Integer(default=1)
    suspended_until = Timestamptz(null=True, default=None)
    no_posting_until = Timestamptz(null=True, default=None)
    no_reporting_until = Timestamptz(null=True, default=None)

    email_in_lower_case = Check("email = lower(email)")

    def __str__(self) -> str:  # Piccolo's own prints every column, the secret ones too
        return f"Member {self.id}"

    __repr__ = __str__


class JoiningCode(Table, tablename="joining_code"):
    """A code of a body. Revoked, never deleted, so that it stays known who joined with what."""

    id = UUID(primary_key=True)
    body = ForeignKey(Body, null=False, index=True, on_delete=OnDelete.restrict)
    code = Varchar(length=16, null=False, unique=True, secret=True)
    created_by = ForeignKey(Member, null=True, default=None, on_delete=OnDelete.set_null)
    created_at = Timestamptz()
    expires_at = Timestamptz(null=False)
    most_uses = Integer(null=False)
    uses = Integer(default=0)
    revoked_at = Timestamptz(null=True, default=None)

    never_overused = Check("uses >= 0 AND uses <= most_uses")

    def __str__(self) -> str:
        return f"JoiningCode {self.id}"

    __repr__ = __str__


class Membership(Table, tablename="membership"):
    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    body = ForeignKey(Body, null=False, index=True, on_delete=OnDelete.restrict)
    code = ForeignKey(JoiningCode, null=True, default=None, index=True, on_delete=OnDelete.set_null)
    since = Timestamptz()

    once_per_body = Unique(["member", "body"])


class RoleKind(enum.StrEnum):
    moderator = "moderator"
    administrator = "administrator"
    correspondent = "correspondent"
    social_worker = "social_worker"


class Role(Table, tablename="role"):
    """What a member may do beyond the others. Empty scopes mean everywhere; `categories` are those of a moderator,
    `departments` the territory of whoever is not an administrator."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(length=20, null=False, choices=RoleKind)
    categories = Array(base_column=Varchar(length=20), default=[])
    departments = Array(base_column=Varchar(length=3), default=[])
    granted_by = ForeignKey(Member, null=True, default=None, on_delete=OnDelete.set_null)
    granted_at = Timestamptz()

    once_per_member = Unique(["member", "kind"])
    known_role = Check("kind IN ('moderator', 'administrator', 'correspondent', 'social_worker')")


class Session(Table, tablename="member_session"):
    """A signed-in browser. The cookie holds a token, this row only its hash."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    token_hash = Bytea(null=False, unique=True, secret=True)
    device = Varchar(length=80, default="")
    created_at = Timestamptz()
    seen_at = Timestamptz()

    def __str__(self) -> str:
        return f"Session {self.id}"

    __repr__ = __str__


class LinkPurpose(enum.StrEnum):
    confirm = "confirm"
    new_password = "new_password"  # noqa: S105


class MailedLink(Table, tablename="mailed_link"):
    """A single-use link sent by e-mail, kept only hashed."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    purpose = Varchar(length=20, null=False, choices=LinkPurpose)
    token_hash = Bytea(null=False, unique=True, secret=True)
    created_at = Timestamptz()
    expires_at = Timestamptz(null=False)
    used_at = Timestamptz(null=True, default=None)

    known_purpose = Check("purpose IN ('confirm', 'new_password')")

    def __str__(self) -> str:
        return f"MailedLink {self.id}"

    __repr__ = __str__


class Block(Table, tablename="block"):
    """Two members no longer see each other, whoever asked for it."""

    id = BigSerial(primary_key=True)
    blocker = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    blocked = ForeignKey(Member, null=False, index=True, on_delete=OnDelete.cascade)
    since = Timestamptz()

    once = Unique(["blocker", "blocked"])
    never_oneself = Check("blocker <> blocked")
