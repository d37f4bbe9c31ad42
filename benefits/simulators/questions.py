"""The questions of the simulators, in the words people read; each is a field of a situation, or of a child.

A simulator names what it still needs: `resources` is a question of `QUESTIONS`; `child.born` is `born` of
`CHILD_QUESTIONS`, asked of every child whom it concerns (`concerns`).
"""

from decimal import Decimal

from benefits.simulators.child_questions import ADULT_AGE, CHILD, CHILD_QUESTIONS, LAST_AGE, concerns
from benefits.simulators.contract import Kind, Question
from benefits.simulators.wording import (
    ABSENCE,
    CARE,
    GROUPS,
    HOLIDAYS,
    HOME,
    HOUSEHOLD,
    LOAN,
    MONEY,
    WORK,
    YOU,
    choice,
    money,
    number,
    yes_no,
)

__all__ = ["ADULT_AGE", "CHILD", "CHILD_QUESTIONS", "GROUPS", "LAST_AGE", "QUESTIONS", "concerns", "question"]
_ALL = (
    choice(
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
        "Les aides changent avec l’employeur\u202f: pour celles de votre conjoint, recommencez à sa "
        "place. Votre réponse n’est gardée nulle part.",
    ),
    choice("territory", "Vous vivez…", YOU, {"mainland": "en métropole", "overseas": "en outre-mer"}),
    yes_no(
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
        hint="Ceux que vous élevez, même s’ils ne sont pas les vôtres. Un bébé attendu\u202f? La date prévue.",
        least=Decimal(0),
        most=Decimal(12),
    ),
    yes_no("shared_custody", "L’un d’eux vit-il en résidence alternée ?", HOUSEHOLD),
    yes_no("disabled_child", "L’un d’eux est-il en situation de handicap ?", HOUSEHOLD),
    money(
        "resources",
        "Ressources du foyer de l’avant-dernière année",
        MONEY,
        "En 2026 : celles de 2024. Le total des revenus imposables du couple, après l’abattement de 10 %, "
        "avant les autres déductions : c’est sur l’avis d’impôt.",
        unit="€ par an",
    ),
    yes_no(
        "both_earned",
        "Cette année-là, aviez-vous chacun un revenu de travail ?",
        MONEY,
        "Il compte à partir de 5 351 € nets chacun en 2024.",
    ),
    number("index", "Votre indice majoré", WORK, 100, 1600, hint="« INM » ou « IM » sur le bulletin de paie."),
    yes_no("full_time", "Travaillez-vous à temps plein ?", WORK),
    choice(
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
    number(
        "care_hours",
        "Heures de garde par mois",
        CARE,
        1,
        400,
        "heures",
        "Pour un seul enfant chez une assistante maternelle, pour tous chez vous.",
    ),
    money(
        "care_cost",
        "Ce que vous versez pour ces heures",
        CARE,
        "Le salaire net ; pour une assistante maternelle, avec l’entretien et les repas.",
        Decimal(6000),
        "€ par mois",
    ),
    choice(
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
    number(
        "stay_days",
        "Nombre de jours",
        HOLIDAYS,
        1,
        90,
        "jours",
        "Pour chaque enfant. À la demi-journée, comptez les demi-journées.",
    ),
    choice(
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
    yes_no(
        "tense_zone",
        "Le logement est-il en zone tendue, ou le poste en quartier prioritaire ?",
        HOME,
        "Zone tendue, dans la loi ALUR : la plupart des grandes villes. Le site de l’AIP le dit de chaque commune.",
    ),
    money(
        "reference_income",
        "Revenu fiscal de référence de l’avant-dernière année",
        MONEY,
        "En 2026 : celui de 2024, en haut de la première page de l’avis d’impôt reçu en 2025.",
        unit="€ par an",
    ),
    yes_no("paris_region", "La nouvelle affectation est-elle en Île-de-France ?", HOME),
    choice(
        "absence",
        "Quelqu’un du foyer est-il absent longtemps ?",
        ABSENCE,
        {
            "mission": "oui, en opération ou en mission",
            "hospital": "oui, à l’hôpital",
            "none": "non",
        },
    ),
    number("absence_days", "Combien de jours de suite ?", ABSENCE, 1, 400, "jours"),
    money("loan_amount", "Somme empruntée", LOAN),
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
    number("loan_months", "Durée", LOAN, 1, 420, "mois"),
)

QUESTIONS: dict[str, Question] = {one.name: one for one in _ALL}


def question(name: str) -> Question:
    """By the name a simulator gives it, `resources` or `child.born`. Raises KeyError for another."""
    return CHILD_QUESTIONS[name.removeprefix(CHILD)] if name.startswith(CHILD) else QUESTIONS[name]
