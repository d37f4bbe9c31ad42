"""The words of an e-mail: a plain-text template whose first line is the subject."""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.settings import PROJECT, settings


def mail_text(name: str, **context: Any) -> tuple[str, str]:
    """Subject and text of `templates/mail/<name>.txt`; `site` is the site's address."""
    whole = _mails().get_template(f"{name}.txt").render(site=settings().site_url, **context)
    subject, _, text = whole.partition("\n")
    return subject.strip(), text.strip() + "\n"


@lru_cache(maxsize=1)
def _mails() -> Environment:
    return Environment(
        loader=FileSystemLoader(PROJECT / "templates" / "mail"),
        autoescape=False,  # noqa: S701 - plain text, nothing here is HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
