"""Who answers for the social service: members with that role, where they act, and what their contact says they know."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from app import database
from app.french import listed
from places.departments import department


class Worker(NamedTuple):
    """`departments` and `topics` are where and of what, none of them for all."""

    id: UUID
    first_name: str
    departments: frozenset[str]
    topics: frozenset[str]

    def covers(self, code: str) -> bool:
        return not self.departments or code in self.departments

    def knows(self, topic: str) -> bool:
        return not self.topics or topic in self.topics


async def workers() -> list[Worker]:
    """In the order of their ids, as those who are notified together must be. Who is suspended answers nobody."""
    found = await database.rows(
        """
        SELECT m.id, m.first_name, r.departments, coalesce(bool_or(cardinality(c.topics) = 0), TRUE) AS knows_all,
            array_remove(array_agg(DISTINCT t.topic), NULL) AS topics
        FROM role r JOIN member m ON m.id = r.member
        LEFT JOIN contact c ON c.member = m.id AND c.kind = 'social_worker'
        LEFT JOIN LATERAL unnest(c.topics) AS t(topic) ON TRUE
        WHERE r.kind = 'social_worker' AND (m.suspended_until IS NULL OR m.suspended_until <= now())
        GROUP BY m.id, m.first_name, r.departments ORDER BY m.id
        """
    )
    return [
        Worker(
            row["id"],
            row["first_name"],
            frozenset(row["departments"]),
            frozenset() if row["knows_all"] else frozenset(row["topics"]),
        )
        for row in found
    ]


def who_answers(all_of_them: Iterable[Worker], code: str, topic: str) -> list[Worker]:
    """Of those of the department, the ones who know the topic; all of them when none does: nobody is left waiting."""
    there = [worker for worker in all_of_them if worker.covers(code)]
    return [worker for worker in there if worker.knows(topic)] or there


def department_name(code: str) -> str:
    found = department(code)
    return found.name if found else code


def territory_in_words(worker: Worker) -> str:
    """`Finistère et Morbihan`, or everywhere."""
    return listed([department_name(code) for code in sorted(worker.departments)]) or "Tous les départements"
