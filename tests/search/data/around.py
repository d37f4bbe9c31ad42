"""What every ad is found by besides its title and text, as `search.documents.ads` says it."""

from listings.kinds import CATEGORY, DEAL, KIND, Category, Deal, Kind
from places.departments import department as department_of


def words_around(category: str, kind: str, deal: str | None, commune: str, department: str) -> str:
    where = department_of(department)
    said = [
        CATEGORY[Category(category)] if category else "",
        KIND[Kind(kind)] if kind else "",
        DEAL[Deal(deal)] if deal else "",
        commune,
        where.name if where else "",
    ]
    return " · ".join(filter(None, said))
