"""The shape of the code: who guards what, how long a handler is, what is left out of the files."""

import ast
import asyncio
import inspect
import re
from pathlib import Path

from app.site import CONTROLLERS
from tests.helpers.routes import routes_of
from tests.helpers.source import DOMAINS, PROJECT, files, here

FOR_EVERYONE = {
    "PublicPages",
    "Rights",
    "Directory",
    "Transparency",
    "TransparencyFiles",
    "Helplines",
    "Home",
    "HowExchangesWork",
    "Mailbox",
    "Joining",
    "Confirmation",
    "SigningIn",
    "ForgottenPassword",
    "NewPassword",
    "Suggesting",
    "EndingLinks",
    "MailStops",
    "Feeds",
    "SocialService",
    "SocialTalkPages",
    "HandlingTalks",
    "Packets",
    "Notices",
    "Simulators",
    "Questionnaire",
    "ChoosingPacket",
    "Companion",
    "WeekRooms",
    "Offers",
    "OneOffer",
}
"""Controllers without a guard of their own: what a visitor may open. Their doors are in test_authorisation.py."""
ONE_CLICK = "/lien/courriels/{token}"
"""Posted to by the mail program of who wants no more e-mails (RFC 8058), which has no form: its address is signed."""
KEEP_NOTHING = {
    "POST /droits/mes-droits",
    "POST /droits/simulateurs/{simulator_id}",
    "POST /droits/simulateurs/prime-activite-et-logement",
    "POST /service-social/paquet",
    "POST /service-social/paquet/apercu",
}
"""They compute and show: whoever sent the form, nothing is changed, sent or kept."""
LONGEST_HANDLER = 14
GUARDS = {"signed_in", "moderator", "administrator", "team", "correspondent", "social_worker"}
SITE_WIDE = "not_suspended"


async def test_every_controller_is_guarded_or_named_public():
    open_ones = {one.__name__ for one in CONTROLLERS if inspect.isclass(one) and "guards" not in vars(one)}
    assert open_ones == FOR_EVERYONE


async def test_every_route_a_visitor_may_not_pass_has_a_guard_we_know(app):
    unknown = [f"{route}: {route.guards}" for route in routes_of(app) if route.guards - GUARDS - {SITE_WIDE}]
    assert not unknown
    assert not [str(route) for route in routes_of(app) if SITE_WIDE not in route.guards]
    desk = [str(route) for route in routes_of(app) if route.path.startswith("/moderation")]
    team = {"moderator", "administrator", "team"}
    desk_unguarded = [str(r) for r in routes_of(app) if str(r) in desk and not team & set(r.guards)]
    office = [r for r in routes_of(app) if r.path.startswith("/administration")]
    assert desk and office
    assert not desk_unguarded
    assert not [str(route) for route in office if "administrator" not in route.guards]


async def test_handlers_are_short(app):
    long = []
    for route in routes_of(app):
        body = ast.parse(inspect.cleandoc(_source(route.handler.fn))).body[0]
        assert isinstance(body, ast.AsyncFunctionDef)
        lines = body.body[-1].end_lineno - body.body[0].lineno + 1
        if lines > LONGEST_HANDLER:
            long.append(f"{route}: {lines} lines")
    assert not long


def _source(handler) -> str:
    lines = inspect.getsource(handler).splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    return "\n".join(line[indent:] for line in lines)


async def test_what_posts_answers_a_form_or_see_other(app):
    """Every POST is a browser's form: nothing else changes anything."""
    assert {route.method for route in routes_of(app)} == {"GET", "POST"}
    unguarded = {
        str(route) for route in routes_of(app) if route.method == "POST" and route.handler.opt.get("exclude_from_csrf")
    }
    assert unguarded == {f"POST {ONE_CLICK}", *KEEP_NOTHING}


async def test_no_folder_of_leftovers():
    named = [
        here(file)
        for file in files(*DOMAINS, ending=(".py",))
        if re.search(r"services?|utils?|helpers?|misc", file.stem)
    ]
    assert not named


async def test_nothing_is_unfinished():
    words = r"\b(TODO|FIXME|XXX|HACK|NotImplementedError|lorem ipsum)\b"
    found = [
        f"{here(file)}: {one}"
        for file in files(*DOMAINS, "templates", "static", ending=(".py", ".html", ".css", ".js", ".txt", ".toml"))
        for one in re.findall(words, file.read_text(), re.IGNORECASE)
    ]
    assert not found


async def test_no_path_of_a_machine_in_any_file_kept():
    git = await asyncio.create_subprocess_exec("git", "ls-files", "-z", cwd=PROJECT, stdout=asyncio.subprocess.PIPE)
    kept, _ = await git.communicate()
    found = []
    for name in set(kept.decode().split("\0")) - {"", here(Path(__file__))}:
        file = PROJECT / name
        if file.is_file() and file.suffix in (
            ".py",
            ".md",
            ".toml",
            ".json",
            ".txt",
            ".html",
            ".css",
            ".js",
            ".in",
            "",
        ):
            text = file.read_text(errors="ignore")
            found += [
                f"{name}: {one}" for one in re.findall(r"(?:/root/|/home/\w+/|/Users/\w+|[A-Z]:\\\\Users)\S*", text)
            ]
            found += [f"{name}: {PROJECT}" for _ in range(str(PROJECT) in text)]
    assert not found
