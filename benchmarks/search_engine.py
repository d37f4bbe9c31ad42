"""How fast the embedded engine answers, keeps up and how much it holds, on generated ads.

    python -m benchmarks.search_engine [how_many] [searches]

Searches go through the engine's own door, marks and facets included; so does what is measured of
tantivy alone (the same words, a page and its facets), to tell what our layer adds.
"""

import asyncio
import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.spread import spread
from search.contract import Document, Near, Query, Sort
from search.embedded import EmbeddedEngine
from tests.search.data.distractors import ADS

BATCH = 2_000
COMMUNES = 8_000
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WORDS = (
    "poussette;velo electrique;canape gris;nounou;garde enfant mercredi;chien vacances;place voiture gare;"
    "maison vacances;electirque;pousette;enfants;table chene;vtt 26 pouces;baby sitter soir;chambre ado;"
    "aide aux devoirs anglais;demenagement samedi;jeux;cartons;arroser plantes balcon"
).split(";")


def generated(how_many: int) -> Iterator[Document]:
    """Ads of a few sentences with a long tail of rare words, spread over as many communes as matter."""
    chance = Random(11)
    spots = [(chance.uniform(42.5, 51.0), chance.uniform(-4.7, 8.1)) for _ in range(COMMUNES)]
    extra = [
        "nounou",
        "baby-sitter",
        "garde d'enfants",
        "mercredi",
        "poussette",
        "électrique",
        "déménagement",
        "carton",
    ]
    for number in range(how_many):
        category, kind, titles, sentences = chance.choice(ADS)
        where = int(chance.paretovariate(0.6)) % COMMUNES
        rare = f"modele{int(chance.paretovariate(0.4)) % 40_000}"
        starts = date(2026, 12, 1) + timedelta(days=chance.randrange(90))
        yield Document(
            id=f"b{number}",
            category=category,
            kind=kind or None,
            deal=chance.choice(["sell", "give", "lend"]) if category == "classifieds" else None,
            title=f"{chance.choice(titles)} {chance.choice(extra) if chance.random() < 0.3 else ''}",
            body=" ".join(chance.sample(sentences, min(4, len(sentences)))) + f" Référence {rare}.",
            commune=f"Commune{where}",
            department=f"{where % 96 + 1:02d}",
            lat=spots[where][0],
            lon=spots[where][1],
            price_cents=chance.choice([None, 1000, 5000]),
            starts_on=starts if chance.random() < 0.5 else None,
            ends_on=starts + timedelta(days=3) if chance.random() < 0.5 else None,
            published_at=NOW - timedelta(seconds=25 * number),
            author=f"member-{chance.randrange(5_000)}",
            has_photo=chance.random() < 0.4,
        )


async def in_batches(how_many: int) -> AsyncIterator[list[Document]]:
    batch = []
    for document in generated(how_many):
        batch.append(document)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def queries(how_many: int) -> dict[str, list[Query]]:
    chance = Random(5)
    hidden = tuple(f"member-{number}" for number in range(5))
    near = [Near(48.39, -4.49, 25), Near(43.3, 5.4, 50), Near(48.86, 2.35, 100)]
    return {
        "words": [Query(words=chance.choice(WORDS), hidden_authors=hidden) for _ in range(how_many)],
        "words, two filters": [
            Query(words=chance.choice(WORDS), category="classifieds", department="29", hidden_authors=hidden)
            for _ in range(how_many)
        ],
        "browse": [Query(page=chance.randrange(1, 40), hidden_authors=hidden) for _ in range(how_many)],
        "words, near": [Query(words=chance.choice(WORDS), near=chance.choice(near)) for _ in range(how_many)],
        "nearest first": [
            Query(words=chance.choice(WORDS), near=chance.choice(near), sort=Sort.nearest) for _ in range(how_many)
        ],
    }


def memory_mb() -> float:
    """What the process holds now, in MiB (Linux), else its peak."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["RssAnon"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def folder_mb(folder: str) -> int:
    return round(sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()) / 2**20)


async def measure(how_many: int, searches: int) -> dict[str, object]:
    before = memory_mb()
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(folder)
        await engine.prepare()
        started = time.perf_counter()
        await engine.rebuild(in_batches(how_many))
        built = time.perf_counter() - started
        figures: dict[str, object] = {"documents": how_many, "documents_per_s": round(how_many / built)}
        for name, asked in queries(searches).items():
            took = []
            for query in asked:
                start = time.perf_counter()
                await engine.search(query)
                took.append((time.perf_counter() - start) * 1000)
            figures[f"search ms, {name}"] = spread(took)
        changes = []
        for document in generated(100):
            start = time.perf_counter()
            await engine.put([document])
            changes.append((time.perf_counter() - start) * 1000)
        figures["one change findable, ms"] = spread(changes)
        gc.collect()
        figures["memory added MiB"] = round(memory_mb() - before)
        figures["folder MiB"] = folder_mb(folder)
        await engine.close()
        return figures


if __name__ == "__main__":
    how_many, searches = (int(one) for one in (*sys.argv[1:3], *("200000", "300")[len(sys.argv[1:3]) :]))
    print(json.dumps(asyncio.run(measure(how_many, searches)), indent=2))
