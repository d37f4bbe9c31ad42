"""One entry of the log as bytes that are the same on every machine: what the chain is made of."""

import hashlib
from collections.abc import Mapping
from datetime import UTC
from typing import Any

import msgspec

COLUMNS = "e.id, e.at, e.actor, e.action, e.subject_kind, e.subject, e.facts"
"""Of `audit_entry e`: everything it says."""
FIRST = bytes(32)
"""What the first seal is chained to."""


def as_told(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A row of COLUMNS in plain JSON: the moment in UTC to the microsecond, ids as text."""
    return {
        "id": entry["id"],
        "at": entry["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": str(entry["actor"]) if entry["actor"] else None,
        "action": entry["action"],
        "subject_kind": entry["subject_kind"],
        "subject": entry["subject"],
        "facts": msgspec.json.decode(entry["facts"]),
    }


def canonical(entry: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON without spaces, the names in order."""
    return msgspec.json.encode(as_told(entry), order="sorted")


def sealed(before: bytes, entry: Mapping[str, Any]) -> bytes:
    """The digest of an entry that follows the digest `before`: SHA-256 of both."""
    return hashlib.sha256(before + canonical(entry)).digest()
