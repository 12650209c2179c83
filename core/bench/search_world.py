"""Provinces full of generated children, with the words by which they are found."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.bench.scratch import bare, settle
from core.db.logins import Login
from core.demo.names import ETHNICITIES, GeneratedNames
from core.kit.text import fold, name_tokens, vi_sort_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from psycopg import Connection

    from core.db.logins import DatabaseAddresses

PROVINCE: Final = 1
ANOTHER: Final = 2
IN_HOUSEHOLD: Final = 3
_NAMES: Final = 30_000
_TABLES: Final = ("core.household", "core.child", "core.child_name_token")
_TENANTS: Final = """
INSERT INTO core.tenant (id, slug, kind, name_vi, name_en) VALUES
    (1, 'do_toc_do', 'province', 'Tỉnh đo tốc độ', 'Bench Province'),
    (2, 'tinh_ben', 'province', 'Tỉnh bên', 'Province Beside')
"""
_NAME_TABLE: Final = """
CREATE SCHEMA bench;
CREATE TABLE bench.name (
    number int PRIMARY KEY, full_name text, name_sort text, folded text, tokens text[]);
GRANT USAGE ON SCHEMA bench TO PUBLIC;
GRANT SELECT ON bench.name TO PUBLIC;
"""
# Which name, commune and household a child has follows from its number, as do the ids.
_HOUSEHOLDS: Final = """
INSERT INTO core.household (
    tenant_id, id, household_code, commune_id, address, head_name, head_fold, poverty_status,
    residence_status, generated)
SELECT %(tenant)s, md5(%(tenant)s || 'household' || n)::uuid, 'HO-' || lpad(n::text, 8, '0'),
    (%(communes)s::bigint[])[n %% %(places)s + 1], 'Tổ 1 (dữ liệu minh họa)', full_name, folded,
    'unknown', 'permanent', true
FROM generate_series(0, (%(count)s - 1) / %(together)s) AS n
JOIN bench.name ON number = mod(hashint4(n + 7)::bigint + 2147483648, %(names)s)
"""
_CHILDREN: Final = """
INSERT INTO core.child (
    tenant_id, id, commune_id, child_code, full_name, name_unknown, name_sort, sex,
    date_of_birth, dob_precision, ethnicity, birth_registration, household_id, relation_to_head,
    residence_status, schooling, status, registered_on, child_until, small_until, insured_until,
    source, generated)
SELECT %(tenant)s, md5(%(tenant)s || 'child' || n)::uuid,
    (%(communes)s::bigint[])[n / %(together)s %% %(places)s + 1], 'TE-' || lpad(n::text, 8, '0'),
    full_name, false, name_sort, CASE n %% 2 WHEN 0 THEN 'male' ELSE 'female' END, born, 'day',
    'kinh', 'registered', md5(%(tenant)s || 'household' || n / %(together)s)::uuid, 'child',
    'permanent', 'primary', 'active', date '2017-01-01' + n %% 700, born + interval '16 years',
    born + interval '6 years', born + interval '6 years', 'survey', true
FROM generate_series(0, %(count)s - 1) AS n
JOIN bench.name ON number = mod(hashint4(n)::bigint + 2147483648, %(names)s),
LATERAL (SELECT date '2003-01-01' + n %% 5000 AS born) AS birth
"""
_WORDS: Final = """
INSERT INTO core.child_name_token (tenant_id, id, child_id, commune_id, token)
SELECT %(tenant)s, gen_random_uuid(), child.id, child.commune_id, token
FROM core.child
JOIN bench.name
    ON number = mod(hashint4(substr(child_code, 4)::int)::bigint + 2147483648, %(names)s),
unnest(tokens) AS token
WHERE tenant_id = %(tenant)s
"""
# All but those that keep a row from being stored twice.
_INDEXES: Final = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY (%s::regclass[]) AND NOT indisunique
"""
_SOME: Final = """
SELECT id, full_name, commune_id FROM core.child
WHERE tenant_id = %(tenant)s AND (commune_id = %(commune)s OR %(commune)s IS NULL)
ORDER BY md5(id::text) LIMIT %(count)s
"""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A child whose name is known, to be looked for."""

    id: UUID
    name: str
    commune_id: int


def make_names(addresses: DatabaseAddresses) -> None:
    """The names that the children of all provinces have, frequent ones as often as in life."""
    drawn = GeneratedNames(random.Random("bench search"))  # noqa: S311  not a secret
    with bare(addresses, Login.MIGRATOR) as owner:
        owner.execute(_TENANTS)
        owner.execute(_NAME_TABLE)
        with owner.cursor() as cursor, cursor.copy("COPY bench.name FROM STDIN") as copy:
            for number in range(_NAMES):
                ethnicity = "kinh" if number % 8 else ETHNICITIES[number // 8 % len(ETHNICITIES)]
                name = drawn.child("female" if number % 2 else "male", ethnicity)
                tokens = list(dict.fromkeys(name_tokens(name)))
                copy.write_row((number, name, vi_sort_key(name), fold(name), tokens))
        owner.commit()


def fill_province(
    addresses: DatabaseAddresses, tenant: int, communes: Sequence[int], count: int
) -> None:
    """So many children, three in each household, spread evenly over the communes."""
    values = {
        "tenant": tenant,
        "communes": list(communes),
        "places": len(communes),
        "count": count,
        "together": IN_HOUSEHOLD,
        "names": _NAMES,
    }
    with bare(addresses, Login.MIGRATOR) as owner:
        owner.autocommit = True
        # built again when the rows are in, which takes a fraction of keeping them up meanwhile
        indexes = owner.execute(_INDEXES, [list(_TABLES)]).fetchall()
        for name, _ in indexes:
            owner.execute(f"DROP INDEX {name}")
        with bare(addresses, Login.RUNTIME) as runtime:
            for statement in (_HOUSEHOLDS, _CHILDREN, _WORDS):
                _as_tenant(runtime, tenant)
                runtime.execute(statement, values)
                runtime.commit()
        owner.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            owner.execute(definition)
        for table in _TABLES:
            owner.execute(f"VACUUM (ANALYZE) {table}")
    settle(addresses)


def some_children(
    addresses: DatabaseAddresses, count: int, commune: int | None = None
) -> list[Labelled]:
    """Children of the measured province, in an order that has nothing to do with their names."""
    with bare(addresses, Login.RUNTIME) as runtime:
        _as_tenant(runtime, PROVINCE)
        values = {"tenant": PROVINCE, "commune": commune, "count": count}
        return [Labelled(*row) for row in runtime.execute(_SOME, values)]


def _as_tenant(connection: Connection[Any], tenant: int) -> None:
    connection.execute(f"SET LOCAL app.tenant = '{tenant:d}'")
