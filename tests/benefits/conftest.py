from tests.helpers.catalogue import catalogue  # noqa: F401
