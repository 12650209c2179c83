"""What the tenant session adds to the same SELECT in bare psycopg."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, text

from core.areas.models import COMMUNE, Area
from core.bench.measure import Ratio, alternate, ratio_of, timed
from core.bench.scratch import bare
from core.db.engine import make_engine, runtime_engine
from core.db.logins import Login
from core.kit.text import vi_sort_key
from core.register.models import Child
from core.register.service import PAGE, list_children
from core.tenancy.door import TenantDoor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any
    from uuid import UUID

    from psycopg import Connection

    from core.db.logins import DatabaseAddresses

TENANT = 1
CHILDREN = 500
READ_GOAL = 2.5
LIST_GOAL = 3.0

_COLUMNS = "id, child_code, sex, date_of_birth, schooling, commune_id, status"
_ONE = f"SELECT {_COLUMNS} FROM core.child WHERE tenant_id = %s AND id = %s"  # noqa: S608  constants
_LIST = (
    f"SELECT {_COLUMNS} FROM core.child WHERE tenant_id = %s "  # noqa: S608  constants
    "ORDER BY name_sort, id LIMIT %s"
)


# Built once, as our repositories do for what is read most.
_RECORD = select(
    Child.id,
    Child.child_code,
    Child.sex,
    Child.date_of_birth,
    Child.schooling,
    Child.commune_id,
    Child.status,
).where(Child.tenant_id == bindparam("tenant"), Child.id == bindparam("child"))


@dataclass(frozen=True, slots=True)
class _Sides:
    """One row read by both sides, each on a connection that is already open."""

    door: TenantDoor
    floor: Connection[Any]
    child_id: UUID

    def read_bare(self) -> object:
        self.floor.execute(f"SET LOCAL app.tenant = '{TENANT}'")
        row = self.floor.execute(_ONE, (TENANT, self.child_id)).fetchone()
        self.floor.commit()
        return row

    def read(self) -> object:
        with self.door.tenant_session(TENANT) as session:
            keys = {"tenant": session.tenant_id, "child": self.child_id}
            return session.execute(_RECORD, keys).one()

    def list_bare(self) -> object:
        self.floor.execute(f"SET LOCAL app.tenant = '{TENANT}'")
        rows = self.floor.execute(_LIST, (TENANT, PAGE)).fetchall()
        self.floor.commit()
        return rows

    def list_ours(self) -> object:
        with self.door.tenant_session(TENANT) as session:
            return list_children(session)


def session_ratios(addresses: DatabaseAddresses, *, rounds: int, calls: int) -> list[Ratio]:
    """A record by its key and a page of children, each in a transaction of its own."""
    _fill(addresses)
    with _opened(addresses) as sides, bare(addresses, Login.RUNTIME) as naked:

        def read_without_begin() -> object:
            return naked.execute(_ONE, (TENANT, sides.child_id)).fetchone()

        naked.autocommit = True
        naked.execute(f"SET app.tenant = '{TENANT}'")
        measures = (
            ("record_read", sides.read_bare, sides.read, READ_GOAL),
            ("list_of_50", sides.list_bare, sides.list_ours, LIST_GOAL),
            ("record_read_without_begin", read_without_begin, sides.read, None),
        )
        return [
            ratio_of(
                name,
                list(alternate(timed(floor), timed(ours), rounds=rounds, calls=calls)),
                goal=goal,
            )
            for name, floor, ours, goal in measures
        ]


@contextmanager
def _opened(addresses: DatabaseAddresses) -> Iterator[_Sides]:
    engine = runtime_engine(addresses)
    door = TenantDoor(engine)
    try:
        with door.tenant_session(TENANT) as session:
            child_id = session.scalars(
                select(Child.id).where(Child.tenant_id == TENANT).limit(1)
            ).one()
        with bare(addresses, Login.RUNTIME) as floor:
            yield _Sides(door, floor, child_id)
    finally:
        engine.dispose()


def _fill(addresses: DatabaseAddresses) -> None:
    """One province with children; generated, of no real person."""
    make_tenant(addresses)
    runtime = runtime_engine(addresses)
    try:
        with TenantDoor(runtime).tenant_session(TENANT) as session:
            commune = session.scalars(select(Area.id).where(Area.level == COMMUNE).limit(1)).one()
            session.add_all(_child(number, commune) for number in range(CHILDREN))
    finally:
        runtime.dispose()


def make_tenant(addresses: DatabaseAddresses) -> None:
    """The bench's own province, empty."""
    owner = make_engine(addresses.url(Login.MIGRATOR))
    try:
        with owner.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO core.tenant (id, slug, kind, name_vi, name_en) "
                    "VALUES (:id, 'bench', 'province', 'Đo tốc độ', 'Bench')"
                ),
                {"id": TENANT},
            )
    finally:
        owner.dispose()


def _child(number: int, commune: int) -> Child:
    name = f"Trẻ em {number:04d}"
    return Child(
        commune_id=commune,
        full_name=name,
        name_sort=vi_sort_key(name),
        sex="female",
        date_of_birth=date(2010, 1, 1),
        dob_precision="day",
        ethnicity="kinh",
        birth_registration="registered",
        relation_to_head="child",
        residence_status="permanent",
        schooling="primary",
        registered_on=date(2017, 1, 1),
        source="survey",
        generated=True,
    )
