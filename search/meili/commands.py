"""`entraide search sync` and `entraide search keys`."""

import asyncio

import click

from app.settings import settings
from search.contract import EngineUnavailable
from search.meili import keys as scoped
from search.meili import syncing
from search.meili.server import Server
from search.meili.settings import INDEX, VERSION

NO_SERVER = "There is no Meilisearch to speak to: set MEILISEARCH_URL to its address, http://127.0.0.1:7700."
NOT_BUILT = "There is no index of this version yet. Its first build, by the site or `entraide reindex`, takes them."
SAME = "The settings are those of this version."


def sync(only_say: bool) -> None:
    """The administrators' words are settings too: they are read first."""
    server, index = Server(_address(), settings().meilisearch_key), f"{INDEX}-v{VERSION}"
    asyncio.run(_read_words())
    try:
        found = syncing.differences(server, index)
        for line in (line for change in found or [] for line in syncing.in_words(change)):
            click.secho(line, fg="red" if line.startswith("-") else "green")
        if found and not only_say:
            syncing.apply(server, index)
            click.echo(f"{len(found)} applied.")
    except EngineUnavailable as away:
        raise click.ClickException(str(away)) from None
    if not found:
        click.echo(NOT_BUILT if found is None else SAME)


def keys(master_key: str, renew: bool) -> None:
    """Two lines for the site's environment, and nothing else, on the standard output."""
    try:
        made = scoped.made(_address(), master_key, renew)
    except EngineUnavailable as away:
        raise click.ClickException(str(away)) from None
    click.echo(f"MEILISEARCH_KEY={made.indexing}")
    click.echo(f"MEILISEARCH_SEARCH_KEY={made.searching}")


def _address() -> str:
    if not settings().meilisearch_url:
        raise click.ClickException(NO_SERVER)
    return settings().meilisearch_url


async def _read_words() -> None:
    from app.database import connection_pool
    from search.vocabulary.following import read_again

    async with connection_pool():
        await read_again()
