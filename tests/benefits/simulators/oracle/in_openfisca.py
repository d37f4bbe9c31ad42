"""Run by OpenFisca's own interpreter, and importing nothing of ours: households in (JSON), what each receives out.

One simulation for each month, of all its households at once. Salaries are those of the year two years before, from
which OpenFisca works out the resources of the family benefits by itself.
"""

import json
import sys
from collections import defaultdict

from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

MONTHLY = ("af", "asf", "paje_base")
BY_PERSON = "supplement_familial_traitement"


def six_months_before(month):
    count = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(count - 6, count)]


def people_of(number, household):
    month = household["month"]
    year = int(month[:4])
    people = {}
    for place, salary in enumerate(household["salaries"]):
        people[f"p{number}_{place}"] = {
            "date_naissance": {"ETERNITY": "1985-01-15"},
            "salaire_imposable": {f"{year - 2}-{at:02}": salary / 12 for at in range(1, 13)},
        }
    first = people[f"p{number}_0"]
    first["categorie_salarie"] = {month: "public_titulaire_etat"}
    first["traitement_indiciaire_brut"] = {month: household["pay"]}
    first["pensions_alimentaires_percues"] = {month: household["pensions"]}
    for place, child in enumerate(household["children"]):
        wage = 2500 if child["earns"] else 0
        months = {f"{year}-{at:02}" for at in range(1, 13)}
        people[f"c{number}_{place}"] = {
            "date_naissance": {"ETERNITY": child["born"]},
            "garde_alternee": {month: child["shared"]},
            "autonomie_financiere": dict.fromkeys(months, child["earns"]),
            "salaire_de_base": dict.fromkeys(six_months_before(month), wage),
        }
    return people


def case_of(numbered):
    case = {"individus": {}, "familles": {}, "foyers_fiscaux": {}, "menages": {}}
    for number, household in numbered:
        people = people_of(number, household)
        parents = [name for name in people if name[0] == "p"]
        children = [name for name in people if name[0] == "c"]
        months = [f"{household['month'][:4]}-{at:02}" for at in range(1, 13)]
        case["individus"] |= people
        case["familles"][f"f{number}"] = {
            "parents": parents,
            "enfants": children,
            "en_couple": dict.fromkeys(months, len(parents) == 2),
        }
        case["foyers_fiscaux"][f"t{number}"] = {"declarants": parents, "personnes_a_charge": children}
        case["menages"][f"m{number}"] = {
            "personne_de_reference": parents[:1],
            "conjoint": parents[1:],
            "enfants": children,
        }
    return case


def results_of(system, month, numbered):
    simulation = SimulationBuilder().build_from_dict(system, case_of(numbered))
    family = simulation.populations["famille"]
    found = {name: simulation.calculate(name, month) for name in MONTHLY}
    found["ars"] = simulation.calculate("ars", month[:4])
    found["sft"] = family.sum(simulation.calculate(BY_PERSON, month))
    found["resources"] = simulation.calculate("prestations_familiales_base_ressources", month)
    found["both_earned"] = simulation.calculate("biactivite", month)
    places = {name: place for place, name in enumerate(family.ids)}
    return {number: {name: float(row[places[f"f{number}"]]) for name, row in found.items()} for number, _ in numbered}


def main():
    households = json.load(sys.stdin)
    system = FranceTaxBenefitSystem()
    by_month = defaultdict(list)
    for number, household in enumerate(households):
        by_month[household["month"]].append((number, household))
    found = {}
    for month, numbered in by_month.items():
        found |= results_of(system, month, numbered)
    json.dump([found[number] for number in range(len(households))], sys.stdout)


if __name__ == "__main__":
    main()
