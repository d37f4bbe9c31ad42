"""Settings, documents and index swaps, through Meilisearch's own client. Everything here blocks.

The client changes its own headers at each call, so each thread uses one of its own. A write is only
accepted when the call returns: every one is waited for.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import meilisearch
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.task import TaskInfo

from search.contract import Document, EngineUnavailable
from search.meili.asking import quoted
from search.meili.settings import OLDEST_SERVER, differing, record

log = logging.getLogger(__name__)

REQUEST_SECONDS = 10
CHANGE_SECONDS = 30
# Settings of a large index are applied by indexing it again.
REBUILD_SECONDS = 3600
POLL_MS = 10
MOST_ACCEPTED = 8


class Writer:
    def __init__(self, url: str, key: str | None, index: str) -> None:
        self._url, self._key, self._index = url, key, index
        self._writing = threading.Lock()
        self._meanwhile: dict[str, Document | None] | None = None
        self._accepted: deque[TaskInfo] = deque()

    def prepare(self) -> bool:
        """Check the server and apply settings; False when the index has yet to be built."""
        with self._client() as client:
            _check_version(client)
            if not _exists(client, self._index):
                return False
            self._apply_settings(client, self._index)
            return True

    def change(self, changes: dict[str, Document | None]) -> None:
        """Add or replace each document, or remove it where there is None; findable on return."""
        if not changes:
            return
        with self._writing, self._client() as client:
            if self._meanwhile is not None:
                self._meanwhile |= changes
            if not _exists(client, self._index):
                # Adding would create it, without settings and with nothing else in it.
                if self._meanwhile is not None:
                    return
                raise EngineUnavailable("The search index waits for its first build.")
            self._send(client, self._index, changes, CHANGE_SECONDS)

    def begin(self) -> str:
        """An empty index beside the live one; from here on changes are remembered for it."""
        beside = f"{self._index}-{uuid4().hex[:12]}"
        with self._writing, self._client() as client:
            _wait(client, client.create_index(beside, {"primaryKey": "id"}), CHANGE_SECONDS)
            self._apply_settings(client, beside)
            self._meanwhile = {}
            self._accepted.clear()
        return beside

    def add(self, beside: str, batch: Iterable[Document]) -> None:
        """Accepted on return; the server works on a few batches together, and never has more waiting."""
        with self._client() as client:
            if records := [record(document) for document in batch]:
                self._accepted.append(client.index(beside).add_documents(records, "id"))
            if len(self._accepted) > MOST_ACCEPTED:
                _wait(client, self._accepted.popleft(), REBUILD_SECONDS)

    def swap(self, beside: str) -> None:
        """Give the live name to the index built beside, then delete the former and what crashes left."""
        with self._client() as client:
            while self._accepted:
                _wait(client, self._accepted.popleft(), REBUILD_SECONDS)
        with self._writing, self._client() as client:
            self._send(client, beside, self._meanwhile or {}, REBUILD_SECONDS)
            renaming = not _exists(client, self._index)
            task = client.swap_indexes([{"indexes": [beside, self._index], "rename": renaming}])
            _wait(client, task, REBUILD_SECONDS)
            self._meanwhile = None
        with self._client() as client:
            self._delete_others(client)

    def abandon(self, beside: str) -> None:
        with self._writing:
            self._meanwhile = None
        try:
            with self._client() as client:
                client.delete_index(beside)
        except EngineUnavailable as error:
            log.warning("The index %s was left behind: %s", beside, error)

    def _send(
        self, client: meilisearch.Client, index: str, changes: dict[str, Document | None], seconds: float
    ) -> None:
        put = [record(document) for document in changes.values() if document is not None]
        removed = [key for key, document in changes.items() if document is None]
        tasks: list[Callable[[], TaskInfo]] = []
        if put:
            tasks.append(lambda: client.index(index).add_documents(put, "id"))
        if removed:
            named = f"id IN [{', '.join(map(quoted, removed))}]"
            tasks.append(lambda: client.index(index).delete_documents(filter=named))
        for task in tasks:
            _wait(client, task(), seconds)

    def _apply_settings(self, client: meilisearch.Client, index: str) -> None:
        changed = differing(client.index(index).get_settings())
        if changed:
            log.info("Search settings applied: %s", ", ".join(changed))
            _wait(client, client.index(index).update_settings(changed), REBUILD_SECONDS)

    def _delete_others(self, client: meilisearch.Client) -> None:
        family = self._index.rsplit("-v", 1)[0] + "-v"
        for index in client.get_indexes({"limit": 1000})["results"]:
            if index.uid.startswith(family) and index.uid != self._index:
                client.delete_index(index.uid)

    @contextmanager
    def _client(self) -> Iterator[meilisearch.Client]:
        try:
            yield meilisearch.Client(self._url, self._key, timeout=REQUEST_SECONDS)
        except MeilisearchError as error:
            raise EngineUnavailable(str(error)) from error


def _wait(client: meilisearch.Client, task: TaskInfo, seconds: float) -> None:
    done = client.wait_for_task(task.task_uid, timeout_in_ms=int(seconds * 1000), interval_in_ms=POLL_MS)
    if done.status != "succeeded":
        raise EngineUnavailable(f"Meilisearch could not do {done.type}: {done.error}")


def _exists(client: meilisearch.Client, index: str) -> bool:
    try:
        client.get_index(index)
    except MeilisearchApiError as error:
        if error.code == "index_not_found":
            return False
        raise
    return True


def _check_version(client: meilisearch.Client) -> None:
    version: dict[str, Any] = client.get_version()
    major, minor = (int(part) for part in version["pkgVersion"].split(".")[:2])
    if (major, minor) < OLDEST_SERVER:
        oldest = ".".join(map(str, OLDEST_SERVER))
        raise EngineUnavailable(f"Meilisearch {version['pkgVersion']} is too old: {oldest} or later is needed.")
