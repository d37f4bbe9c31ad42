import pytest

from app import figures


@pytest.fixture(autouse=True)
def counted_anew(monkeypatch):
    monkeypatch.setattr(figures, "_kept", None)
