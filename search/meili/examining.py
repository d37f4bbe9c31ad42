"""What `entraide doctor` asks of the server, changing nothing there."""

from collections.abc import Callable
from typing import NamedTuple

from meilisearch.errors import MeilisearchApiError

from search.contract import EngineUnavailable
from search.meili.server import Client, Refused, Server, TooOld, exists, refuse_what_is_too_old, version_of
from search.meili.settings import INDEX, VERSION, differing

LIVE = f"{INDEX}-v{VERSION}"

START = "Start Meilisearch and check MEILISEARCH_URL."
UPDATE = "Install a later one, over an empty folder: the site builds its index again."
OPEN = "Anybody who reaches it may do anything: start it with --master-key, then run `entraide search keys`."
TOO_MIGHTY = "Give the site a key of its own: run `entraide search keys` with the master key, and set what it prints."
NEW_KEYS = "Check it, or make new keys: `entraide search keys --renew`."
REINDEX = "Run `entraide reindex`; `entraide serve` also builds it."
SYNC = "Run `entraide search sync`."


class Seen(NamedTuple):
    """`version` is empty where the key may not know; `wrong` and `mend` are empty when all is well."""

    version: str = ""
    wrong: str = ""
    mend: str = ""


def examine(url: str, key: str, search_key: str) -> Seen:
    """Blocks. `key` may be empty in a process that only searches, `search_key` where one key does both."""
    try:
        with Server(url, key or search_key).client() as client:
            return _examined(client, url, key, search_key)
    except Refused as refusal:
        return Seen(wrong=str(refusal), mend=NEW_KEYS)
    except TooOld as old:
        return Seen(wrong=str(old), mend=UPDATE)
    except EngineUnavailable as away:
        return Seen(wrong=str(away), mend=START)


def _examined(client: Client, url: str, key: str, search_key: str) -> Seen:
    refuse_what_is_too_old(client)
    version = version_of(client)
    for variable, given in (("MEILISEARCH_KEY", key), ("MEILISEARCH_SEARCH_KEY", search_key)):
        refused_by = _managing_keys(Server(url, given))
        if refused_by == "missing_master_key":
            return Seen(version, "the server runs without a master key", OPEN)
        if given and not refused_by:
            return Seen(version, f"{variable} is a master or administration key", TOO_MIGHTY)
    if key and (lacks := lacking(client)):
        return Seen(version, f"MEILISEARCH_KEY may not {lacks}", NEW_KEYS)
    return _index(client, version, bool(key), Server(url, search_key or key))


def _managing_keys(server: Server) -> str:
    with server.client() as client:
        return _why_not(lambda: client.get_keys({"limit": 1}))


def _index(client: Client, version: str, may_look: bool, searching: Server) -> Seen:
    with searching.client() as asking:
        refused_by = _why_not(lambda: asking.multi_search([{"indexUid": LIVE, "limit": 0}]))
    if refused_by == "index_not_found":
        return Seen(version, "no usable index", REINDEX)
    if refused_by:
        return Seen(version, f"MEILISEARCH_SEARCH_KEY may not search ({refused_by})", NEW_KEYS)
    if may_look and (differs := differing(client.index(LIVE).get_settings())):
        return Seen(version, f"settings of another version: {', '.join(differs)}", SYNC)
    return Seen(version)


def lacking(client: Client) -> str:
    """The first of the things the site does that this key may not do, of those that can be tried without doing."""
    asked: dict[str, Callable[[], object]] = {
        "search": lambda: client.multi_search([{"indexUid": LIVE, "limit": 0}]),
        "indexes.get": lambda: exists(client, LIVE),
        "settings.get": lambda: client.index(LIVE).get_settings(),
        "documents.get": lambda: client.index(LIVE).get_documents({"limit": 0}),
        "tasks.get": lambda: client.get_tasks({"limit": 1}),
    }
    return next((action for action, ask in asked.items() if _why_not(ask) == "invalid_api_key"), "")


def _why_not(ask: Callable[[], object]) -> str:
    """The code of the server's refusal; empty when it answered."""
    try:
        ask()
    except MeilisearchApiError as refusal:
        return refusal.code or str(refusal.status_code)
    return ""
