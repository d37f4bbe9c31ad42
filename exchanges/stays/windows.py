"""How long each thing of a stay is open, in whole days of Paris: its first and last day are those of the agreement."""

from datetime import date, timedelta

DOOR_BEFORE = timedelta(days=14)
BOOKLET_BEFORE = timedelta(days=2)
DAY_AFTER = timedelta(days=1)
REACHED_AFTER = timedelta(days=14)
"""A charger left behind, keys to send back."""
KEPT_AFTER = timedelta(days=30)
"""Doors, their readings, lists and refusals are erased so long after the last day."""


def door_opens(first: date) -> date:
    return first - DOOR_BEFORE


def is_door_open(first: date, last: date, today: date) -> bool:
    return first - DOOR_BEFORE <= today <= last + DAY_AFTER


def booklet_opens(first: date) -> date:
    return first - BOOKLET_BEFORE


def is_booklet_open(first: date, last: date, today: date) -> bool:
    return first - BOOKLET_BEFORE <= today <= last + DAY_AFTER


def are_reached(last: date, today: date) -> bool:
    """Whether the others of a swap whose last stay ends on `last` still read how to reach each other."""
    return today <= last + REACHED_AFTER
