"""The search engine that lives in this process (tantivy)."""

from search.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
