"""The questions asked of each child, and of which children."""

from datetime import date
from decimal import Decimal

from benefits.simulators.ages import age_on
from benefits.simulators.contract import Kind, Question
from benefits.simulators.situation import Child, OtherParent
from benefits.simulators.wording import CHILDREN, choice, money, yes_no

CHILD = "child."
LEAST_AGE_TO_EARN, ADULT_AGE, LAST_AGE = 16, 20, 27
"""From which birthday earnings may matter, a child is no longer one for the family benefits, and a student neither."""

_OF_A_CHILD = (
    Question(name="born", label="Date de naissance", kind=Kind.day, group=CHILDREN),
    yes_no("shared", "En résidence alternée", CHILDREN, "Chez vous et chez l’autre parent, tour à tour."),
    yes_no("earns", "Gagne plus de 55 % du Smic", CHILDREN, "Environ 1 100 € nets par mois."),
    choice(
        "other_parent",
        "L’autre parent",
        CHILDREN,
        {
            "pays": "verse une pension",
            "pays_nothing": "ne verse rien",
            "none": "est décédé ou n’a pas reconnu l’enfant",
            "lives_here": "vit avec nous",
        },
    ),
    money("support_paid", "Pension reçue pour cet enfant", CHILDREN, "", Decimal(10_000), "€ par mois"),
    choice(
        "disability",
        "Taux d’incapacité reconnu par la MDPH",
        CHILDREN,
        {"none": "aucun", "under_50": "moins de 50 %", "from_50": "50 % ou plus"},
    ),
    yes_no("aeeh", "L’allocation d’éducation (AEEH) est versée", CHILDREN),
    yes_no("studies", "Fait des études ou un apprentissage", CHILDREN),
    yes_no("aah", "Reçoit l’allocation aux adultes handicapés (AAH)", CHILDREN),
)
CHILD_QUESTIONS: dict[str, Question] = {one.name: one for one in _OF_A_CHILD}


def concerns(name: str, child: Child, on: date) -> bool:
    """Whether `child.…` is worth asking of this child: earnings only from 16, studies only of a young adult."""
    field, age = name.removeprefix(CHILD), age_on(child.born, on) if child.born else None
    if field == "born":
        return True
    if age is None or age < 0:
        return False
    return {
        "earns": LEAST_AGE_TO_EARN <= age <= ADULT_AGE,
        "shared": age <= ADULT_AGE,
        "other_parent": age < ADULT_AGE,
        "support_paid": age < ADULT_AGE and child.other_parent is OtherParent.pays,
        "aeeh": age < ADULT_AGE,
        "studies": ADULT_AGE <= age < LAST_AGE,
        "aah": ADULT_AGE <= age < LAST_AGE,
    }.get(field, True)
