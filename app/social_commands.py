"""`entraide social …`: the keys of the conversations with the social service."""

import asyncio
import sys

import click


@click.group()
def social() -> None:
    """The conversations with the social service."""


@social.command()
def rotate() -> None:
    """Seal everything again with the first key of SOCIAL_KEYS, so that the others may be taken away."""
    from app.database import connection_pool
    from contacts.social.rotating import Rotated
    from contacts.social.rotating import rotate as run

    async def work() -> Rotated:
        async with connection_pool():
            return await run()

    done = asyncio.run(work())
    click.echo(f"{done.resealed} sealed again, {done.already} already sealed with the first key.")
    if done.unreadable:
        click.echo(f"{len(done.unreadable)} opened by no key: put back the key they were sealed with.", err=True)
        for name in done.unreadable[:20]:
            click.echo(f"  {name}", err=True)
        sys.exit(1)
    click.echo("SOCIAL_KEYS may now hold the first key alone.")


@social.command()
def key() -> None:
    """Draw a new key, to be put first in SOCIAL_KEYS."""
    from cryptography.fernet import Fernet

    click.echo(Fernet.generate_key().decode())
