"""The questions of the simulators, in the words people read; each is a field of a situation, or of a child.

A simulator names what it still needs: `resources` is a question of `QUESTIONS`; `child.born` is `born` of
`CHILD_QUESTIONS`, asked of every child whom it concerns (`concerns`).
"""

from datetime import date
from decimal import Decimal

from benefits.simulators.ages import age_on
from benefits.simulators.contract import Kind, Question
from benefits.simulators.situation import Child, OtherParent

YOU, HOUSEHOLD, CHILDREN = "Vous", "Votre foyer", "Vos enfants"
MONEY, WORK, CARE = "Vos ressources", "Votre travail", "La garde de vos enfants"
HOLIDAYS, HOME, ABSENCE, LOAN = "Les vacances", "Votre logement", "Les absences", "Votre prêt"
GROUPS = (YOU, HOUSEHOLD, CHILDREN, MONEY, WORK, CARE, HOLIDAYS, HOME, ABSENCE, LOAN)
CHILD = "child."
MOST_MONEY = Decimal(1_000_000)
LEAST_AGE_TO_EARN, ADULT_AGE, LAST_AGE = 16, 20, 27


def _yes_no(name: str, label: str, group: str, hint: str = "") -> Question:
    return Question(name=name, label=label, kind=Kind.yes_no, group=group, hint=hint)


def _choice(name: str, label: str, group: str, options: dict[str, str], hint: str = "") -> Question:
    return Question(name=name, label=label, kind=Kind.choice, group=group, hint=hint, options=tuple(options.items()))


def _number(name: str, label: str, group: str, least: int, most: int, unit: str = "", hint: str = "") -> Question:
    kind, bounds = Kind.number, (Decimal(least), Decimal(most))
    return Question(
        name=name, label=label, kind=kind, group=group, hint=hint, unit=unit, least=bounds[0], most=bounds[1]
    )


def _money(name: str, label: str, group: str, hint: str = "", most: Decimal = MOST_MONEY, unit: str = "€") -> Question:
    kind = Kind.money
    return Question(name=name, label=label, kind=kind, group=group, hint=hint, least=Decimal(0), most=most, unit=unit)


