"""The words of a stay: what may be withheld, what is prepared, when one is reminded."""

import enum


class Part(enum.StrEnum):
    """What of a contact card a member may take back from one swap."""

    ways = "ways"
    door = "door"


class Item(enum.StrEnum):
    """What is prepared before a stay."""

    insurer = "insurer"
    consent = "consent"
    inventory = "inventory"
    keys = "keys"
    emergency = "emergency"


class Step(enum.StrEnum):
    """So many days before the first day at most."""

    weeks = "21"
    door = "14"
    booklet = "2"
    eve = "1"
