"""Telephone numbers as dialled in France: `0298000000`, `3939`, `+3222345678`."""

import re

from exchanges.stays.contact_card import number_of

_SHORT = re.compile(r"1[578]|11[2459]|19[167]|11[68]\d{3}|10\d{2}|3\d{3}")
"""15, 115, 3939, 116006: they are dialled in France only."""


def line_of(typed: str) -> str | None:
    """None when it cannot be one."""
    digits = re.sub(r"[\s.\-/()]", "", typed)
    if _SHORT.fullmatch(digits):
        return digits
    number = number_of(typed)
    return number and re.sub(r"^\+33", "0", number)


def in_words(line: str) -> str:
    """`02 98 00 00 00`, never cut at the end of a line."""
    if len(line) == 10 and line.startswith("0"):
        return "\u00a0".join(line[at : at + 2] for at in range(0, 10, 2))
    return f"{line[:2]}\u00a0{line[2:]}" if len(line) == 4 else line
