"""What was read of the areas is kept for as long as they are the same, and not a moment longer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import select, text

from core.access.surroundings import look_around
from core.areas import memory
from core.areas.models import AreaVersion
from core.areas.repository import communes_within
from core.kit.clock import SystemClock

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

NOBODY = UUID(int=0)
CHANGES = (
    "UPDATE core.area SET kind = kind WHERE id = 1",
    """INSERT INTO core.area (id, level, code, name, kind, name_fold, name_sort)
    VALUES (-1, 'province', 'x', 'x', 'Tỉnh', 'x', 'x')""",
    "DELETE FROM core.area WHERE id = -1",
)


def version(connection: Connection) -> UUID:
    return connection.execute(select(AreaVersion.version)).scalar_one()


def test_every_change_of_the_areas_makes_another_version(database: TestDatabase) -> None:
    with database.owner.connect() as connection:
        seen = [version(connection)]
        for change in CHANGES:
            connection.execute(text(change))
            seen.append(version(connection))
        connection.rollback()
        assert version(connection) == seen[0]
    assert len(set(seen)) == 1 + len(CHANGES)


def test_a_question_is_asked_once_for_each_version(door: TenantDoor) -> None:
    asked: list[int] = []

    def read() -> int:
        asked.append(1)
        return len(asked)

    one, other = uuid4(), uuid4()
    with door.tenant_session(1) as session:
        told = [memory.recalled(session, "a", read) for _ in range(2)]
        memory.under(session, one)
        told += [memory.recalled(session, "a", read) for _ in range(2)]
        memory.under(session, other)
        told.append(memory.recalled(session, "a", read))
        memory.under(session, one)
        told.append(memory.recalled(session, "a", read))
    assert told == [1, 2, 3, 3, 4, 3]


def test_whoever_comes_after_a_change_sees_it(door: TenantDoor, database: TestDatabase) -> None:
    def communes(area: int) -> frozenset[int]:
        with door.tenant_session(1) as session:
            look_around(session, NOBODY, SystemClock().now())
            return communes_within(session, [area])

    with database.owner.begin() as connection:
        found = connection.execute(
            text("SELECT id, parent_id FROM core.area WHERE level = 'commune' ORDER BY id LIMIT 1")
        )
        commune, parent = found.one()
    before = communes(parent)
    assert commune in before
    assert communes(parent) is before
    move = text("UPDATE core.area SET parent_id = :to WHERE id = :id")
    with database.owner.begin() as connection:
        elsewhere = connection.execute(
            text("SELECT id FROM core.area WHERE level = 'province' AND id <> :id LIMIT 1"),
            {"id": parent},
        ).scalar_one()
        connection.execute(move, {"id": commune, "to": elsewhere})
    try:
        assert communes(parent) == before - {commune}
    finally:
        with database.owner.begin() as connection:
            connection.execute(move, {"id": commune, "to": parent})
