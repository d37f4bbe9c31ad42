"""`entraide benefits …`: the catalogue of rights looked after."""

import asyncio
import sys

import click


@click.group()
def benefits() -> None:
    """Look after the catalogue of rights."""


@benefits.command()
@click.option("--links", is_flag=True, help="Also ask every address outside of the site whether it answers.")
def check(links: bool) -> None:
    """Say what is stale, unsourced, dead or contradictory in the catalogue; fails when something is wrong."""
    sys.exit(0 if _is_sound(links) else 1)


def _is_sound(links: bool) -> bool:
    from app.dates import today
    from benefits.catalogue.checking import BENIGN, FAULT, findings
    from benefits.catalogue.links import dead_links, outside
    from benefits.catalogue.reading import faults, guides, sheets

    if unreadable := faults():
        click.echo("\n".join(unreadable))
        return False
    found = findings(today())
    for one in found:
        click.echo(f"{FAULT[one.fault]}: {one.where} – {one.what}")
    dead = asyncio.run(dead_links()) if links else []
    if dead and len(dead) == len(outside()):
        click.echo("No address answers: is this machine allowed to reach other sites?")
        return False
    for address, wrong in dead:
        click.echo(f"{address}: {wrong}")
    click.echo(f"{len(sheets())} sheets, {len(guides())} guides, {len(found) + len(dead)} findings.")
    return not dead and all(one.fault in BENIGN for one in found)
