"""The French words of every enum, for templates: `labels.category[value]`."""

from types import SimpleNamespace

from listings import kinds


def number(value: int) -> str:
    """`12 345`, with the narrow space French typography asks for."""
    return f"{value:,}".replace(",", "\u202f")


labels = SimpleNamespace(
    category=kinds.CATEGORY,
    category_icon=kinds.CATEGORY_ICON,
    category_hint=kinds.CATEGORY_HINT,
    named=kinds.NAMED,
    kind=kinds.KIND,
    deal=kinds.DEAL,
    status=kinds.STATUS,
    outcome=kinds.OUTCOME,
)
