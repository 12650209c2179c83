"""What counting costs: one edit at three sizes, everything from scratch, a report from cells."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING

from sqlalchemy import event, select

from core.bench.freshness_part import freshness
from core.bench.measure import Ratio, Round, alternate, ratio_of, timed
from core.bench.scratch import bare
from core.db.engine import runtime_engine
from core.db.logins import Login
from core.indicators.count import clear_marks, recount_all
from core.indicators.stale import marker
from core.kit.periods import Period
from core.register.models import Child
from core.registry.catalogue import CORE
from core.registry.models import ProgrammeEnablement
from core.reports.build import build_report
from core.reports.models import Report
from core.reports.source import source_for
from core.tenancy.door import TenantDoor
from core.tenancy.models import Tenant
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from psycopg import Connection
    from sqlalchemy import Engine

    from core.db.logins import DatabaseAddresses
    from core.plugin_api.figures import Measure
    from core.registry.service import Registry

TENANT = 40
SINCE = datetime(2017, 1, 1, tzinfo=UTC)
COMMUNES = 150
FLAT_GOAL = 1.5
INSERT_GOAL = 10.0
WHOLE_GOAL = 2.0
REPORT_SECONDS = 1.5
PERIOD = Period.parse("2018-H1")

# Children of sixteen years of birth over so many communes: those born before 2017 were entered in
# the first two years of the register, spread over its days in each commune, the others soon after
# their birth; one in three has a card.
_CHILDREN = """
INSERT INTO core.child (tenant_id, id, commune_id, child_code, full_name, name_unknown, name_sort,
    sex, date_of_birth, dob_precision, ethnicity, birth_registration, relation_to_head,
    residence_status, schooling, status, health_insurance_card, registered_on, child_until,
    small_until, insured_until, source, generated)
SELECT %(tenant)s, md5(n::text)::uuid, place.id, 'TE' || n, 'Trẻ em ' || n, false,
    left(md5('name ' || n), 16), CASE n %% 2 WHEN 0 THEN 'male' ELSE 'female' END, born, 'day',
    'kinh', 'registered', 'child', 'permanent', 'primary', 'active',
    CASE n %% 3 WHEN 0 THEN 'BHYT' END,
    greatest(born + 20, date '2017-01-01' + ((n / %(communes)s) %% 700)::int),
    born + interval '16 years', born + interval '6 years', born + interval '6 years', 'survey', true
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM core.area
          WHERE level = 'commune' ORDER BY id LIMIT %(communes)s) AS place
        ON place.at = n %% %(communes)s,
    LATERAL (SELECT date '2002-07-01' + ((n / %(communes)s) %% 5840)::int AS born) AS birth
"""
# The rows stay in the database: what is compared is counting, not sending.
_GROUP_BY = """
SELECT count(*), sum(n) FROM (
    SELECT commune_id, {column}, sex, count(*) AS n FROM core.child
    WHERE tenant_id = {tenant} AND status NOT IN ('merged', 'duplicate')
        AND {column} IS NOT NULL{where}
    GROUP BY commune_id, {column}, sex) AS cells
"""


def counting_ratios(
    addresses: DatabaseAddresses,
    registry: Registry,
    *,
    sizes: Sequence[int],
    rounds: int,
    say: Callable[[str], None],
) -> list[Ratio]:
    """One edit at each size, then everything and a report at the largest."""
    engine = runtime_engine(addresses)
    measures = tuple(registry.catalogue.measures.values())
    world = _World(addresses, engine, TenantDoor(engine, listeners=[marker(measures)]), measures)
    try:
        _make_tenant(addresses)
        edits = []
        there = 0
        for size in sizes:
            say(f"One edit among {size:,} children …")
            world.add_children(there + 1, size)
            world.count_everything()
            edits.append(world.edits(f"edit_among_{size}", rounds))
            there = size
        flat = _flat(edits[0], edits[-1])
        say("Everything counted again …")
        whole = world.whole(2)
        say("How soon a page shows an edit …")
        fresh = freshness(addresses, engine, registry.catalogue, TENANT, rounds=rounds)
        return [*edits, flat, fresh, whole, _report(world, registry)]
    finally:
        engine.dispose()


class _World:
    """A province of the bench's own, whose cells are kept."""

    def __init__(
        self,
        addresses: DatabaseAddresses,
        engine: Engine,
        door: TenantDoor,
        measures: tuple[Measure, ...],
    ) -> None:
        self.addresses, self.engine, self.door, self.measures = addresses, engine, door, measures
        self.at = 0

    def add_children(self, first: int, last: int) -> None:
        """More generated children, from one number to another."""
        with bare(self.addresses, Login.RUNTIME) as runtime:
            _as_tenant(runtime)
            values = {"tenant": TENANT, "first": first, "last": last, "communes": COMMUNES}
            runtime.execute(_CHILDREN, values)
            runtime.commit()
        self._analyze("core.child")

    def count_everything(self) -> None:
        """Cells for all that is there."""
        with self.door.tenant_session(TENANT, reach=Reach.counting()) as session:
            recount_all(session, self.measures)
        self._analyze("core.figure_cell")

    def edits(self, name: str, rounds: int) -> Ratio:
        """The database's time for the recount after an edit that every measure of a child sees,
        beside that of one bare INSERT of a child; both to the end of their transactions.
        """  # noqa: D205  one sentence
        with bare(self.addresses, Login.RUNTIME) as floor:
            taken = [
                Round(_insert(floor, name, at), self._edit_and_count()) for at in range(rounds + 1)
            ]
        return ratio_of(name, taken[1:], goal=INSERT_GOAL)

    def whole(self, rounds: int) -> Ratio:
        """Everything from scratch beside the GROUP BY statements one would write by hand."""
        statements = [s for m in self.measures if m.model is Child for s in _group_bys(m)]
        own = [measure for measure in self.measures if measure.model is Child]
        with bare(self.addresses, Login.RUNTIME) as floor:

            def by_hand() -> None:
                _as_tenant(floor)
                for statement in statements:
                    floor.execute(statement)
                floor.commit()

            def ours() -> None:
                with self.door.tenant_session(TENANT, reach=Reach.counting()) as session:
                    recount_all(session, own)

            taken = alternate(timed(by_hand), timed(ours), rounds=rounds, calls=1)
            return ratio_of("whole_recount", list(taken), goal=WHOLE_GOAL)

    def _edit_and_count(self) -> float:
        self.at += 1
        with self.door.tenant_session(TENANT, reach=Reach.counting()) as session:
            chosen = select(Child).where(Child.tenant_id == TENANT).order_by(Child.id)
            child = session.scalars(chosen.offset(self.at * 7).limit(1)).one()
            child.sex = "male" if child.sex == "female" else "female"
        counting = self.door.tenant_session(TENANT, reach=Reach.counting())
        with database_time(self.engine) as spent, counting as session:
            clear_marks(session, self.measures)
        return spent[0]

    def _analyze(self, table: str) -> None:
        with bare(self.addresses, Login.MIGRATOR) as owner:
            owner.autocommit = True
            owner.execute(f"VACUUM (ANALYZE) {table}")


