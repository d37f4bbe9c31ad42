"""One build of the embedded index: its writer, its reader and the places that occur in it."""

import ctypes
from pathlib import Path

import tantivy

from search.contract import Document, NotTaken
from search.embedded.nearby import Places
from search.embedded.schema import open_index, row, spot

# tantivy's least; enough for batches of thousands, and what is written waits for no thread of its own.
HEAP_BYTES = 15_000_000


# A rebuild frees as much as it takes, but in crumbs that glibc keeps: 240 MB for 200,000 ads.
TRIM_EVERY = 20_000


class Build:
    """Blocking, and not for two threads at once where it writes."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._untrimmed = 0
        self._index = open_index(str(path) if path else None)
        self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        self._index.config_reader("manual")
        self._index.reload()
        self.searcher = self._index.searcher()
        self.places = Places([found for found, _ in self.searcher.terms_with_prefix("spot", "")])
        if self.searcher.num_docs:
            # A damaged store shows when it is read, not when it is opened.
            first = self.searcher.search(tantivy.Query.all_query(), 1).hits[0][1]
            self.searcher.doc(first)

    def write(self, changes: dict[str, Document | None]) -> None:
        """Add or replace each document, or remove it where there is None; not yet findable. Raises `NotTaken`, with
        nothing written, where one of them cannot be."""
        rows = {key: _row(document) for key, document in changes.items() if document is not None}
        for key, document in changes.items():
            self._writer.delete_documents_by_term("id", key)
            if document is not None:
                self._writer.add_document(rows[key])
                if document.lat is not None and document.lon is not None:
                    self.places.add(spot(document.lat, document.lon))

    def add(self, changes: dict[str, Document | None]) -> None:
        """`write` for very many."""
        self.write(changes)
        self._untrimmed += len(changes)
        if self._untrimmed >= TRIM_EVERY:
            self._untrimmed = 0
            give_memory_back()

    def commit(self) -> None:
        """Durable and findable on return; on error nothing of the batch remains."""
        try:
            self._writer.commit()
        except BaseException:
            self._writer.rollback()
            raise
        self._index.reload()
        self.searcher = self._index.searcher()

    def close(self) -> None:
        """Wait for merges and give the folder's lock back."""
        self._writer.wait_merging_threads()


def _row(document: Document) -> tantivy.Document:
    try:
        return row(document)
    except (ValueError, OverflowError, TypeError) as wrong:
        raise NotTaken(f"{type(wrong).__name__}: {wrong}") from wrong


def give_memory_back() -> None:
    """Return freed memory to the system, where the C library knows how."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
