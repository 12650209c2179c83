"""``annhi bench search``: finding a child by its name beside reading one by its key."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import event

from core.areas.repository import communes_of, find_province
from core.bench.measure import Ratio, Round, ratio_of, share_of
from core.bench.mistyping import TYPED, beginning_of
from core.bench.readers import reach_as
from core.bench.request_part import BenchError
from core.bench.scratch import scratch_settings
from core.bench.search_world import (
    ANOTHER,
    PROVINCE,
    fill_province,
    make_names,
    some_children,
)
from core.kit.text import vi_sort_key
from core.platform import load_registry, start
from core.register import repository
from core.register.service import search_children

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from core.bench.core_suite import Size
    from core.bench.search_world import Labelled
    from core.db.logins import DatabaseAddresses
    from core.platform import Platform
    from core.settings import Settings
    from core.tenancy.reach import Reach

GOAL: Final = 20.0
APART_GOAL: Final = 1.2
RECALL_GOAL: Final = 0.98
FIRST: Final = 10
_CODE: Final = "89"
_ON: Final = date(2018, 7, 1)
_MOST_PLANS: Final = 2
_SHOWN: Final = ("id", "child_code", "commune_id", "full_name", "sex", "date_of_birth")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effort:
    children: int
    texts: int
    rounds: int
    labelled: int


_EFFORTS: Final[dict[Size, _Effort]] = {
    "small": _Effort(children=3_000, texts=20, rounds=3, labelled=20),
    "full": _Effort(children=1_000_000, texts=300, rounds=7, labelled=400),
}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Somebody who looks for children, and the children that this person may find."""

    name: str
    reach: Reach
    children: Sequence[Labelled]


def run_search(
    settings: Settings, size: Size = "full", *, say: Callable[[str], None] = lambda _line: None
) -> tuple[Ratio, ...]:
    """Every measurement, in a database of its own that is dropped afterwards.

    The floor is the same columns by the primary key, through the same session with the same
    bounds. What is typed is the beginning of a name: two letters up to the whole, in several
    orders; each text once in a round.

    Raises:
        ConfigurationError: the server is unreachable, or another bench runs on it.
    """
    effort = _EFFORTS[size]
    with scratch_settings(settings) as (scratch, addresses):
        platform = start(scratch, registry=load_registry(scratch), addresses=addresses)
        try:
            make_names(addresses)
            communes = _communes(platform)
            say(f"Storing {effort.children:,} generated children with the words of their names …")
            fill_province(addresses, PROVINCE, communes, effort.children)
            readers = _readers(platform, addresses, communes[0], effort)
            say("Searching while the province is alone …")
            alone = [_times(platform, reader, effort) for reader in readers]
            say(f"Storing another province of {effort.children:,} beside it …")
            fill_province(addresses, ANOTHER, communes, effort.children)
            say("Searching with the other province beside …")
            beside = [_times(platform, reader, effort) for reader in readers]
            say("Looking for labelled children, as people mistype their names …")
            found = [_recall(platform, reader, effort, say) for reader in readers]
            plans = {reader.name: _plans(platform, reader) for reader in readers}
        finally:
            platform.close()
    ratios = []
    for reader, before, after in zip(readers, alone, beside, strict=True):
        ratios += _ratios(reader.name, before, after, plans[reader.name])
    return (*ratios, *found)


def _communes(platform: Platform) -> list[int]:
    with platform.door.reference_session() as session:
        province = find_province(session, _CODE, _ON)
        if province is None:
            raise BenchError(f"There is no province {_CODE} in the list of units.")
        return [area.id for area in communes_of(session, province.id, _ON)]


def _readers(
    platform: Platform, addresses: DatabaseAddresses, commune: int, effort: _Effort
) -> tuple[_Reader, ...]:
    count = max(effort.texts, effort.labelled)
    worker = reach_as(platform.registry, "commune_worker", frozenset({commune}))
    officer = reach_as(platform.registry, "province_officer", None)
    return (
        _Reader("commune", worker, some_children(addresses, count, commune)),
        _Reader("province", officer, some_children(addresses, count)),
    )


@dataclass(frozen=True, slots=True)
class _Times:
    """Seconds of each round: the medians of key reads and of searches, and their 95th of 100."""

    middle: list[Round]
    slow: list[Round]


