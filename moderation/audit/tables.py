"""The log of who did what, and the chain that proves nothing in it was altered."""

from piccolo.columns import JSONB, UUID, BigInt, BigSerial, Bytea, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table


class AuditEntry(Table, tablename="audit_entry"):
    """Who did what to what. A trigger refuses every change: a wrong entry is followed by another, never edited."""

    id = BigSerial(primary_key=True)
    at = Timestamptz()
    actor = UUID(null=True, default=None)  # no foreign key: the log outlives the account
    action = Varchar(length=60, null=False)
    subject_kind = Varchar(length=30, null=False)
    subject = Varchar(length=40, null=False)
    facts = JSONB(null=False, default="{}")


class AuditSeal(Table, tablename="audit_seal"):
    """One link of the chain: `digest` is SHA-256 over the digest of the position before and the entry's canonical JSON.

    Entries are sealed soon after they are committed, in the order seals are made, by one sealer at a time: those who
    write never wait for each other.
    """

    position = BigInt(primary_key=True)
    entry = ForeignKey(AuditEntry, null=False, unique=True, on_delete=OnDelete.restrict)
    digest = Bytea(null=False)
    sealed_at = Timestamptz()
