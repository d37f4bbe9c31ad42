"""The folder of the embedded index: one subfolder a build, and a file that says which is live.

A build becomes live by one atomic rename, so a crash at any moment leaves either the old or the new.
Only one process may hold the folder: a second one would sweep away what the first one writes.
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from uuid import uuid4

from search.contract import HeldElsewhere
from search.embedded.schema import VERSION

LIVE = "live"
HELD = "held"


class Folder:
    """Where builds are kept; with no path, in memory only (`subfolder` is then None)."""

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        self.path = Path(path) if path is not None else None
        self._held: int | None = None

    def hold(self) -> None:
        """Take the folder for this process; the system gives it back even after a kill -9."""
        if self.path is None or self._held is not None:
            return
        self.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path / HELD, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise HeldElsewhere(f"Another process holds the search index in {self.path}.") from error
        self._held = handle

    def release(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def live(self) -> Path | None:
        """The live build of this version of the code, if there is one."""
        if self.path is None:
            return None
        try:
            name = (self.path / LIVE).read_text("ascii").strip()
        except (OSError, ValueError):
            return None
        build = self.path / name
        return build if name.startswith(f"{VERSION}-") and build.is_dir() else None

    def begin(self) -> Path | None:
        """A new empty build."""
        if self.path is None:
            return None
        build = self.path / f"{VERSION}-{uuid4().hex}"
        build.mkdir(parents=True)
        return build

    def make_live(self, build: Path | None) -> None:
        if self.path is None or build is None:
            return
        with tempfile.NamedTemporaryFile("w", dir=self.path, delete=False, encoding="ascii") as pointer:
            pointer.write(build.name)
            pointer.flush()
            os.fsync(pointer.fileno())
        os.replace(pointer.name, self.path / LIVE)
        _sync(self.path)

    def sweep(self, keep: Path | None) -> None:
        """Remove every build but this one: the former, and those a crash left unfinished."""
        if self.path is None or not self.path.is_dir():
            return
        for entry in self.path.iterdir():
            if entry.is_dir() and entry != keep:
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name.startswith("tmp"):
                entry.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
