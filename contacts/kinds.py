"""The words of contacts: who they are, and what one may ask them."""

import enum


class ContactKind(enum.StrEnum):
    """`correspondent` of a body, `delegation` of a department, `social_worker`; `agency` is a service outside."""

    correspondent = "correspondent"
    delegation = "delegation"
    social_worker = "social_worker"
    agency = "agency"


class Topic(enum.StrEnum):
    """Kinds of question; a social worker answers some or all."""

    family = "family"
    money = "money"
    housing = "housing"
    health = "health"
    work = "work"
    move = "move"
    absence = "absence"
    bereavement = "bereavement"
    leisure = "leisure"
    other = "other"


CONTACT = {
    ContactKind.correspondent: "Correspondant d’organisme",
    ContactKind.delegation: "Délégation",
    ContactKind.social_worker: "Service social",
    ContactKind.agency: "Autre service",
}
CONTACT_ICON = {
    ContactKind.correspondent: "building-2",
    ContactKind.delegation: "landmark",
    ContactKind.social_worker: "heart-handshake",
    ContactKind.agency: "phone",
}
TOPIC = {
    Topic.family: "Famille et enfants",
    Topic.money: "Budget et dettes",
    Topic.housing: "Logement",
    Topic.health: "Santé et handicap",
    Topic.work: "Travail",
    Topic.move: "Mutation et déménagement",
    Topic.absence: "Absence d’un proche",
    Topic.bereavement: "Deuil",
    Topic.leisure: "Vacances et loisirs",
    Topic.other: "Autre chose",
}
