"""How many queries something asks of the database: plain SQL and the ORM's, sign-in included."""

from app import database
from app.piccolo_conf import DB


class Asked:
    """`with Asked() as asked: …; asked.queries`"""

    queries = 0

    def __enter__(self) -> "Asked":
        self._before = self._now()
        return self

    def __exit__(self, *_: object) -> None:
        self.queries = self._now() - self._before

    @staticmethod
    def _now() -> int:
        return database.asked + DB.query_id
