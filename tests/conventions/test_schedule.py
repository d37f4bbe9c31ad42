"""What runs at its hour may run again, at any time, and on any state of things."""

import app.schedule  # noqa: F401 - its tasks register themselves
from app import database
from app.jobs import queue
from tests.helpers.jobs import run_jobs
from tests.helpers.source import DOMAINS
from tests.helpers.world import World


async def test_every_periodic_job_runs_twice_on_a_populated_world(world: World):
    periodic = {task.task.name: task.task for task in queue.periodic_registry.periodic_tasks.values()}
    assert periodic
    queue.perform_import_paths()
    async with queue.open_async():
        for task in periodic.values():
            await task.func(timestamp=0)
            after_once = await _counts()
            await task.func(timestamp=0)
            assert await _counts() == after_once, task.name
    await run_jobs()


async def test_every_job_has_a_name_of_its_domain_and_tries_again():
    queue.perform_import_paths()
    periodic = {task.task.name for task in queue.periodic_registry.periodic_tasks.values()}
    for name, task in queue.tasks.items():
        if name.startswith(("builtin", "procrastinate.")):
            continue
        assert name.split(".")[0] in DOMAINS
        assert name in periodic or task.retry_strategy, f"{name} is lost when it fails once"


async def _counts() -> dict[str, int]:
    tables = await database.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'procrastinate%'"
    )
    return {row["tablename"]: await database.value(f"SELECT count(*) FROM {row['tablename']}") for row in tables}
