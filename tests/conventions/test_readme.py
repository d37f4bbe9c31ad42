"""What the README must say: every setting, every command, every folder."""

import re
import tomllib

import click

from app.commands import entraide
from app.settings import Settings
from tests.helpers.source import DOMAINS, PROJECT

README = PROJECT / "README.md"


async def test_every_setting_is_in_the_readme():
    text = README.read_text()
    missing = [name.upper() for name in Settings.__struct_fields__ if f"`{name.upper()}`" not in text]
    assert not missing


async def test_the_readme_names_no_setting_that_is_gone():
    text = README.read_text()
    rows = re.findall(r"^\|\s*`([A-Z][A-Z_]+)`", text, re.MULTILINE)
    assert rows
    assert not set(rows) - {name.upper() for name in Settings.__struct_fields__}


async def test_every_command_is_in_the_readme_and_explains_itself():
    text = README.read_text()
    assert isinstance(entraide, click.Group)
    assert not [name for name in entraide.commands if f"entraide {name}" not in text]
    assert not [name for name, command in entraide.commands.items() if not command.help]


async def test_every_make_target_the_readme_names_exists():
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", README.read_text()))
    assert {"demo", "test"} <= named <= targets


async def test_the_readme_names_every_folder_and_the_licence():
    text = README.read_text()
    assert not [folder for folder in DOMAINS if f"{folder}/" not in text]
    licence = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["license"]
    assert licence == "AGPL-3.0-or-later" and "AGPL-3.0-or-later" in text
