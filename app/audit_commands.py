"""`entraide audit …`: prove the log, copy it elsewhere, hold the site back from rewriting it."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any, TextIO, TypeVar

import click

Read = TypeVar("Read")


def _connected(work: Callable[[], Awaitable[Read]]) -> Read:
    """Runs it with a connection pool; a refusal is one clear line."""
    from app.database import connection_pool
    from app.refusals import Refused

    async def run() -> Read:
        async with connection_pool():
            return await work()

    try:
        return asyncio.run(run())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None


@click.group()
def audit() -> None:
    """The log of who did what."""


@audit.command()
@click.option("--expect", metavar="POSITION:DIGEST", help="A head printed earlier and kept elsewhere.")
def verify(expect: str | None) -> None:
    """Prove that nothing sealed was changed, or name the first link that does not hold (exit code 1)."""
    from moderation.audit import verifying

    async def work() -> verifying.Proof:
        return await verifying.verify(verifying.read_head(expect) if expect else None)

    proof = _connected(work)
    if proof.broken:
        click.echo(f"BROKEN at {proof.broken}", err=True)
        click.echo(f"The chain holds up to {proof.head}", err=True)
        sys.exit(1)
    click.echo(f"The chain holds: {proof.head.position} entries sealed, {proof.waiting} waiting for their seal.")
    click.echo(f"Write this down elsewhere, and give it to --expect next time:\n{proof.head}")


@audit.command()
def seal() -> None:
    """Seal what waits, now, and print the head of the chain."""
    from moderation.audit import sealing

    async def work() -> tuple[int, sealing.Head]:
        return await sealing.seal(everything=True), await sealing.head()

    many, head = _connected(work)
    click.echo(f"{many} sealed.\n{head}")


@audit.command()
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day, in Paris.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day, included.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option("--output", type=click.File("w", encoding="utf-8", lazy=True), default="-", show_default="the screen")
def export(first: datetime | None, last: datetime | None, form: str, output: TextIO) -> None:
    """Write the entries of these days with their seals, as JSON lines or CSV."""
    from moderation import audit as log
    from moderation.audit.exporting import as_csv, as_json_lines
    from moderation.audit.looking import Search

    async def work() -> None:
        search = Search(first=_day(first), last=_day(last))
        days: dict[str, Any] = {"first": str(search.first or ""), "last": str(search.last or "")}
        await log.record("audit.exported", by=None, kind="audit", subject="log", form=form, **days)
        async for line in (as_csv if form == "csv" else as_json_lines)(search):
            output.write(line)

    _connected(work)


@audit.command()
@click.argument("role")
@click.option("--execute", is_flag=True, help="Run them too, as the owner of the tables.")
def grants(role: str, execute: bool) -> None:
    """Print what lets ROLE run the site and never rewrite the log. Again after each migration."""
    from moderation.audit import granting

    statements = _connected(lambda: (granting.grant if execute else granting.grants)(role))
    for statement in statements:
        click.echo(f"{statement};")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