@contextmanager
def database_time(engine: Engine) -> Iterator[list[float]]:
    """The seconds that statements and commits take between being sent and being answered."""
    spent, began = [0.0], [0.0]

    def before(*_: Any) -> None:
        began[0] = perf_counter()

    def after(*_: Any) -> None:
        spent[0] += perf_counter() - began[0]

    raw = engine.dialect.do_commit

    def commit(connection: Any) -> None:
        before()
        raw(connection)
        after()

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    engine.dialect.do_commit = commit  # type: ignore[method-assign,assignment]  # put back below
    try:
        yield spent
    finally:
        engine.dialect.do_commit = raw  # type: ignore[method-assign]  # as it was
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)


def _insert(connection: Connection[Any], name: str, at: int) -> float:
    _as_tenant(connection)
    number = 10**9 + int(name.rpartition("_")[2]) * 1000 + at
    values = {"tenant": TENANT, "first": number, "last": number, "communes": COMMUNES}
    began = perf_counter()
    connection.execute(_CHILDREN, values)
    connection.commit()
    return perf_counter() - began


def _group_bys(measure: Measure) -> Iterator[str]:
    """What somebody would write who knew the table: what came by day, and what went."""
    where = {
        "core.children_insured": " AND health_insurance_card IS NOT NULL",
        "core.children_birth_registered": " AND birth_registration = 'registered'",
    }.get(measure.code, "")
    for column in (measure.date, measure.until):
        yield _GROUP_BY.format(column=column, tenant=TENANT, where=where)


def _flat(small: Ratio, large: Ratio) -> Ratio:
    """How much longer the recount takes at the largest size than at the smallest."""
    return Ratio(
        name="edit_growth",
        ratio=round(large.ours_ms / small.ours_ms, 3),
        low=round(large.ours_ms / small.ours_ms, 3),
        high=round(large.ours_ms / small.ours_ms, 3),
        goal=FLAT_GOAL,
        floor_ms=small.ours_ms,
        ours_ms=large.ours_ms,
        rounds=large.rounds,
    )


def _report(world: _World, registry: Registry) -> Ratio:
    """A half-year report with every section, from cells; beside the seconds it may take."""
    with world.door.tenant_session(TENANT) as session:
        tenant = session.get_one(Tenant, TENANT)
        session.add_all(
            ProgrammeEnablement(programme=key, valid_from=SINCE)
            for key in sorted({c.owner for c in registry.catalogue.contributions} - {CORE})
        )
        session.flush()

    def build() -> None:
        with world.door.tenant_session(TENANT, read_only=True) as session:
            source = source_for(session, tenant, registry.catalogue, PERIOD)
            report = Report(
                tenant_id=TENANT,
                kind="periodic",
                period_code=PERIOD.code,
                state="open",
                cut_off=PERIOD.window.end,
            )
            build_report(session, report, source)

    seconds = min(timed(build)(3))
    return Ratio(
        name="half_year_report",
        ratio=round(seconds / REPORT_SECONDS, 3),
        low=round(seconds / REPORT_SECONDS, 3),
        high=round(seconds / REPORT_SECONDS, 3),
        goal=1.0,
        floor_ms=REPORT_SECONDS * 1000,
        ours_ms=round(seconds * 1000, 3),
        rounds=3,
    )


def _make_tenant(addresses: DatabaseAddresses) -> None:
    with bare(addresses, Login.MIGRATOR) as owner:
        owner.execute(
            "INSERT INTO core.tenant (id, slug, kind, name_vi, name_en) "
            "VALUES (%s, 'do_toc_do', 'province', 'Tỉnh đo tốc độ', 'Bench Province')",
            (TENANT,),
        )
        owner.commit()


def _as_tenant(connection: Connection[Any]) -> None:
    connection.execute(f"SET LOCAL app.tenant = '{TENANT}'")
