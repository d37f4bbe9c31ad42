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
    from search.checking import status as run

    asyncio.run(run())


@search.command()
def check() -> None:
    """Compare the index with the database and mend what differs; fails when something was mended."""
    from search.checking import check as run

    sys.exit(0 if asyncio.run(run()) else 1)
