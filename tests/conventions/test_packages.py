"""Lock files carry hashes and no address."""

import json
import re

import pytest

from tests.helpers.source import PROJECT

LOCKS = sorted((PROJECT / "requirements").glob("*.txt"))
NPM_LOCKS = [PROJECT / "package-lock.json", PROJECT / "places" / "build" / "package-lock.json"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda file: file.name)
async def test_every_python_package_is_pinned_with_a_hash_and_no_address(lock):
    text = lock.read_text().replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert packages
    assert not [line[:60] for line in packages if "==" not in line or "--hash=sha256:" not in line]
    assert not re.findall(r"https?://|--index|--find-links|git\+|file:", text)


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda file: str(file.parent.name))
async def test_every_npm_package_has_its_integrity_and_no_address(lock):
    text = lock.read_text()
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert packages
    assert not [name for name, one in packages.items() if not one.get("integrity", "").startswith("sha512-")]
    assert not re.findall(r"https?://", text)


async def test_every_package_imported_is_declared():
    import ast
    import sys
    import tomllib

    from tests.helpers.source import DOMAINS, files

    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[>=<; ]", one)[0].lower().replace("-", "_") for one in declared}
    other_name = {"argon2": "argon2_cffi", "PIL": "pillow", "dateutil": "python_dateutil", "markupsafe": "jinja2"}
    other_name |= {"phonenumbers": "phonenumberslite", "stdnum": "python_stdnum", "markdown_it": "markdown_it_py"}
    imported = set()
    for file in files(*DOMAINS, ending=(".py",)):
        if "build" in file.parts:  # the data's own script has its own lock file
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                imported |= {one.name.split(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    ours = {name for name in imported if (PROJECT / name).is_dir()}
    foreign = imported - ours - set(sys.stdlib_module_names)
    assert not {name for name in foreign if other_name.get(name, name).lower() not in names}
