"""The search that PostgreSQL does on `search_document` while the engine is away."""

from search.postgres.asking import MOST_RANKED
from search.postgres.reading import grouped, search, suggest

__all__ = ["MOST_RANKED", "grouped", "search", "suggest"]
