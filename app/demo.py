"""`entraide demo`: a site to try, with people, ads and conversations, on this machine only."""

import asyncio
import contextlib
import io
import shutil

import click

from app import database
from app.database import connection_pool, transaction
from app.demo_community.cast import CAST, PASSWORD, address, settle
from app.demo_community.exchanging import exchange_homes
from app.demo_community.helping import help_each_other
from app.demo_community.informing import ask_the_social_service, count_uses, list_contacts, offer_locally
from app.demo_community.moderating import moderate
from app.demo_community.searching import keep_searches, search_in_vain
from app.demo_community.talking import talk
from app.demo_community.writing import write_ads
from app.demo_crowd.loading import gather
from app.migrating import migrate
from app.settings import settings
from listings.life.reminding import remind_authors
from members.codes import shown
from members.tables import RoleKind
from search.engine import configured
from search.following.indexing import work_through

OTHERS = (
    "This database has members who are not the demo's. Unset DATABASE_URL, or set STATE_DIR to another folder, and try"
    " again: the demo wants a database of its own."
)


def show(again: bool, port: int, members: int = 0, ads: int = 0) -> None:
    """Loads the demo community if it is not there, and a crowd of so many `members` and `ads` around it, then serves it
    until interrupted.

    With `again` the demo's database and files are emptied first. Raises click.ClickException, touching nothing, when
    the database holds members of a real site.
    """
    from app.serving import serve

    code = asyncio.run(prepare(again, members, ads))
    click.echo(_welcome(port, code))
    serve("127.0.0.1", port, workers=1, jobs=True)


async def prepare(again: bool = False, members: int = 0, ads: int = 0) -> str:
    """The demo's database, ready; answers a code to join with."""
    await _migrate_quietly()
    async with connection_pool():
        await _refuse_a_real_site()
        if again:
            await _empty()
    if again:
        await _migrate_quietly()
    async with connection_pool():
        is_new = await load()
        await _say_if_older()
        if await gather(members, ads) or is_new:
            await _index()
        return shown(await database.value("SELECT code FROM joining_code WHERE revoked_at IS NULL ORDER BY id LIMIT 1"))


async def load() -> bool:
    """The whole community or nothing, once; whether it was loaded now."""
    async with transaction():
        await database.execute("LOCK TABLE body IN SHARE ROW EXCLUSIVE MODE")  # two demos started at once
        if await _is_there():
            return False
        click.echo("Préparation de la communauté de démonstration…")
        cast = await settle()
        await keep_searches(cast)
        ads = await write_ads(cast)
        await talk(cast, ads)
        await help_each_other(cast, ads)
        await exchange_homes(cast)
        await list_contacts(cast)
        await offer_locally(cast)
        await ask_the_social_service(cast)
        await count_uses()
        await moderate(cast, ads)
        await search_in_vain(cast)
        await remind_authors()  # the letter of an ad that ends soon is there to read at once
    return True


async def _is_there() -> bool:
    return bool(await database.value("SELECT 1 FROM member WHERE email = $1", address("anne")))


async def _say_if_older() -> None:
    """When somebody of the cast is not in it: an earlier version loaded it, or they left."""
    there = await database.value("SELECT count(*) FROM member WHERE email = ANY($1)", [address(name) for name in CAST])
    if there < len(CAST):
        click.echo("Il manque des comptes à cette communauté : « entraide demo --again » en charge une nouvelle.")


async def _refuse_a_real_site() -> None:
    if await database.value("SELECT 1 FROM member LIMIT 1") and not await _is_there():
        raise click.ClickException(OTHERS)


async def _empty() -> None:
    await database.script("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    for folder in (settings().photo_dir, settings().mail_dir, settings().index_dir):
        shutil.rmtree(folder, ignore_errors=True)


async def _migrate_quietly() -> None:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            await migrate()
    except BaseException:
        click.echo(said.getvalue(), err=True)
        raise


async def _index() -> None:
    """So that the first search already finds; later changes are followed as they come."""
    engine = configured()
    await engine.prepare()
    try:
        await work_through(engine)
    finally:
        await engine.close()


ROLES = {
    RoleKind.moderator: "modère les annonces",
    RoleKind.administrator: "administre le site",
    RoleKind.correspondent: "propose les offres locales du Finistère",
    RoleKind.social_worker: "répond au service social du Finistère",
}


def _welcome(port: int, code: str) -> str:
    accounts = "\n".join(
        f"    {address(name):<24} {_who(name)}"
        for name in ("anne", "emilie", "wanda", "victor", "chloe", "farid", "denis")
    )
    others = ", ".join(address(name) for name in ("bilal", "gaelle", "karim"))
    return f"""
  Entraide est à l’adresse http://127.0.0.1:{port}

  Comptes, tous avec le mot de passe « {PASSWORD} » :
{accounts}
    et aussi {others}

  Pour essayer l’inscription : code {code}, l’e-mail de confirmation se lit sur /courriels.
  Ctrl+C pour arrêter.
"""


def _who(name: str) -> str:
    person = CAST[name]
    if person.role:
        return ROLES[person.role]
    return "membre" if person.is_trusted else "nouvelle membre, ses annonces sont relues"
