"""What can be set from outside, by environment variables. Every name here stands in the README."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

PROJECT = Path(__file__).resolve().parent.parent


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Values read once, at first use.

    `argon2_memory_kib` is in KiB, `argon2_at_once` is how many hashes may run at the same time in one process,
    `trust_after` is how many approved publications make a member trusted, `searches_per_hour` how many pages of results
    a member may read in an hour, `social_keys` are the Fernet keys of the conversations with the social
    service, separated by commas: the first one seals, all of them open.
    """

    database_url: str = ""
    state_dir: Path = PROJECT / "var"
    site_url: str = "http://127.0.0.1:8000"
    secret: str = ""
    smtp_url: str = ""
    mail_from: str = "Entraide <ne-pas-repondre@entraide.example>"
    meilisearch_url: str = ""
    meilisearch_key: str = ""
    meilisearch_search_key: str = ""
    trusted_proxies: int = 0
    argon2_time_cost: int = 2
    argon2_memory_kib: int = 19_456
    argon2_at_once: int = 1
    trust_after: int = 3
    searches_per_hour: int = 300
    social_keys: str = ""
    openfisca_url: str = ""
    demo: bool = False

    @property
    def is_https(self) -> bool:
        return self.site_url.startswith("https://")

    @property
    def social_key_file(self) -> Path:
        return self.state_dir / "social.key"

    @property
    def mail_dir(self) -> Path:
        return self.state_dir / "mail"

    @property
    def photo_dir(self) -> Path:
        return self.state_dir / "photos"

    @property
    def index_dir(self) -> Path:
        return self.state_dir / "index"


PARIS = ZoneInfo("Europe/Paris")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Raises `msgspec.ValidationError` naming the variable that cannot be read."""
    given = {field: os.environ[field.upper()] for field in Settings.__struct_fields__ if os.environ.get(field.upper())}
    read = msgspec.convert(given, Settings, strict=False, dec_hook=_path)
    read.state_dir.mkdir(parents=True, exist_ok=True)
    return read if read.secret else msgspec.structs.replace(read, secret=_kept_secret(read.state_dir))


def _path(wanted: type, value: str) -> Path:
    if wanted is Path:
        return Path(value).expanduser().resolve()
    raise TypeError(wanted)


def _kept_secret(folder: Path) -> str:
    """A secret of this installation's own, so that a single machine needs no configuration at all."""
    return kept_once(folder / "secret", lambda: secrets.token_hex(32))


def kept_once(file: Path, drawn: Callable[[], str]) -> str:
    """What the file holds; drawn and written the first time, readable by its owner alone."""
    if not file.exists():
        with tempfile.NamedTemporaryFile("w", dir=file.parent) as new:  # made readable by its owner alone
            new.write(drawn())
            new.flush()
            with contextlib.suppress(FileExistsError):
                os.link(new.name, file)  # whole or not at all: another process may read it this very moment
    return file.read_text().strip()
