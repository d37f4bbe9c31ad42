"""Building the whole index again: beside the live one, then swapped."""

from collections.abc import Callable

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from search.contract import Engine
from search.documents import every_document, how_many


async def rebuild(engine: Engine, progress: Callable[[int], None] = lambda done: None) -> None:
    """`progress` is told how many documents are done. Raises `EngineUnavailable`; the live index then stays."""
    await engine.rebuild(every_document(), progress)


async def reindex() -> None:
    """The `entraide reindex` command."""
    from app.database import connection_pool
    from search.engine import configured

    engine = configured()
    async with connection_pool():
        await engine.prepare()
        total = await how_many()
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns) as bar:
            task = bar.add_task("Indexing", total=total)
            await rebuild(engine, lambda done: bar.update(task, completed=done))
        await engine.close()
