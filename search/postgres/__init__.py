"""The search that PostgreSQL does on `search_document` while the engine is away."""

from search.postgres.reading import grouped, search, suggest

__all__ = ["grouped", "search", "suggest"]
