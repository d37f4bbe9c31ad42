from tests.helpers.world import world  # noqa: F401
