"""``annhi bench import``: a list of children beside reading its file and copying its rows."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from psycopg import sql
from python_calamine import CalamineWorkbook
from sqlalchemy import BigInteger, Text, Uuid, insert, literal, select

from core.areas.repository import communes_of, provinces
from core.bench.import_book import COLUMNS, IN_HOUSEHOLD, write_book
from core.bench.import_parts import INSERTS, by_parts, statements_timed
from core.bench.measure import Ratio, Round, ratio_of
from core.bench.scratch import bare, scratch_settings
from core.db.bulk import rows_of
from core.db.logins import Login
from core.identity.service import GivenRole, create_account
from core.imports.inline import InlineImport
from core.kit.clock import local_date
from core.kit.errors import ConfigurationError
from core.kit.ids import new_ids, opaque_codes
from core.platform import load_registry, start
from core.register.models import HOUSEHOLD_PREFIX, Household

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from core.bench.core_suite import Size
    from core.db.logins import DatabaseAddresses
    from core.platform import Platform
    from core.settings import Settings
    from core.tenancy.session import TenantSession

TENANT: Final = 1
GOAL: Final = 3.0
MOST_MEMORY_BYTES: Final = 1_500_000_000
_ROWS: Final[dict[Size, int]] = {"small": 2_000, "full": 400_000}


@dataclass(frozen=True, slots=True)
class _Place:
    """Who sends the list, and where the children live."""

    account_id: UUID
    communes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Taken:
    """Seconds of the whole, and of it until the rows were apart."""

    whole: float
    apart: float


def run_import(
    settings: Settings, size: Size = "full", *, say: Callable[[str], None] = lambda _line: None
) -> tuple[Ratio, ...]:
    """One list from the file to the last row, against the sum of two floors in the same run.

    The floors are reading the same file with the same library, and copying what was read into a
    table without keys. ``import_inserts_alone`` holds the statements that store children, words and
    audit entries against the same floors; two of them run at once. What the worker counts
    afterwards is no part of it, as it is none of the saving of a form. Memory is that of this
    process and of its reader together, less nothing.

    Raises:
        ConfigurationError: the server is unreachable, or another bench runs on it.
    """
    rows = _ROWS[size]
    with scratch_settings(settings) as (scratch, addresses), TemporaryDirectory() as folder:
        registry = load_registry(scratch)
        platform = start(scratch, registry=registry, addresses=addresses)
        try:
            place = _place(platform, addresses)
            homes = _households(platform, place, -(-rows // IN_HOUSEHOLD))
            file = Path(folder) / "children.xlsx"
            say(f"Writing a workbook of {rows:,} generated children …")
            write_book(file, rows, place.communes, homes, platform.clock.today())
            say("Taking it in …")
            with statements_timed() as statements:
                ours = _ours(platform, place, file, rows)
            peak = _peak_bytes()
            for line in _of_parts(ours, statements, rows):
                say(line)
            say(f"Peak memory: {peak / 1e6:,.0f} MB.")
            say("Reading it with python-calamine alone …")
            reading, read = _read(file)
            say("Copying its rows into a bare table …")
            floor = reading + _copy(addresses, read)
        finally:
            platform.close()
    say(f"Reading {reading:.1f} s, copying {floor - reading:.1f} s, taking in {ours.whole:.1f} s.")
    inserts = sum(statements[name] for name in INSERTS.values())
    return (
        ratio_of("import_of_children", [Round(floor, ours.whole)], goal=GOAL),
        ratio_of("import_inserts_alone", [Round(floor, inserts)], goal=None),
        _memory(peak),
    )


def _place(platform: Platform, addresses: DatabaseAddresses) -> _Place:
    """A province's worker who enters in every commune of it."""
    with bare(addresses, Login.MIGRATOR) as owner:
        owner.execute(
            "INSERT INTO core.tenant (id, slug, kind, name_vi, name_en) "
            "VALUES (%s, 'do_toc_do', 'province', 'Tỉnh đo tốc độ', 'Bench Province')",
            (TENANT,),
        )
        owner.commit()
    today = local_date(datetime.now(UTC))
    with platform.door.tenant_session(TENANT) as session:
        province = provinces(session, today)[0]
        account = create_account(
            session,
            login="bench",
            display_name="Đo tốc độ",
            password=None,
            roles=(GivenRole("commune_worker", province.id),),
            now=platform.clock.now(),
            generated=True,
        )
        return _Place(account, _communes(session, province.id, today))


