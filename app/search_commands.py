"""`entraide search …`: the index looked after."""

import asyncio
import sys

import click


@click.group()
def search() -> None:
    """Look after the search index."""


@search.command()
def status() -> None:
    """Say what the index has, what it has yet to follow, and what is being built."""
    from search.following.checking import status as run

    asyncio.run(run())


@search.command()
def check() -> None:
    """Compare the index with the database and mend what differs; fails when something was mended."""
    from search.following.checking import check as run

    sys.exit(0 if asyncio.run(run()) else 1)


@search.command()
@click.option("--only-say", is_flag=True, help="Say what differs and leave it.")
def sync(only_say: bool) -> None:
    """Say which settings of Meilisearch are not those of this version, and apply them."""
    from search.meili.commands import sync as run

    run(only_say)


@search.command()
@click.option("--renew", is_flag=True, help="Make new ones and withdraw the former at once.")
@click.option("--master-key", envvar="MEILISEARCH_MASTER_KEY", help="Asked when not in the environment.")
def keys(renew: bool, master_key: str | None) -> None:
    """Make the two keys the site needs, with the server's master key, which the site itself must not have."""
    from search.meili.commands import keys as run

    # The standard output may be the site's environment file.
    run(master_key or click.prompt("Master key", hide_input=True, err=True), renew)
