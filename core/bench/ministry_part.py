"""The ministry's national table beside one GROUP BY over the same released figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from core.aggregate.national import national
from core.aggregate.scope import ministry_scope
from core.bench.measure import Ratio, alternate, ratio_of, timed
from core.bench.scratch import bare, settle
from core.db.engine import make_engine
from core.db.logins import Login
from core.kit.periods import Period

if TYPE_CHECKING:
    from typing import Any

    from psycopg import Connection

    from core.db.logins import DatabaseAddresses

PROVINCES = 34
INDICATORS = 69
PARTS = 12
PERIODS = ("2017-H1", "2017-H2", "2017", "2018-H1", "2018-H2", "2018")
GOAL = 3.0
# Time must not grow with the children; a tenth is what two runs of the same differ by.
STILL_GOAL = 1.1

_FLOOR = (
    "SELECT indicator_code, count(value), sum(value), sum(numerator), sum(denominator) "
    "FROM core.released_figure WHERE kind = 'periodic' AND period_code = '2018-H1' "
    "AND breakdown = '' GROUP BY indicator_code"
)
_REPORTS = """
INSERT INTO core.report (tenant_id, id, kind, period_code, version, state, cut_off, frozen_at)
SELECT %(tenant)s, md5(p)::uuid, 'periodic', p, 1, 'sent', date '2018-06-30', now()
FROM unnest(%(periods)s::text[]) AS p
"""
_FIGURES = """
INSERT INTO core.released_figure (tenant_id, id, report_id, kind, period_code, indicator_code,
    breakdown, detail, state, value, definition_version, cut_off, released_at)
SELECT %(tenant)s, gen_random_uuid(), md5(p)::uuid, 'periodic', p, 'X-' || i,
    CASE part WHEN 0 THEN '' ELSE 'detail' END, CASE part WHEN 0 THEN '' ELSE part::text END,
    'number', i + part, 1, date '2018-06-30', now()
FROM unnest(%(periods)s::text[]) AS p, generate_series(1, %(indicators)s) AS i,
    generate_series(0, %(parts)s) AS part
"""
_CHILDREN = """
INSERT INTO core.child (tenant_id, id, commune_id, child_code, full_name, name_unknown, name_sort,
    sex, date_of_birth, dob_precision, ethnicity, birth_registration, relation_to_head,
    residence_status, schooling, status, registered_on, child_until, small_until, insured_until,
    source, generated)
SELECT %(tenant)s, gen_random_uuid(), (SELECT min(id) FROM core.area WHERE level = 'commune'),
    'TE' || n, 'Trẻ em ' || n, false, 'tre em ' || n, 'female', date '2010-01-01', 'day', 'kinh',
    'registered', 'child', 'permanent', 'primary', 'active', date '2017-01-01',
    date '2026-01-01', date '2016-01-01', date '2016-01-01', 'survey', true
FROM generate_series(1, %(children)s) AS n
"""


def ministry_ratios(
    addresses: DatabaseAddresses, *, children: int, rounds: int, calls: int
) -> list[Ratio]:
    """The half-year table of the nation, without children and with many in a province."""
    _release(addresses)
    engine = make_engine(addresses.url(Login.MINISTRY))
    period = Period.parse("2018-H1")
    codes = tuple(f"X-{number}" for number in range(1, INDICATORS + 1))

    def table() -> object:
        with ministry_scope(engine, "bench") as session:
            return national(session, period, codes)

    try:
        with bare(addresses, Login.MINISTRY) as floor:

            def group_by() -> object:
                rows = floor.execute(_FLOOR).fetchall()
                floor.commit()
                return rows

            def measured() -> Ratio:
                taken = alternate(timed(group_by), timed(table), rounds=rounds, calls=calls)
                return ratio_of("national_table", list(taken), goal=GOAL)

            before = measured()
            _add_children(addresses, children)
            after = measured()
    finally:
        engine.dispose()
    growth = Ratio(
        name="national_table_growth",
        ratio=round(after.ratio / before.ratio, 3),
        low=round(after.low / before.high, 3),
        high=round(after.high / before.low, 3),
        goal=STILL_GOAL,
        floor_ms=before.ours_ms,
        ours_ms=after.ours_ms,
        rounds=rounds,
    )
    return [before, growth]


def _release(addresses: DatabaseAddresses) -> None:
    """Every province with released reports on two years; made up."""
    owner = make_engine(addresses.url(Login.MIGRATOR))
    try:
        with owner.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO core.tenant (id, slug, kind, name_vi, name_en) "
                    "SELECT n, 'p' || n, 'province', 'Tỉnh ' || n, 'Province ' || n "
                    "FROM generate_series(1, :provinces) AS n"
                ),
                {"provinces": PROVINCES},
            )
    finally:
        owner.dispose()
    with bare(addresses, Login.RUNTIME) as runtime:
        for tenant in range(1, PROVINCES + 1):
            values = {
                "tenant": tenant,
                "periods": list(PERIODS),
                "indicators": INDICATORS,
                "parts": PARTS,
            }
            _as_tenant(runtime, tenant)
            runtime.execute(_REPORTS, values)
            runtime.execute(_FIGURES, values)
            runtime.commit()
    _analyze(addresses, "core.released_figure")
    settle(addresses)


def _add_children(addresses: DatabaseAddresses, children: int) -> None:
    with bare(addresses, Login.RUNTIME) as runtime:
        _as_tenant(runtime, 1)
        runtime.execute(_CHILDREN, {"tenant": 1, "children": children})
        runtime.commit()
    _analyze(addresses, "core.child")
    settle(addresses)


def _as_tenant(connection: Connection[Any], tenant: int) -> None:
    connection.execute(f"SET LOCAL app.tenant = '{tenant}'")


def _analyze(addresses: DatabaseAddresses, table: str) -> None:
    with bare(addresses, Login.MIGRATOR) as owner:
        owner.autocommit = True
        owner.execute(f"VACUUM (ANALYZE) {table}")
