"""The queue: procrastinate in the same PostgreSQL. A job is deferred in the transaction of the change it follows."""

import json
from datetime import timedelta
from typing import Any

import procrastinate
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from app import database
from app.postgres import database_url

queue = procrastinate.App(
    connector=procrastinate.PsycopgConnector(conninfo=database_url(), min_size=1, max_size=6),
    import_paths=[
        "app.schedule",
        "answers.jobs",
        "answers.rota.jobs",
        "exchanges.hospitality.jobs",
        "exchanges.matching.jobs",
        "exchanges.swaps.jobs",
        "members.jobs",
        "moderation.notices.jobs",
        "listings.jobs",
        "moderation.sanctions.jobs",
        "notifications.jobs",
        "search.jobs",
        "search.saved.jobs",
        "search.vocabulary.jobs",
    ],
)

MOST_ATTEMPTS = 300  # at most five minutes apart: a day, and soon again once the other side is back


class Patient(procrastinate.BaseRetryStrategy):
    """A mail server or a search engine may be away for hours, and jobs of the same lock wait behind this one."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> procrastinate.RetryDecision | None:
        if job.attempts >= MOST_ATTEMPTS:
            return None
        return procrastinate.RetryDecision(retry_in={"seconds": min(3 ** min(job.attempts, 6), 300)})


RETRY = Patient()


async def defer(
    task: Task[Any, Any, Any], *, lock: str | None = None, after: timedelta | None = None, **args: Any
) -> None:
    """Adds the job to the current transaction: it exists exactly when the change does. It starts `after` a while.

    Jobs of one `lock` run one after the other, in the order they were deferred.
    """
    await database.value(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW($1, $2, 0, $3, NULL, $4::text::jsonb,"
        " clock_timestamp() + $5::interval)"
        "::procrastinate_job_to_defer_v1])",
        task.queue,
        task.name,
        lock,
        json.dumps({name: value if isinstance(value, int) else str(value) for name, value in args.items()}),
        after,
    )
