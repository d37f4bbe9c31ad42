"""What somebody says of themselves to a simulator: kept in memory while a page is made, and nowhere else.

Every field may be `None`: not said yet. The names of the fields are those of the questions (`questions.py`).
"""

import enum
from datetime import date
from decimal import Decimal

import msgspec


class Work(enum.StrEnum):
    """For whom somebody works: some benefits are only of the State, or of the defence ministry."""

    military = "military"
    defence_civilian = "defence_civilian"
    state = "state"
    state_retired = "state_retired"
    territorial = "territorial"
    hospital = "hospital"
    other = "other"


class Territory(enum.StrEnum):
    mainland = "mainland"
    overseas = "overseas"


class OtherParent(enum.StrEnum):
    """What the other parent of a child does, as article L. 523-1 of the social security code tells cases apart."""

    none = "none"
    pays_nothing = "pays_nothing"
    pays = "pays"
    lives_here = "lives_here"


class Disability(enum.StrEnum):
    """The rate of incapacity the departmental house of disabled people (MDPH) recognised."""

    none = "none"
    under_50 = "under_50"
    from_50 = "from_50"


class Care(enum.StrEnum):
    none = "none"
    childminder = "childminder"
    at_home = "at_home"
    other = "other"


class Stay(enum.StrEnum):
    """The kinds of holiday the interministerial benefits help with."""

    none = "none"
    camp = "camp"
    day_centre = "day_centre"
    half_days = "half_days"
    full_board = "full_board"
    gite = "gite"
    school_trip = "school_trip"
    language = "language"
    specialised = "specialised"


class NewPost(enum.StrEnum):
    """What brings somebody to another home."""

    none = "none"
    recruited = "recruited"
    transferred = "transferred"


class Absence(enum.StrEnum):
    none = "none"
    mission = "mission"
    hospital = "hospital"


class Child(msgspec.Struct, frozen=True, kw_only=True):
    """`born` may be ahead: a child who is expected counts for nothing yet. `support_paid` is what the other parent
    pays, in euros a month; `earns` is more than 55 % of the minimum wage."""

    born: date | None = None
    shared: bool | None = None
    earns: bool | None = None
    other_parent: OtherParent | None = None
    support_paid: Decimal | None = None
    disability: Disability | None = None
    aeeh: bool | None = None
    studies: bool | None = None
    aah: bool | None = None


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """`resources` are the household's of the last year but one, after the deduction of 10 %, in euros a year;
    `reference_income` is the tax office's “revenu fiscal de référence” of that year. `index` is the “indice majoré”.
    `care_cost` is what the parents pay in a month for `care_hours`: pay and allowances, in euros, of one
    child with a childminder, of all at home. `loan_rate` is in
    percent a year."""

    work: Work | None = None
    territory: Territory | None = None
    alone: bool | None = None
    children: tuple[Child, ...] | None = None
    shared_custody: bool | None = None
    disabled_child: bool | None = None
    resources: Decimal | None = None
    both_earned: bool | None = None
    index: int | None = None
    full_time: bool | None = None
    care: Care | None = None
    care_hours: Decimal | None = None
    care_cost: Decimal | None = None
    stay: Stay | None = None
    stay_days: int | None = None
    new_post: NewPost | None = None
    moved_on: date | None = None
    tense_zone: bool | None = None
    reference_income: Decimal | None = None
    paris_region: bool | None = None
    absence: Absence | None = None
    absence_days: int | None = None
    loan_amount: Decimal | None = None
    loan_rate: Decimal | None = None
    loan_months: int | None = None
