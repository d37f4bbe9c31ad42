"""A load of keep-alive connections on loopback, and what it saw. Plain sockets: an HTTP library would be slower."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Seen:
    """`rate` in requests per second; the others in milliseconds."""

    rate: float
    p50: float
    p99: float
    failures: int


async def load(
    port: int, paths: Sequence[str], *, cookie: str = "", connections: int = 8, seconds: float = 5.0
) -> Seen:
    """Asks the paths in turn for so long. Every answer that is not a 200 counts as a failure."""
    times: list[float] = []
    failures = 0
    until = perf_counter() + seconds

    async def visitor(start: int) -> None:
        nonlocal failures
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = start
        while perf_counter() < until:
            began = perf_counter()
            writer.write(_request(paths[turn % len(paths)], cookie))
            status = await _answer(reader)
            times.append((perf_counter() - began) * 1000)
            failures += status != 200
            turn += connections
        writer.close()

    began = perf_counter()
    await asyncio.gather(*(visitor(n) for n in range(connections)))
    took = perf_counter() - began
    times.sort()
    return Seen(len(times) / took, times[len(times) // 2], times[int(len(times) * 0.99)], failures)


async def serial(port: int, path: str, *, cookie: str, times: int = 200) -> Seen:
    """One request after the other: what a page costs when nobody else is there."""
    taken = []
    failures = 0
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(times):
        began = perf_counter()
        writer.write(_request(path, cookie))
        failures += await _answer(reader) != 200
        taken.append((perf_counter() - began) * 1000)
    writer.close()
    taken.sort()
    return Seen(1000 / (sum(taken) / times), taken[times // 2], taken[int(times * 0.99)], failures)


def _request(path: str, cookie: str) -> bytes:
    cookies = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, br\r\n{cookies}\r\n".encode()


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    if b"content-length:" in lower:
        await reader.readexactly(int(lower.split(b"content-length:")[1].split(b"\r\n")[0]))
    else:
        while size := int((await reader.readline()).strip(), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head.split(b" ")[1])
