"""Whoever writes what is counted has it counted after the commit, without thinking of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.audit.models import AuditEntry
from core.indicators.stale import mark_stale, marker
from core.tenancy.door import TenantDoor

DAY = date(2018, 3, 5)


def test_a_transaction_that_marks_anything_asks_once_for_the_count(world: Any) -> None:
    asked: list[int] = []
    listener = marker(world.measures, ask=lambda session: asked.append(session.tenant_id))
    door = TenantDoor(world.door.engine, [listener], world.door.vault)
    here = world.communes[0]
    with door.tenant_session(1) as session:
        assert asked == []
        for amount in (1, 2):
            session.add(world.sighting(seen_on=DAY, commune_id=here, status="kept", amount=amount))
            session.flush()
    assert asked == [1]
    with door.tenant_session(2) as session:
        mark_stale(session, world.measures[0], [(here, DAY)])  # past the session's own rows
    assert asked == [1, 2]
    with door.tenant_session(1) as session:
        session.add(AuditEntry(tenant_id=1, action="read", subject_kind="x", classes=[]))
    assert asked == [1, 2]  # nothing counted was written


def test_what_a_savepoint_took_back_is_asked_for_again(world: Any) -> None:
    asked: list[int] = []
    listener = marker(world.measures, ask=lambda session: asked.append(session.tenant_id))
    door = TenantDoor(world.door.engine, [listener], world.door.vault)
    row = {"seen_on": DAY, "commune_id": world.communes[0], "status": "kept", "amount": 1}
    with door.tenant_session(1) as session:
        with session.begin_nested() as part:
            session.add(world.sighting(**row))
            session.flush()
            part.rollback()
        session.add(world.sighting(**row))
        session.flush()
    assert asked == [1, 1]
