"""The `entraide` command."""

import asyncio
import os
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

import click

from app.audit_commands import audit
from app.search_commands import search
from app.social_commands import social
from benefits.commands import benefits

Said = TypeVar("Said")
NOT_MIGRATED = "The database lacks tables or columns of this version: run `entraide migrate`."


class Sentences(click.Group):
    """Says in a sentence what has to be mended first."""

    def invoke(self, ctx: click.Context) -> Any:
        from asyncpg import UndefinedColumnError, UndefinedTableError

        from search.contract import EngineUnavailable

        try:
            return super().invoke(ctx)
        except (UndefinedTableError, UndefinedColumnError):
            raise click.ClickException(NOT_MIGRATED) from None
        except EngineUnavailable as away:
            raise click.ClickException(str(away)) from None


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
def entraide() -> None:
    """Entraide, the mutual-aid platform."""


@entraide.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Web processes; more than one needs MEILISEARCH_URL.")
@click.option("--jobs/--no-jobs", default=True, help="Also run the queue's jobs in this process.")
def serve(host: str, port: int, workers: int, jobs: bool) -> None:
    """Serve the site."""
    from app.serving import serve as run

    run(host, port, workers, jobs)


@entraide.command()
def worker() -> None:
    """Run the queue's jobs on this machine (needs MEILISEARCH_URL)."""
    from app.serving import work

    asyncio.run(work())


@entraide.command()
def migrate() -> None:
    """Bring the database to the shape this version needs."""
    from app.migrating import migrate as run

    asyncio.run(run())


@entraide.command()
@click.option("--again", is_flag=True, help="Empty the demo's database first.")
@click.option("--port", default=8000, show_default=True)
@click.option("--members", default=0, help="Add generated members, up to so many (default: one for 20 ads).")
@click.option("--ads", default=0, help="Add generated ads, up to so many.")
def demo(again: bool, port: int, members: int, ads: int) -> None:
    """Load the demo community (once) and serve it."""
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    from app.demo import show

    show(again, port, members, ads)


@entraide.command()
def reindex() -> None:
    """Build the search index again, beside the present one, then swap."""
    from search.following.rebuilding import reindex as run

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        raise click.ClickException(
            "No longer watched. A site that runs goes on with it; else the next one to start does."
        ) from None


@entraide.command()
def doctor() -> None:
    """Say what is wrong and how to mend it."""
    from app.doctor import examine

    sys.exit(0 if asyncio.run(examine()) else 1)


@entraide.command("create-admin")
@click.argument("email")
@click.option("--first-name", help="Asked when missing, like the next ones, unless the member exists.")
@click.option("--commune")
@click.option("--password", help="Better typed when asked: a command line is kept by the shell.")
def create_admin(email: str, first_name: str | None, commune: str | None, password: str | None) -> None:
    """Create the first administrator, or make a member one."""
    from members.administrators import create, promote

    if promoted := _run(promote(email)):
        click.echo(promoted)
        return
    first_name = first_name or click.prompt("Prénom")
    commune = commune or click.prompt("Commune (code postal ou nom)")
    password = password or click.prompt("Mot de passe", hide_input=True, confirmation_prompt="Encore une fois")
    click.echo(_run(create(email, first_name, commune, password)))


def _run(work: Coroutine[Any, Any, Said]) -> Said:
    """Runs it with a connection pool; a refusal is one clear line, not a trace."""
    from app.database import connection_pool
    from app.refusals import Refused

    async def connected() -> Said:
        async with connection_pool():
            return await work

    try:
        return asyncio.run(connected())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None


entraide.add_command(audit)
entraide.add_command(search)
entraide.add_command(social)
entraide.add_command(benefits)

if __name__ == "__main__":
    entraide()
