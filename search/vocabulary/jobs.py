from app.jobs import RETRY, queue


@queue.task(name="search.apply_words", retry=RETRY)
async def apply_words() -> None:
    """Brings the words in force to the engine's own settings; waits and tries again while the engine is away."""
    from search.engine import engine, prepare

    await prepare(engine())