_ALL = (
    _choice(
        "work",
        "Vous êtes…",
        YOU,
        {
            "military": "militaire",
            "defence_civilian": "agent civil de la défense",
            "state": "agent d’un autre service de l’État",
            "state_retired": "retraité de l’État ou de l’armée",
            "territorial": "agent territorial",
            "hospital": "agent hospitalier",
            "other": "dans une autre situation",
        },
        "Certaines aides ne concernent que les agents de l’État. Votre réponse n’est gardée nulle part.",
    ),
    _choice("territory", "Vous vivez…", YOU, {"mainland": "en métropole", "overseas": "en outre-mer"}),
    _yes_no(
        "alone",
        "Vivez-vous sans conjoint ?",
        HOUSEHOLD,
        "Sans mari, femme, partenaire de Pacs ni concubin. Un conjoint absent pour le travail compte comme présent.",
    ),
    Question(
        name="children",
        label="Vos enfants à charge",
        kind=Kind.children,
        group=HOUSEHOLD,
        hint="Ceux que vous élevez, même s’ils ne sont pas les vôtres. Indiquez leur date de naissance, rien d’autre.",
        least=Decimal(0),
        most=Decimal(12),
    ),
    _yes_no("shared_custody", "L’un d’eux vit-il en résidence alternée ?", HOUSEHOLD),
    _yes_no("disabled_child", "L’un d’eux est-il en situation de handicap ?", HOUSEHOLD),
    _money(
        "resources",
        "Ressources du foyer de l’avant-dernière année",
        MONEY,
        "En 2026 : celles de 2024. Le total des revenus imposables du couple, après l’abattement de 10 %, "
        "avant les autres déductions : c’est sur l’avis d’impôt.",
        unit="€ par an",
    ),
    _yes_no(
        "both_earned",
        "Cette année-là, aviez-vous chacun un revenu de travail ?",
        MONEY,
        "D’au moins 12 fois la base mensuelle des allocations familiales : 5 351 € nets chacun en 2024.",
    ),
    _number("index", "Votre indice majoré", WORK, 100, 1600, hint="« INM » ou « IM » sur le bulletin de paie."),
    _yes_no("full_time", "Travaillez-vous à temps plein ?", WORK),
    _choice(
        "care",
        "Qui garde vos jeunes enfants ?",
        CARE,
        {
            "childminder": "une assistante maternelle que nous payons",
            "at_home": "une personne que nous payons, chez nous",
            "other": "une crèche, une micro-crèche ou une association",
            "none": "personne que nous payons",
        },
    ),
    _number(
        "care_hours",
        "Heures de garde par mois",
        CARE,
        1,
        400,
        "heures",
        "Pour un seul enfant chez une assistante maternelle, pour tous chez vous.",
    ),
    _money(
        "care_cost",
        "Ce que vous versez pour ces heures",
        CARE,
        "Par mois : le salaire net ; pour une assistante maternelle, avec l’entretien et les repas.",
        Decimal(6000),
        "€ par mois",
    ),
    _choice(
        "stay",
        "Quel séjour pour vos enfants ?",
        HOLIDAYS,
        {
            "camp": "une colonie de vacances",
            "day_centre": "un centre de loisirs, à la journée",
            "half_days": "un centre de loisirs, à la demi-journée",
            "full_board": "une maison familiale, en pension complète",
            "gite": "un gîte ou une maison familiale, autre formule",
            "school_trip": "une classe découverte",
            "language": "un séjour linguistique",
            "specialised": "un centre de vacances spécialisé (handicap)",
            "none": "aucun",
        },
    ),
    _number("stay_days", "Nombre de jours", HOLIDAYS, 1, 90, "jours", "Ou de demi-journées, pour chaque enfant."),
    _choice(
        "new_post",
        "Changez-vous de logement pour le travail ?",
        HOME,
        {
            "transferred": "oui, je suis muté",
            "recruited": "oui, je viens d’être recruté",
            "none": "non",
        },
    ),
    Question(
        name="moved_on",
        label="Date de signature du bail",
        kind=Kind.day,
        group=HOME,
        hint="Si vous louez ; celle que vous prévoyez si rien n’est signé.",
    ),
    _yes_no(
        "tense_zone",
        "Le nouveau logement est-il en zone tendue ?",
        HOME,
        "Au sens de la loi ALUR : la plupart des grandes villes. Le site de l’AIP le dit pour chaque commune.",
    ),
    _money(
        "reference_income",
        "Revenu fiscal de référence de l’avant-dernière année",
        MONEY,
        "En 2026 : celui de 2024, en haut de la première page de l’avis d’impôt reçu en 2025.",
        unit="€ par an",
    ),
    _yes_no("paris_region", "La nouvelle affectation est-elle en Île-de-France ?", HOME),
    _choice(
        "absence",
        "Quelqu’un du foyer est-il absent longtemps ?",
        ABSENCE,
        {
            "mission": "oui, en opération ou en mission",
            "hospital": "oui, à l’hôpital",
            "none": "non",
        },
    ),
    _number("absence_days", "Combien de jours de suite ?", ABSENCE, 1, 400, "jours"),
    _money("loan_amount", "Somme empruntée", LOAN),
    Question(
        name="loan_rate",
        label="Taux par an",
        kind=Kind.percent,
        group=LOAN,
        hint="Le taux débiteur, hors assurance. 0 pour un prêt sans intérêts.",
        least=Decimal(0),
        most=Decimal(30),
        unit="%",
    ),
    _number("loan_months", "Durée", LOAN, 1, 420, "mois"),
)

_OF_A_CHILD = (
    Question(name="born", label="Date de naissance", kind=Kind.day, group=CHILDREN),
    _yes_no("shared", "En résidence alternée", CHILDREN, "Chez vous et chez l’autre parent, tour à tour."),
    _yes_no("earns", "Gagne plus de 55 % du Smic", CHILDREN, "Environ 1 100 € nets par mois."),
    _choice(
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
    _money("support_paid", "Pension reçue pour cet enfant", CHILDREN, "", Decimal(10_000), "€ par mois"),
    _choice(
        "disability",
        "Taux d’incapacité reconnu par la MDPH",
        CHILDREN,
        {"none": "aucun", "under_50": "moins de 50 %", "from_50": "50 % ou plus"},
    ),
    _yes_no("aeeh", "L’allocation d’éducation (AEEH) est versée", CHILDREN),
    _yes_no("studies", "Fait des études ou un apprentissage", CHILDREN),
    _yes_no("aah", "Reçoit l’allocation aux adultes handicapés (AAH)", CHILDREN),
)

QUESTIONS: dict[str, Question] = {one.name: one for one in _ALL}
CHILD_QUESTIONS: dict[str, Question] = {one.name: one for one in _OF_A_CHILD}


def question(name: str) -> Question:
    """By the name a simulator gives it, `resources` or `child.born`. Raises KeyError for another."""
    return CHILD_QUESTIONS[name.removeprefix(CHILD)] if name.startswith(CHILD) else QUESTIONS[name]


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
