"""A province with as many generated children as a bench asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.bench.scratch import bare
from core.db.logins import Login

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.db.logins import DatabaseAddresses

# Spread evenly over the communes of a province; each was entered a second after the one before.
_CHILDREN: Final = """
INSERT INTO core.child (
    tenant_id, id, commune_id, child_code, full_name, name_unknown, name_sort, sex,
    date_of_birth, dob_precision, ethnicity, birth_registration, relation_to_head,
    residence_status, schooling, status, registered_on, child_until, small_until, insured_until,
    source, generated, created_at)
SELECT %(tenant)s, md5(n::text)::uuid, (%(communes)s::bigint[])[n %% %(places)s + 1],
    'TE' || lpad(n::text, 10, '0'), 'Trẻ em ' || n, false, left(md5('name ' || n), 16),
    CASE n %% 2 WHEN 0 THEN 'male' ELSE 'female' END, born, 'day', 'kinh', 'registered',
    'no_household', 'permanent', 'primary', 'active', date '2017-01-01' + n %% 700,
    born + interval '16 years', born + interval '6 years', born + interval '6 years', 'survey',
    true, timestamptz '2017-01-01' + n * interval '1 second'
FROM generate_series(1, %(count)s) AS n,
    LATERAL (SELECT date '2003-01-01' + n %% 5000 AS born) AS birth
"""


def store_children(
    addresses: DatabaseAddresses, tenant: int, communes: Sequence[int], count: int
) -> None:
    """So many children in the communes of one tenant, and the database's notes on them."""
    values = {
        "tenant": tenant,
        "communes": list(communes),
        "places": len(communes),
        "count": count,
    }
    with bare(addresses, Login.RUNTIME) as runtime:
        runtime.execute(f"SET LOCAL app.tenant = '{tenant:d}'")
        runtime.execute(_CHILDREN, values)
        runtime.commit()
    with bare(addresses, Login.MIGRATOR) as owner:
        owner.autocommit = True
        owner.execute("VACUUM (ANALYZE) core.child")
