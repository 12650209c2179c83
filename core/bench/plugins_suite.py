"""``annhi bench plugins``: what many installed programmes cost, four of them switched on.

The generated programmes are alike, so that only their number differs. Start-up is the time from the
finding of the plugins to the finished application, in a process of its own; request time that of
a signed-in request, against a process that has only those four installed.
"""

from __future__ import annotations

import resource
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from core.bench.generated_plugins import installed
from core.bench.measure import Ratio, Round, alternate, ratio_of
from core.bench.request_part import BenchError, answering
from core.bench.scratch import scratch_settings
from core.bench.session_part import TENANT, make_tenant
from core.bench.signed_in import signed_in
from core.kit.clock import SystemClock
from core.kit.hidden import Hidden
from core.platform import install, load_registry, start
from core.registry.enablement import switch_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.bench.core_suite import Size
    from core.settings import Settings

ON = 4
START_GOAL_MS = 20.0
REQUEST_GOAL = 1.02
_PAIR_CALLS = 5
_KIB = 1024.0
_STATUS = Path("/proc/self/status")
_PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effort:
    counts: tuple[int, ...]
    starts: int
    pairs: int
    rounds: int


_EFFORTS: dict[Size, _Effort] = {
    "small": _Effort(counts=(4, 8), starts=1, pairs=1, rounds=4),
    "full": _Effort(counts=(4, 20, 60), starts=5, pairs=6, rounds=60),
}


@dataclass(frozen=True, slots=True)
class Started:
    """One start of the program: its seconds, and the most memory it held, in MiB."""

    seconds: float
    memory_mib: float


def run_plugins(
    settings: Settings, size: Size = "full", *, say: Callable[[str], None] = lambda _line: None
) -> tuple[Ratio, ...]:
    """Every measurement, in a database and a folder of its own that are gone afterwards.

    Raises:
        ConfigurationError: the server is unreachable, or another bench runs on it.
    """
    effort = _EFFORTS[size]
    core_alone = replace(settings, trusted_plugins=frozenset())
    with (
        installed(max(effort.counts)) as keys,
        scratch_settings(core_alone) as (scratch, addresses),
    ):
        say(f"Installing {len(keys)} generated plugins …")
        _in_process(_prepare, replace(scratch, trusted_plugins=frozenset(keys)), keys[:ON])
        make_tenant(addresses)
        _in_process(_switch_on, replace(scratch, trusted_plugins=frozenset(keys)), keys[:ON])
        token = signed_in(addresses, TENANT)
        with_some = {
            n: replace(scratch, trusted_plugins=frozenset(keys[:n])) for n in effort.counts
        }
        say("Starting the program with each number of them …")
        starts = {n: _starts(one, effort.starts) for n, one in with_some.items()}
        ratios = [_per_plugin(starts)]
        few, *more = effort.counts
        for many in more:
            say(f"Requests with {few} and with {many} installed, {ON} on …")
            taken: list[Round] = []
            for _ in range(effort.pairs):
                with (
                    answering(with_some[few], token) as floor,
                    answering(with_some[many], token) as ours,
                ):
                    taken += alternate(floor, ours, rounds=effort.rounds, calls=_PAIR_CALLS)
            ratios.append(ratio_of(f"request_with_{many}", taken, goal=REQUEST_GOAL))
    return tuple(ratios)


def _per_plugin(starts: dict[int, list[Started]]) -> Ratio:
    """What one more plugin adds to the start, in milliseconds; memory stands beside it."""
    seconds = {n: min(one.seconds for one in taken) for n, taken in starts.items()}
    few, many = min(starts), max(starts)
    slopes = sorted(
        (b.seconds - a.seconds) * 1000 / (many - few)
        for a, b in zip(starts[few], starts[many], strict=True)
    )
    told = ["Start-up and memory, by the number of installed plugins:"]
    for count, taken in starts.items():
        memory = median(one.memory_mib for one in taken)
        told.append(f"  {count:>3}  {seconds[count] * 1000:8.0f} ms  {memory:7.1f} MiB")
    return Ratio(
        name="start_ms_per_plugin",
        ratio=round((seconds[many] - seconds[few]) * 1000 / (many - few), 3),
        low=round(slopes[0], 3),
        high=round(slopes[-1], 3),
        goal=START_GOAL_MS,
        floor_ms=round(seconds[few] * 1000, 3),
        ours_ms=round(seconds[many] * 1000, 3),
        rounds=len(slopes),
        plans=("\n".join(told),),
    )


def _starts(settings: Settings, times: int) -> list[Started]:
    return [_in_process(_start, settings) for _ in range(times)]


def _in_process(work: Callable[..., Any], settings: Settings, *more: Any) -> Any:
    """What a function answers in a fresh process, which ends with it.

    Raises:
        BenchError: it answered nothing.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    # a hidden value is not pickled; these keys seal nothing but the bench's own scratch database
    keys = settings.keys.reveal() if settings.keys else None
    sent = (there, work, replace(settings, keys=None), keys, more)
    process = context.Process(target=_answer, args=sent, daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(_PATIENCE_SECONDS):
            raise BenchError("A process of the bench did not come to its end.")
        return here.recv()
    except EOFError:
        raise BenchError("A process of the bench ended by itself.") from None
    finally:
        here.close()
        process.join(timeout=10)
        process.kill()


def _answer(
    pipe: Any, work: Callable[..., Any], settings: Settings, keys: str | None, more: tuple[Any, ...]
) -> None:
    pipe.send(work(replace(settings, keys=Hidden(keys) if keys else None), *more))


def _prepare(settings: Settings, _on: tuple[str, ...]) -> int:
    registry = load_registry(settings)
    install(settings, registry)
    return len(registry.plugins)


def _switch_on(settings: Settings, on: tuple[str, ...]) -> int:
    platform = start(settings)
    try:
        with platform.door.tenant_session(TENANT) as session:
            for key in on:
                switch_on(session, platform.registry, key, at=SystemClock().now())
    finally:
        platform.close()
    return len(on)


def _start(settings: Settings) -> Started:
    from core.app import create_app

    before = perf_counter()
    platform = start(settings)
    create_app(platform)
    seconds = perf_counter() - before
    platform.close()
    return Started(seconds, _most_memory_mib())


def _most_memory_mib() -> float:
    """The most that this process held, in MiB.

    Linux counts what the parent held before this process began into ``ru_maxrss``, so there the
    status of the process is read; other systems tell bytes (macOS).
    """
    if _STATUS.exists():
        told = dict(line.split(":", 1) for line in _STATUS.read_text("ascii").splitlines())
        return float(told["VmHWM"].split()[0]) / _KIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB / _KIB