def _times(platform: Platform, reader: _Reader, effort: _Effort) -> _Times:
    draw = random.Random("bench search")  # noqa: S311  not a secret
    asked = [(one, beginning_of(one.name, draw)) for one in reader.children[: effort.texts]]
    middle: list[Round] = []
    slow: list[Round] = []
    for number in range(effort.rounds + 1):
        keys: list[float] = []
        searches: list[float] = []
        for child, text in asked:
            keys.append(_key_read(platform, reader.reach, child))
            searches.append(_search(platform, reader.reach, text))
        if number:  # the first warms the caches
            middle.append(Round(median(keys), median(searches)))
            slow.append(Round(_slowest(keys), _slowest(searches)))
    return _Times(middle, slow)


def _slowest(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def _key_read(platform: Platform, reach: Reach, child: Labelled) -> float:
    began = perf_counter()
    with platform.door.tenant_session(PROVINCE, reach=reach, read_only=True) as session:
        rows = repository.children_with_ids(session, _SHOWN, [child.id])
    taken = perf_counter() - began
    if len(rows) != 1:
        raise BenchError("A child was not found by its key.")
    return taken


def _search(platform: Platform, reach: Reach, text: str) -> float:
    began = perf_counter()
    with platform.door.tenant_session(PROVINCE, reach=reach, read_only=True) as session:
        found = search_children(session, text)
    taken = perf_counter() - began
    if not found:
        raise BenchError(f"Nothing was found by the beginning {text!r} of a name.")
    return taken


def _ratios(name: str, alone: _Times, beside: _Times, plans: tuple[str, ...]) -> list[Ratio]:
    median_of = ratio_of(f"search_{name}", beside.middle, goal=GOAL)
    slow = ratio_of(f"search_{name}_p95", beside.slow, goal=GOAL)
    before = ratio_of("", alone.middle, goal=None)
    growth = round(median_of.ratio / before.ratio, 3)
    apart = Ratio(
        name=f"search_{name}_beside_another",
        ratio=growth,
        low=growth,
        high=growth,
        goal=APART_GOAL,
        floor_ms=before.ours_ms,
        ours_ms=median_of.ours_ms,
        rounds=median_of.rounds,
    )
    return [median_of.with_plans(*plans), slow, apart]


def _recall(
    platform: Platform, reader: _Reader, effort: _Effort, say: Callable[[str], None]
) -> Ratio:
    """How often the first ten have the child; in a whole province, a child of the very name.

    There a name is that of hundreds of children, whom no search by the name can tell apart.
    """
    by_name = reader.name == "province"
    tried = found = 0
    for how, typed in TYPED.items():
        hits = 0
        for child in reader.children[: effort.labelled]:
            with platform.door.tenant_session(
                PROVINCE, reach=reader.reach, read_only=True
            ) as session:
                matches = search_children(session, typed(child.name), FIRST)
            same = vi_sort_key(child.name)
            hits += any(
                match.id == child.id or (by_name and vi_sort_key(match.full_name or "") == same)
                for match in matches
            )
        tried += effort.labelled
        found += hits
        say(f"  {reader.name}, {how}: {hits} of {effort.labelled} in the first {FIRST}")
    return share_of(f"search_{reader.name}_recall", found, tried, goal=RECALL_GOAL)


def _plans(platform: Platform, reader: _Reader) -> tuple[str, ...]:
    """The database's plans of one search's first statements."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: Any) -> None:
        asked.append((statement, parameters))

    engine = platform.door.engine
    text = " ".join(reader.children[0].name.split()[-2:])
    event.listen(engine, "before_cursor_execute", note)
    try:
        with platform.door.tenant_session(PROVINCE, reach=reader.reach) as session:
            search_children(session, text)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    plans = []
    with platform.door.tenant_session(PROVINCE, reach=reader.reach) as session:
        connection = session.connection()
        for statement, parameters in [s for s in asked if s[0].startswith("SELECT")][:_MOST_PLANS]:
            rows = connection.exec_driver_sql(
                f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters
            ).fetchall()
            lines = "\n".join(f"  {row[0]}" for row in rows)
            plans.append(f"search_{reader.name}, two words of a name:\n{lines}")
    return tuple(plans)
