"""The search engine that speaks to a Meilisearch server."""

from search.meili.engine import MeilisearchEngine

__all__ = ["MeilisearchEngine"]
