"""Re-sealing step by step: everything is moved, nothing is lost, and what does not open is told."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from core.rekeying.repository import sealed_tables
from core.rekeying.service import Position, count_by_key, faults, reseal
from core.vault.errors import VaultError
from core.vault.keys import fresh_ring
from core.vault.sealing import Vault
from tests.core.vault.notices import SCHEMA, Notice, put_bytes, store, stored_bytes

if TYPE_CHECKING:
    from core.tenancy.door import TenantDoor
    from core.vault.key_file import KeyFile
    from tests.core.rekeying.conftest import Installation


def reseal_all(door: TenantDoor, tenant: int = 1, limit: int = 200) -> int:
    """Every step in its own transaction; how many values were moved."""
    done, position = 0, Position()
    while True:
        with door.tenant_session(tenant) as session:
            step = reseal(session, position, limit=limit)
        done += step.resealed
        if step.next is None:
            return done
        position = step.next


def counted(door: TenantDoor, tenant: int = 1) -> dict[int, int]:
    with door.tenant_session(tenant, read_only=True) as session:
        return dict(count_by_key(session))


def value(door: TenantDoor, row: UUID, tenant: int = 1) -> str | None:
    with door.tenant_session(tenant, read_only=True) as session:
        return session.get_one(Notice, (tenant, row)).informant


def use_new_key(file: KeyFile) -> None:
    file.write(file.read().with_new().led_by(2))


def test_the_tables_are_found_in_the_database_itself(installation: Installation) -> None:
    with installation.process().tenant_session(1) as session:
        tables = {table.full_name: table for table in sealed_tables(session)}
    assert tables[f"{SCHEMA}.notice"].columns == ("child", "informant", "phone", "secret")


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_every_value_of_the_tenant_is_moved_and_none_of_another(
    installation: Installation, limit: int
) -> None:
    door = installation.process()
    rows = {
        store(door, informant=f"Người {n}", phone=str(n) if n % 2 else None): n for n in range(10)
    }
    child = uuid4()
    mixed = store(door, child=child, secret=b"\x00")
    theirs = store(door, 2, informant="khác")
    assert counted(door) == {1: 17}
    use_new_key(installation.file)
    assert reseal_all(door, limit=limit) == 17
    assert (counted(door), counted(door, 2)) == ({2: 17}, {1: 1})
    assert {row: value(door, row) for row in rows} == {r: f"Người {n}" for r, n in rows.items()}
    assert value(door, theirs, 2) == "khác"
    with door.tenant_session(1, read_only=True) as session:
        found = session.get_one(Notice, (1, mixed))
        assert (found.child, found.secret, found.informant) == (child, b"\x00", None)
    assert reseal_all(door) == 0


def test_it_goes_on_where_it_was_interrupted(installation: Installation) -> None:
    door = installation.process()
    for number in range(10):
        store(door, informant=str(number))
    use_new_key(installation.file)
    with suppress(KeyboardInterrupt), door.tenant_session(1) as session:
        assert reseal(session, Position(), limit=4).resealed == 4
        raise KeyboardInterrupt
    assert counted(door) == {1: 10}
    with door.tenant_session(1) as session:
        assert reseal(session, Position(), limit=4).resealed == 4
    assert reseal_all(door) == 6


def test_a_value_that_is_changed_in_the_meantime_stays_as_it_was_changed(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = installation.process()
    row = store(door, informant="cũ")
    use_new_key(installation.file)
    seal = Vault.seal

    def slow(*given: object) -> bytes:
        monkeypatch.setattr(Vault, "seal", seal)
        with installation.process().tenant_session(1) as session:
            session.get_one(Notice, (1, row)).informant = "mới"
        return seal(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Vault, "seal", slow)
    with door.tenant_session(1) as session:
        assert reseal(session, Position()).resealed == 0
    assert value(door, row) == "mới"


def test_a_value_that_does_not_open_stops_it_and_is_told(installation: Installation) -> None:
    door = installation.process()
    row, other = store(door, informant="một"), store(door, informant="hai")
    assert list_of_faults(door) == []
    put_bytes(door, row, "informant", stored_bytes(door, other, "informant"))
    put_bytes(door, other, "informant", None)
    assert len(list_of_faults(door)) == 1
    use_new_key(installation.file)
    with pytest.raises(VaultError, match="does not open"):
        reseal_all(door)


def test_a_lost_key_is_told_with_what_it_sealed(installation: Installation) -> None:
    store(installation.process(), informant="một", phone="1")
    installation.file.write(fresh_ring().with_new().without(1))
    (fault,) = list_of_faults(installation.process())
    assert "2 values are sealed with key 1, which is not in the key ring" in fault
    installation.file.write(fresh_ring())
    (fault,) = list_of_faults(installation.process())
    assert "do not open with key 1" in fault


def list_of_faults(door: TenantDoor) -> list[str]:
    with door.tenant_session(1, read_only=True) as session:
        return faults(session)
