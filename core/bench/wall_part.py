"""What row security costs: the same SELECTs by a login that it binds and by one it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from core.bench.measure import Ratio, alternate, ratio_of, timed
from core.bench.scratch import bare
from core.db.logins import Login
from core.register.service import PAGE
from core.tenancy.policies import protect_statements

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from psycopg import Connection

    from core.db.logins import DatabaseAddresses

TENANTS = 34
TENANT = 17
GOAL = 1.3

_KEY = (
    "SELECT id, child_code, sex, date_of_birth, schooling, commune_id, status "
    "FROM bench.child WHERE tenant_id = %s AND id = %s"
)
_PAGE = (
    "SELECT id, child_code, sex, date_of_birth, schooling, commune_id, status "
    "FROM bench.child WHERE tenant_id = %s ORDER BY name_sort, id LIMIT %s"
)
_COUNT = "SELECT count(*) FROM bench.child WHERE tenant_id = %s AND status = 'active'"
_INDEXES = (
    "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'core.child'::regclass"
)
# Each province's rows lie together, as when a province is brought in: the least work beside
# row security, and so the hardest for it.
_ROWS = """
INSERT INTO bench.child (
    tenant_id, id, commune_id, child_code, full_name, name_unknown, name_sort, sex,
    date_of_birth, dob_precision, ethnicity, birth_registration, relation_to_head,
    residence_status, schooling, status, registered_on, child_until, small_until, insured_until,
    source, generated)
SELECT n %% {tenants} + 1, md5(n::text)::uuid, n %% 150 + 1, 'TE' || lpad(n::text, 10, '0'),
    'Trẻ em ' || n, false, left(md5('name ' || n), 16), CASE n %% 2 WHEN 0 THEN 'male'
    ELSE 'female' END, born, 'day', 'kinh', 'registered', 'child', 'permanent', 'primary',
    CASE n %% 10 WHEN 0 THEN 'moved_out' ELSE 'active' END, date '2017-01-01' + n %% 700,
    born + interval '16 years', born + interval '6 years', born + interval '6 years', 'survey', true
FROM generate_series(1, %s) AS n, LATERAL (SELECT date '2003-01-01' + n %% 5000 AS born) AS birth
ORDER BY n %% {tenants}
"""


@dataclass(frozen=True, slots=True)
class _Question:
    name: str
    statement: str
    parameters: tuple[Any, ...]


def wall_ratios(addresses: DatabaseAddresses, *, rows: int, rounds: int, calls: int) -> list[Ratio]:
    """A key read, a page of 50 and a count, each with both plans."""
    _load(addresses, rows)
    questions = (
        _Question("row_security_key", _KEY, (TENANT, _some_child(addresses))),
        _Question("row_security_page", _PAGE, (TENANT, PAGE)),
        _Question("row_security_count", _COUNT, (TENANT,)),
    )
    with bare(addresses, Login.BACKUP) as free, bare(addresses, Login.RUNTIME) as bound:
        return [_ratio(question, free, bound, rounds, calls) for question in questions]


def _ratio(
    question: _Question,
    free: Connection[Any],
    bound: Connection[Any],
    rounds: int,
    calls: int,
) -> Ratio:
    taken = list(
        alternate(
            timed(_asking(free, question)),
            timed(_asking(bound, question)),
            rounds=rounds,
            calls=calls,
        )
    )
    plans = (_plan("row security off", free, question), _plan("row security on", bound, question))
    return ratio_of(question.name, taken, goal=GOAL).with_plans(*plans)


def _asking(connection: Connection[Any], question: _Question) -> Callable[[], object]:
    def ask() -> object:
        connection.execute(f"SET LOCAL app.tenant = '{TENANT}'")
        rows = connection.execute(question.statement, question.parameters).fetchall()
        connection.commit()
        return rows

    return ask


def _plan(title: str, connection: Connection[Any], question: _Question) -> str:
    connection.execute(f"SET LOCAL app.tenant = '{TENANT}'")
    rows = connection.execute(
        f"EXPLAIN (ANALYZE, BUFFERS) {question.statement}",
        question.parameters,
    ).fetchall()
    connection.commit()
    return "\n".join([f"{question.name}, {title}:", *(f"  {row[0]}" for row in rows)])


def _some_child(addresses: DatabaseAddresses) -> UUID:
    with bare(addresses, Login.BACKUP) as connection:
        row = connection.execute(
            "SELECT id FROM bench.child WHERE tenant_id = %s ORDER BY id OFFSET 100 LIMIT 1",
            (TENANT,),
        ).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def _load(addresses: DatabaseAddresses, rows: int) -> None:
    """A table with the columns and indexes of the register's children, behind the same wall."""
    logins = [sql.Identifier(addresses.role(login)) for login in (Login.RUNTIME, Login.BACKUP)]
    with bare(addresses, Login.MIGRATOR) as owner:
        owner.execute("CREATE SCHEMA bench")
        for login in logins:
            owner.execute(sql.SQL("GRANT USAGE ON SCHEMA bench TO {}").format(login))
        owner.execute("CREATE TABLE bench.child (LIKE core.child INCLUDING DEFAULTS)")
        owner.execute(_ROWS.format(tenants=TENANTS), (rows,))
        for (index,) in owner.execute(_INDEXES).fetchall():
            owner.execute(index.replace(" ON core.child ", " ON bench.child "))
        for statement in protect_statements("bench", "child", prefix=addresses.prefix):
            owner.execute(statement)
        owner.commit()
        owner.autocommit = True
        owner.execute("VACUUM (ANALYZE) bench.child")
