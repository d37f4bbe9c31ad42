"""Runs what waits in the queue, and what the index has yet to follow, in the test's own transaction."""

import json

from app import database
from app.jobs import queue
from search.engine import engine
from search.following.indexing import drain

MOST = 1000  # a job that defers itself again and again would never let the test end


async def waiting_jobs() -> list[tuple[str, dict[str, object]]]:
    """The names and arguments of the jobs that wait, oldest first."""
    found = await database.rows("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
    return [(job["task_name"], json.loads(job["args"])) for job in found]


async def run_jobs() -> int:
    """Runs every waiting job, also those that jobs defer, and says how many ran; then the index follows."""
    queue.perform_import_paths()
    ran = 0
    while job := await database.row(
        "DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo')"
        " RETURNING task_name, args"
    ):
        await queue.tasks[job["task_name"]].func(**json.loads(job["args"]))
        ran += 1
        assert ran < MOST, job["task_name"]
    await index_follows()
    return ran


async def index_follows() -> None:
    """What the loop of `search.following.indexing` does after a commit."""
    await drain(engine())
