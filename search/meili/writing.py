"""Documents and index swaps. Everything here blocks, one thing at a time."""

import logging
import threading
import time
from collections.abc import Sequence
from uuid import uuid4

from meilisearch.models.task import TaskInfo

from search.contract import Document, EngineUnavailable, NotTaken
from search.meili.asking import quoted
from search.meili.server import (
    LONGEST_LOOK,
    Client,
    NoIndex,
    Refused,
    Server,
    birth,
    exists,
    how_many_tasks,
    names,
    refuse_what_is_too_old,
    wait,
)
from search.meili.settings import differing, record

log = logging.getLogger(__name__)

# While the index is built again, a change waits its turn behind some batches.
CHANGE_SECONDS = 300
# Settings of a large index are applied by indexing it again.
REBUILD_SECONDS = 3600
MOST_ACCEPTED = 8
ACCEPTED_PAUSE = 0.05
VERSIONS_AT_ONCE = 5_000
UNDER_WAY = ["enqueued", "processing"]
NOT_DONE = ["failed", "canceled"]


class Writer:
    """Keeps nothing between two calls but where the server is: another process may go on with any of it."""

    def __init__(self, server: Server, index: str) -> None:
        self._server, self._index = server, index
        self._writing = threading.Lock()

    def prepare(self) -> bool:
        """Check the server and apply settings; False when the index has yet to be built."""
        with self._server.client() as client:
            refuse_what_is_too_old(client)
            if not exists(client, self._index):
                return False
            apply_settings(client, self._index)
            return True

    def change(self, documents: Sequence[Document] = (), gone: Sequence[str] = ()) -> None:
        """Add, replace or remove in the live index; done on return."""
        if not documents and not gone:
            return
        with self._writing, self._server.client() as client:
            if not exists(client, self._index):
                # Adding would create it, without settings and with nothing else in it.
                raise NoIndex("The search index waits for its first build.")
            for task in _send(client, self._index, documents, gone):
                wait(client, task, CHANGE_SECONDS)

    def begin(self) -> str:
        beside = f"{self._index}-{uuid4().hex[:12]}"
        with self._writing, self._server.client() as client:
            # Of this version only: processes of the one before may search theirs until the swap.
            self._delete_others(client, f"{self._index}-")
            wait(client, client.create_index(beside, {"primaryKey": "id"}), REBUILD_SECONDS)
            apply_settings(client, beside)
        return beside

    def holds(self, beside: str) -> bool:
        """Not when something added was refused, nor once swapped: that name is then the former index's."""
        with self._server.client() as client:
            return self._is_newer(client, beside) and not how_many_tasks(client, beside, statuses=NOT_DONE)

    def add(self, beside: str, documents: Sequence[Document], gone: Sequence[str]) -> None:
        """Accepted on return: the server works on a few batches together, and never has many more waiting."""
        with self._writing, self._server.client() as client:
            _send(client, beside, documents, gone)
            _wait_until_at_most(MOST_ACCEPTED, client, beside)

    def swap(self, beside: str) -> None:
        """Give the live name to the index built beside, then delete the former and what crashes left.

        A swap asked for before, whose answer was lost, is only waited for. A key limited to some indexes is shown no
        swap among the tasks: that one was done shows in which index bears the name.
        """
        with self._writing, self._server.client() as client:
            _wait_for_all(client, beside)
            if how_many_tasks(client, beside, statuses=NOT_DONE):
                raise NotTaken(f"Meilisearch did not take all that was added to {beside}.")
            if self._is_newer(client, beside):
                client.swap_indexes([{"indexes": [beside, self._index], "rename": not exists(client, self._index)}])
                _wait_for_all(client, self._index)
                if self._is_newer(client, beside):
                    raise Refused(f"Meilisearch did not swap {beside}.")
            self._delete_others(client, self._index.rsplit("-v", 1)[0] + "-v")

    def _is_newer(self, client: Client, beside: str) -> bool:
        """Than the live index: it has yet to be swapped."""
        born, live = birth(client, beside), birth(client, self._index)
        return born is not None and (live is None or born > live)

    def abandon(self, beside: str) -> None:
        with self._server.client() as client:
            if exists(client, beside):
                wait(client, client.delete_index(beside), CHANGE_SECONDS)

    def versions(self, offset: int) -> list[tuple[str, int]]:
        """Id and version of some thousands of documents, in the order the index has them."""
        page = {"fields": ["id", "version"], "limit": VERSIONS_AT_ONCE, "offset": offset}
        with self._server.client() as client:
            found = client.index(self._index).get_documents(page).results
        return [(document.id, int(getattr(document, "version", 0))) for document in found]

    def _delete_others(self, client: Client, beginning: str) -> None:
        for index in names(client.get_indexes({"limit": 1000})):
            if index.startswith(beginning) and index != self._index:
                client.delete_index(index)


def apply_settings(client: Client, index: str) -> None:
    """Only those that differ, for even those that do not would be looked into."""
    changed = differing(client.index(index).get_settings())
    if changed:
        log.info("Search settings applied: %s", ", ".join(changed))
        wait(client, client.index(index).update_settings(changed), REBUILD_SECONDS)


def _send(client: Client, index: str, documents: Sequence[Document], gone: Sequence[str]) -> list[TaskInfo]:
    """One after the other in the server's queue, which keeps their order."""
    tasks = []
    if documents:
        tasks.append(client.index(index).add_documents([record(document) for document in documents], "id"))
    if gone:
        named = f"id IN [{', '.join(map(quoted, gone))}]"
        tasks.append(client.index(index).delete_documents(filter=named))
    return tasks


def _wait_for_all(client: Client, index: str) -> None:
    """The server takes tasks in turn: once one that changes nothing is done, so is all that came before it."""
    wait(client, client.index(index).delete_documents(filter="id IN []"), REBUILD_SECONDS)


def _wait_until_at_most(most: int, client: Client, index: str) -> None:
    late, pause = time.monotonic() + REBUILD_SECONDS, ACCEPTED_PAUSE
    while how_many_tasks(client, index, statuses=UNDER_WAY) > most:
        if time.monotonic() > late:
            raise EngineUnavailable(f"Meilisearch has not done all that was added to {index}")
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_LOOK)
