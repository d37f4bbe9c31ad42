"""The words of an exchange: forms, states, why one ended. Enums, not tables: a new one needs no migration of data."""

import enum


class Form(enum.StrEnum):
    """`pair` two homes, each for the other; `loop` three or four, each for the next; `hospitality` one way; `week_room`
    a room from Monday to Thursday, week after week, while the host is at home."""

    pair = "pair"
    loop = "loop"
    hospitality = "hospitality"
    week_room = "week_room"


class Origin(enum.StrEnum):
    """Found by the server, or asked by a member from a sheet."""

    matched = "matched"
    requested = "requested"


class State(enum.StrEnum):
    """`proposed` until everybody said yes; `accepted` while days are agreed on; `confirmed` once they are; `done` after
    the last day; `dissolved` whatever ended it before."""

    proposed = "proposed"
    accepted = "accepted"
    confirmed = "confirmed"
    done = "done"
    dissolved = "dissolved"


class Ended(enum.StrEnum):
    """Why a swap was dissolved. Those asked only ever read that it will not take place."""

    declined = "declined"
    silence = "silence"
    withdrawn = "withdrawn"
    taken = "taken"
    home_gone = "home_gone"
    blocked = "blocked"
    suspended = "suspended"
    no_days = "no_days"


class Answer(enum.StrEnum):
    asked = "asked"
    accepted = "accepted"
    declined = "declined"
    silent = "silent"
    withdrawn = "withdrawn"


class Reason(enum.StrEnum):
    """Why a proposal is declined; read by the next search for a match, by nobody else."""

    weeks = "weeks"
    place = "place"
    home = "home"
    size = "size"
    other = "other"


class Scope(enum.StrEnum):
    """How wide a wish is. `overseas` is all of the overseas departments and territories."""

    commune = "commune"
    department = "department"
    region = "region"
    overseas = "overseas"
    anywhere = "anywhere"


class Setting(enum.StrEnum):
    """What a home is near."""

    sea = "sea"
    mountain = "mountain"
    countryside = "countryside"
    town = "town"


class Way(enum.StrEnum):
    """In which exchanges a member wants to be. Everybody is in for a pair on the same weeks."""

    other_weeks = "other_weeks"
    loop = "loop"
    hosting = "hosting"
    hosted = "hosted"


class Need(enum.StrEnum):
    """What a home must allow."""

    step_free = "step_free"
    pets = "pets"
    no_smoking = "no_smoking"
