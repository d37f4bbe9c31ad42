"""The French words of every enum, for templates: `labels.category[value]`."""

from types import SimpleNamespace

from listings import kinds

labels = SimpleNamespace(
    category=kinds.CATEGORY,
    category_icon=kinds.CATEGORY_ICON,
    category_hint=kinds.CATEGORY_HINT,
    kind=kinds.KIND,
    deal=kinds.DEAL,
    status=kinds.STATUS,
    outcome=kinds.OUTCOME,
)
