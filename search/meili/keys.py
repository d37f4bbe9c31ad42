"""The two keys the site works with, made once with the master key, which the site itself never has."""

from typing import NamedTuple

from meilisearch.models.key import Key

from search.meili.server import Client, Server, refuse_what_is_too_old
from search.meili.settings import INDEX


class Scope(NamedTuple):
    """What a key is for. It reaches the indexes of this site and no other, whatever their version."""

    name: str
    description: str
    actions: tuple[str, ...]

    @property
    def indexes(self) -> list[str]:
        return [f"{INDEX}-*"]

    def fits(self, key: Key) -> bool:
        return sorted(key.actions) == sorted(self.actions) and key.indexes == self.indexes and not key.expires_at


INDEXING = Scope(
    "entraide indexing",
    "MEILISEARCH_KEY: keeps the index, and searches.",
    (
        "documents.add",
        "documents.delete",
        "documents.get",
        "indexes.create",
        "indexes.delete",
        "indexes.get",
        "indexes.swap",
        "search",
        "settings.get",
        "settings.update",
        "tasks.get",
    ),
)
SEARCHING = Scope("entraide searching", "MEILISEARCH_SEARCH_KEY: searches, and nothing else.", ("search",))


class Keys(NamedTuple):
    indexing: str
    searching: str


def made(url: str, master_key: str, renew: bool = False) -> Keys:
    """The keys as they are, or made where there is none that fits; new ones, the former withdrawn, to `renew`.

    Raises `EngineUnavailable` when the server is away, too old or refuses the master key.
    """
    with Server(url, master_key).client() as client:
        refuse_what_is_too_old(client)
        had = list(client.get_keys({"limit": 1000}).results)
        return Keys(*(_made(client, scope, [key for key in had if key.name == scope.name], renew)
                      for scope in (INDEXING, SEARCHING)))  # fmt: skip


def _made(client: Client, scope: Scope, had: list[Key], renew: bool) -> str:
    kept = None if renew else next((key for key in had if scope.fits(key)), None)
    new = kept or client.create_key(
        {
            "name": scope.name,
            "description": scope.description,
            "actions": list(scope.actions),
            "indexes": scope.indexes,
            "expiresAt": None,
        }
    )
    for former in had:
        if former.key != new.key:
            client.delete_key(former.uid)
    return new.key
