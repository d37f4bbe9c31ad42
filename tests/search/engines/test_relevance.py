"""What people of the community search, among ads that share their words."""

import json
from datetime import UTC, datetime
from pathlib import Path

from search.contract import Document, Engine
from tests.search.data.distractors import distractors
from tests.search.engines.ads import found, in_batches

DATA = Path(__file__).parents[1] / "data"
AT_LEAST = 0.95
TOP = 3


def relevant_ads() -> list[Document]:
    """As old as the middle of the distractors: being new helps neither."""
    return [
        Document(
            id=one["id"],
            category=one["category"],
            kind=one["kind"],
            title=one["title"],
            body=one["body"],
            commune=one["commune"],
            department=one["dep"],
            lat=0.0,
            lon=0.0,
            author="anne",
            published_at=datetime(2026, 11, 12, tzinfo=UTC),
        )
        for one in json.loads((DATA / "relevance_ads.json").read_text("utf-8"))
    ]


async def test_the_right_answers_come_first(empty: Engine) -> None:
    others = list(distractors(600))
    assert len(others) >= 500
    await empty.rebuild(in_batches([*others, *relevant_ads()]))
    wanted = reached = 0
    failing = []
    for one in json.loads((DATA / "relevance_queries.json").read_text("utf-8")):
        top = (await found(empty, one["query"]))[:TOP]
        wanted += len(one["must"])
        reached += len(set(one["must"]) & set(top))
        if not set(one["must"]) <= set(top):
            failing.append(f"{one['query']}: wanted {one['must']}, found {top}")
    print(f"{empty.name}: {reached} of {wanted} in the top {TOP}", *failing, sep="\n  ")
    assert wanted > 20
    assert reached / wanted >= AT_LEAST, failing
