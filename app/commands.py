"""The `entraide` command."""

import asyncio
import os
import sys

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
def demo(again: bool) -> None:
    """Load the demo community (once) and serve it."""
    os.environ.setdefault("DEMO", "1")
    from app.demo import show

    show(again)


@entraide.command()
def reindex() -> None:
    """Build the search index again, beside the present one, then swap."""
    from search.rebuilding import reindex as run

    asyncio.run(run())


@entraide.command()
def doctor() -> None:
    """Say what is wrong and how to mend it."""
    from app.doctor import examine

    sys.exit(0 if asyncio.run(examine()) else 1)


@entraide.command("create-admin")
@click.argument("email")
@click.option("--first-name", prompt="Prénom")
@click.option("--commune", prompt="Commune (code postal ou nom)")
@click.password_option("--password", prompt="Mot de passe")
def create_admin(email: str, first_name: str, commune: str, password: str) -> None:
    """Create the first administrator, or make a member one."""
    from members.administrators import create

    click.echo(asyncio.run(create(email, first_name, commune, password)))


if __name__ == "__main__":
    entraide()
