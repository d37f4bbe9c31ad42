"""The site as it is served: granian in a process of its own, with the queue's jobs, on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

PROJECT = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN = 60.0  # seconds; a busy machine is patient, the site itself needs two


class SiteProcess(NamedTuple):
    """`folder` is its STATE_DIR."""

    address: str
    folder: Path
    process: "subprocess.Popen[bytes]"
    log: Path

    def mails(self) -> list[Path]:
        """Newest last."""
        return sorted((self.folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def site_process(folder: Path, *command: str, database: str, **settings: str | None) -> Iterator[SiteProcess]:
    """`python -m app <command> --port …` until the block ends; `serve` when no command is given.

    A setting that is None is left to the command's own choice.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    given = {
        **os.environ,
        "STATE_DIR": str(folder),
        "DATABASE_URL": database,
        "SITE_URL": address,
        "PYTHONWARNINGS": "default",
        **settings,
    }
    environment = {name: value for name, value in given.items() if value is not None}
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "log"
    with log.open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", *(command or ("serve",)), "--port", str(port)],
            cwd=PROJECT,
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # its workers go with it
        )
    site = SiteProcess(address, folder, process, log)
    try:
        _wait_for(site)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)


def _wait_for(site: SiteProcess) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        assert site.process.poll() is None, f"the site stopped while starting:\n{site.log.read_text()}"
        try:
            if httpx.get(site.address).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise AssertionError(f"the site does not answer:\n{site.log.read_text()}")