def _communes(session: TenantSession, province: int, today: date) -> tuple[tuple[int, str], ...]:
    """Those of the province whose name no other has: a list could not tell the others apart."""
    found = communes_of(session, province, today)
    names = [one.name for one in found]
    return tuple((one.id, one.name) for one in found if names.count(one.name) == 1)


def _households(platform: Platform, place: _Place, count: int) -> list[str]:
    """Households with their codes, each in the next commune."""
    codes = list(dict.fromkeys(opaque_codes(HOUSEHOLD_PREFIX, count + count // 1000 + 10)))[:count]
    communes = [place.communes[n % len(place.communes)][0] for n in range(count)]
    given = rows_of(
        {
            "id": (Uuid(), new_ids(count)),
            "household_code": (Text(), codes),
            "commune_id": (BigInteger(), communes),
        }
    )
    alike: dict[str, Any] = {
        "tenant_id": TENANT,
        "address": "Tổ 1 (dữ liệu minh họa)",
        "head_name": "Nguyễn Văn Mẫu",
        "head_fold": "nguyen van mau",
        "poverty_status": "unknown",
        "residence_status": "permanent",
        "generated": True,
    }
    table: Any = Household.__table__
    values = [literal(value, table.c[name].type).label(name) for name, value in alike.items()]
    chosen = select(*given.c, *values).where(given.c.id.is_not(None))
    names = [*(column.name for column in given.c), *alike]
    with platform.door.tenant_session(TENANT) as session:
        session.execute(insert(table).from_select(names, chosen, include_defaults=False))
    return codes


def _ours(platform: Platform, place: _Place, file: Path, rows: int) -> _Taken:
    """From the bytes of the file to the last row, with every row stored."""
    work = InlineImport(
        platform.door,
        platform.registry,
        platform.queue,
        platform.clock,
        TENANT,
        account_id=place.account_id,
    )
    heard: list[float] = []
    start_at = perf_counter()
    import_id = work.run(
        file.read_bytes(),
        updates=False,
        dry_run=False,
        tell=lambda _done, _of: heard.append(perf_counter()),
    )
    taken = _Taken(perf_counter() - start_at, apart=heard[0] - start_at)
    seen, findings = work.outcome(import_id)
    if seen.counts["stored"] != rows:
        reasons = {one.reason("en") for one in findings[:20]}
        raise ConfigurationError(f"Not every row came in: {dict(seen.counts)}, {sorted(reasons)}")
    return taken


def _of_parts(taken: _Taken, statements: Mapping[str, float], rows: int) -> Iterator[str]:
    yield "Steps:"
    steps = {"reading, taking apart": taken.apart, "checking, storing": taken.whole - taken.apart}
    yield from by_parts(steps, rows)
    yield "Statements waited for, two at once:"
    yield from by_parts(statements, rows)


def _read(file: Path) -> tuple[float, list[list[Any]]]:
    """Seconds for every row as Python has it, and the rows."""
    gc.collect()
    gc.freeze()  # the floor has no program of ours beside it
    start_at = perf_counter()
    rows = list(CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).iter_rows())
    reading = perf_counter() - start_at
    gc.unfreeze()
    return reading, rows


def _copy(addresses: DatabaseAddresses, rows: Sequence[Sequence[Any]]) -> float:
    """Seconds for ``COPY`` of all rows into a table of texts, with its commit."""
    columns = [sql.SQL("{} text").format(sql.Identifier(name)) for name in COLUMNS]
    with bare(addresses, Login.MIGRATOR) as owner:
        table = sql.Identifier("core", "bench_bare")
        owner.execute(sql.SQL("CREATE TABLE {} ({})").format(table, sql.SQL(", ").join(columns)))
        owner.commit()
        start_at = perf_counter()
        command = sql.SQL("COPY {} FROM STDIN").format(table)
        with owner.cursor() as cursor, cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
        owner.commit()
        return perf_counter() - start_at


def _peak_bytes() -> int:
    """The most that this process and the largest of its children ever held."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_maxrss for one in usage) * 1024


def _memory(peak: int) -> Ratio:
    """The peak beside what it may be; it has no floor and no time."""
    share = round(peak / MOST_MEMORY_BYTES, 3)
    return Ratio(
        name="import_peak_memory",
        ratio=share,
        low=share,
        high=share,
        goal=1.0,
        floor_ms=0.0,
        ours_ms=0.0,
        rounds=1,
    )
