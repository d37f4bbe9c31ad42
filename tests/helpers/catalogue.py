"""A small catalogue in place of the site's own: two benefits and a guide."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import kept
from benefits.catalogue import documents, files, neighbours, reading, showing
from search.pages import pinning

CARE = """+++
title = "Aide à la garde de test"
rubrics = ["enfants", "soutien-financier"]
audiences = ["everyone"]
provider = "Caisse d’allocations familiales"
summary = "Une partie de ce que coûte la personne qui garde votre enfant chez vous."
amount = { kind = "fixed", words = "300 € par mois" }
apply = { where = "Sur le site de la caisse", url = "https://example.fr/demande", deadline = "dès la première heure" }
contact = "agency"
topic = "family"
checked_on = 2026-11-01
valid_from = 2026-04-01
papers = ["Le contrat de travail", "Un relevé d’identité bancaire"]
links = [{ label = "La fiche officielle", url = "https://example.fr/fiche" }]
sources = [
    { what = "Le code", on = 2026-11-01, url = "https://example.fr/code" },
    { what = "La circulaire", on = 2026-11-01 },
]
events = ["naissance"]
neighbours = { category = "childcare", kind = "offer" }
words = ["nounou", "baby-sitter"]
covers = ["payer la nounou"]
+++
## À quoi ça sert

À payer moins pour la **garde**.

<script>alert(1)</script>

## Pour qui

- Un enfant de moins de 6 ans
- Un contrat de travail

## Combien

La caisse verse 300 € par mois.

## Comment demander

Avec [le formulaire](https://example.fr/demande).
"""
LINK = """+++
title = "Secours d’urgence de test"
rubrics = ["soutien-financier"]
audiences = ["armed_forces", "defence_civilians"]
provider = "Service social"
summary = "Une somme, versée une fois, quand tout arrive en même temps."
amount = { kind = "link" }
apply = { where = "Auprès de l’assistante sociale" }
contact = "social_worker"
topic = "money"
checked_on = 2026-11-01
+++
## À quoi ça sert

À passer un moment difficile.

## Pour qui

Pour qui ne s’en sort plus.

## Comment demander

En l’écrivant au service social.
"""
BIRTH = """+++
title = "J’accueille un enfant, de test"
lead = "Les démarches dans l’ordre, et qui peut aider en attendant."
checked_on = 2026-11-01
[[step]]
title = "Chercher qui garde"
when = "dès le quatrième mois"
text = "Les places sont **rares**."
links = [
    { kind = "sheet", id = "garde-test" },
    { kind = "ads", id = "childcare/offer", label = "Qui propose de garder" },
    { kind = "contacts", id = "family", label = "En parler" },
    { kind = "sheet", id = "nowhere" },
]
+++
"""


def write_catalogue(folder: Path, **sheets: str) -> None:
    """Underscores in a name are the hyphens of its id."""
    (folder / "sheets").mkdir(exist_ok=True)
    (folder / "guides").mkdir(exist_ok=True)
    for name, text in sheets.items():
        (folder / "sheets" / f"{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")


def forget_catalogue() -> None:
    for one in (reading.sheets, reading.guides, reading.of_rubric, documents.all_rights, showing.first_page):
        one.cache_clear()
    pinning.rights.cache_clear()
    kept.pages.clear()
    neighbours.kept.forget()


@pytest.fixture
def catalogue(app, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder: what is written into it is read after `forget_catalogue`."""
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    write_catalogue(tmp_path, garde_test=CARE, secours_test=LINK)
    (tmp_path / "guides" / "naissance.md").write_text(BIRTH, encoding="utf-8")
    forget_catalogue()
    yield tmp_path
    monkeypatch.undo()
    forget_catalogue()
