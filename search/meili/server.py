"""The server, through Meilisearch's own client. Everything here blocks.

The client changes its own headers at each call, so each use takes one of its own. A write is only a task when the call
returns: what must be done is waited for.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import meilisearch
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.task import TaskInfo

from search.contract import EngineUnavailable, NotTaken
from search.meili.settings import INDEX, OLDEST_SERVER

Client = meilisearch.Client

REQUEST_SECONDS = 10
FIRST_LOOK, LONGEST_LOOK = 0.01, 0.5  # seconds between two looks at a task
SETTLING_SECONDS = 1.0
# What is wrong is in the documents themselves, or in how many they are.
NEVER_TAKEN = (
    "invalid_document_id",
    "malformed_payload",
    "max_fields_limit_exceeded",
    "missing_document_id",
    "payload_too_large",
)


class Refused(EngineUnavailable):
    """The server answered, and said no."""


class TooOld(EngineUnavailable):
    """The server knows too little."""


class NoIndex(EngineUnavailable):
    """The live index has yet to be built."""


class Server:
    """`settling_seconds` is how long a request that got no answer may still take to reach the server's queue."""

    def __init__(self, url: str, key: str | None, settling_seconds: float = SETTLING_SECONDS) -> None:
        self._url, self._key, self._settling = url, key, settling_seconds
        self._is_shaken = False

    @contextmanager
    def client(self) -> Iterator[Client]:
        """Raises `EngineUnavailable` for whatever goes wrong with the server."""
        try:
            client = Client(self._url, self._key, timeout=REQUEST_SECONDS)
            self._settle(client)
            yield client
        except MeilisearchApiError as refusal:
            said = f"Meilisearch: {refusal.code or refusal.status_code}: {refusal.message}"
            raise NotTaken(said) if refusal.code in NEVER_TAKEN else Refused(said) from refusal
        except (MeilisearchError, OSError, ValueError) as error:
            self._is_shaken = True
            raise EngineUnavailable(f"Meilisearch at {self._url} does not answer ({type(error).__name__})") from error

    def _settle(self, client: Client) -> None:
        """A write that got no answer may be taken late: a newer state must not reach the queue before it."""
        if self._is_shaken:
            client.health()
            time.sleep(self._settling)
            self._is_shaken = False


def wait(client: Client, task: TaskInfo, seconds: float) -> None:
    """Until it is done. Raises `EngineUnavailable` when it fails or is not done in time."""
    late, pause = time.monotonic() + seconds, FIRST_LOOK
    while True:
        done = client.get_task(task.task_uid)
        if done.status == "succeeded":
            return
        if done.status in ("failed", "canceled"):
            said = f"Meilisearch could not do {done.type}: {done.error}"
            raise NotTaken(said) if (done.error or {}).get("code") in NEVER_TAKEN else Refused(said)
        if time.monotonic() > late:
            raise EngineUnavailable(f"Meilisearch has not done {done.type} in {seconds:.0f} s")
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_LOOK)


def how_many_tasks(client: Client, index: str, **conditions: Any) -> int:
    """Of this index, under these conditions of the tasks' list."""
    return int(client.get_tasks({"indexUids": [index], "limit": 1, **conditions}).total)


def exists(client: Client, index: str) -> bool:
    return birth(client, index) is not None


def birth(client: Client, index: str) -> datetime | None:
    """When the index that now bears this name was made, which goes with it in a swap; None where there is none."""
    try:
        return client.get_index(index).created_at
    except MeilisearchApiError as error:
        if error.code == "index_not_found":
            return None
        raise


def version_of(client: Client) -> str:
    """Empty when the key may not know: since 1.50 one limited to some indexes is never told."""
    try:
        return str(client.get_version()["pkgVersion"])
    except MeilisearchApiError as refusal:
        if refusal.code == "invalid_api_key":
            return ""
        raise


def refuse_what_is_too_old(client: Client) -> None:
    """Raises `TooOld`.

    Swapping an index with itself changes nothing, as any server says that takes the question; to one that is too old
    `rename` is an unknown field. A key limited to some indexes may ask that, where it is told no version.
    """
    try:
        client.swap_indexes([{"indexes": [f"{INDEX}-itself"] * 2, "rename": True}])
    except MeilisearchApiError as refusal:
        if refusal.code == "bad_request":
            raise TooOld(f"This Meilisearch is too old: {OLDEST_SERVER} or later is needed.") from refusal


def names(indexes: Mapping[str, Any]) -> list[str]:
    return [index.uid for index in indexes["results"]]
