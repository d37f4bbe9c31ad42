from email import message_from_bytes, policy

import pytest

from app.settings import settings
from tests.helpers.notices import TYPED


@pytest.fixture
def mails():
    """What was written to Odile since, as subjects and texts."""
    before = set(settings().mail_dir.glob("*.eml"))

    def since() -> list[tuple[str, str]]:
        files = sorted(set(settings().mail_dir.glob("*.eml")) - before, key=lambda file: file.stat().st_mtime_ns)
        read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [(mail["subject"], mail.get_content()) for mail in read if mail["to"] == TYPED["email"]]

    return since
