"""The words of rights: the eight rubrics, whom a benefit is for, how its amount is said."""

import enum


class Rubric(enum.StrEnum):
    """Those of the defence ministry's own portal; their values stand in addresses."""

    mission = "operation-mission"
    children = "enfants"
    housing = "habitat"
    wounded = "blesses"
    finances = "soutien-financier"
    mobility = "mutation-mobilite"
    holidays = "vacances-loisirs"
    illness = "maladie-dependance-handicap"


class Audience(enum.StrEnum):
    """Whom a benefit is for. Never asked of anybody to be kept: it is written on a sheet, or stays in a request."""

    everyone = "everyone"
    state = "state"
    armed_forces = "armed_forces"
    defence_civilians = "defence_civilians"
    territorial = "territorial"
    retired = "retired"
    survivors = "survivors"


class AmountKind(enum.StrEnum):
    fixed = "fixed"
    scale = "scale"
    formula = "formula"
    link = "link"


class Event(enum.StrEnum):
    """What happens in a life, for which a guide gathers sheets, ads, homes and contacts; values stand in addresses."""

    move = "mutation"
    birth = "naissance"
    separation = "separation"
    injury = "blessure"
    bereavement = "deuil"
    retirement = "retraite"


RUBRIC = {
    Rubric.mission: "Opération et mission",
    Rubric.children: "Enfants",
    Rubric.housing: "Habitat",
    Rubric.wounded: "Blessés",
    Rubric.finances: "Soutien financier",
    Rubric.mobility: "Mutation et mobilité",
    Rubric.holidays: "Vacances et loisirs",
    Rubric.illness: "Maladie, dépendance et handicap",
}
RUBRIC_ICON = {
    Rubric.mission: "compass",
    Rubric.children: "baby",
    Rubric.housing: "house",
    Rubric.wounded: "heart-pulse",
    Rubric.finances: "coins",
    Rubric.mobility: "truck",
    Rubric.holidays: "sun",
    Rubric.illness: "accessibility",
}
AUDIENCE = {
    Audience.everyone: "Tout le monde",
    Audience.state: "Agents de l’État",
    Audience.armed_forces: "Militaires",
    Audience.defence_civilians: "Personnels civils de la défense",
    Audience.territorial: "Agents territoriaux",
    Audience.retired: "Retraités",
    Audience.survivors: "Conjoints survivants et orphelins",
}
EVENT = {
    Event.move: "Je suis muté, je déménage",
    Event.birth: "J’attends ou j’accueille un enfant",
    Event.separation: "Je me sépare",
    Event.injury: "Je suis blessé ou malade",
    Event.bereavement: "J’ai perdu un proche",
    Event.retirement: "Je pars à la retraite",
}
