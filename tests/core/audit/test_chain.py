"""The chain of seals: whatever is done to the log afterwards is found and named."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import ProgrammingError

from core.audit import repository
from core.audit.canonical import NOTHING_BEFORE, AuditKeys, seal_hash
from core.audit.models import AuditSeal
from core.audit.sealing import seal_next, unsealed
from core.audit.service import Action, record
from core.audit.verifying import Fault, FaultKind
from core.migrations.runner import CORE_CHAIN, drift
from core.tenancy.catalogue_lint import lint
from tests.core.audit.conftest import ACCOUNT, KEYS, NOW, Log, Trial

if TYPE_CHECKING:
    from core.testing.database import TestDatabase

SWAP = """
    UPDATE core.audit_entry AS one SET account_id = two.account_id, at = two.at,
        subject_id = two.subject_id, transaction_id = two.transaction_id
    FROM core.audit_entry AS two
    WHERE (one.id = :first AND two.id = :second) OR (one.id = :second AND two.id = :first)
"""
INSERT = """
    INSERT INTO core.audit_entry
        (tenant_id, id, at, action, subject_kind, classes, server_id, transaction_id)
    SELECT tenant_id, gen_random_uuid(), at, action, subject_kind, classes, server_id,
        transaction_id
    FROM core.audit_entry WHERE id = :first
"""


def test_an_untouched_log_has_no_fault(sealed_log: Log) -> None:
    end = sealed_log.head()
    assert end.number == 3
    assert sealed_log.faults(end) == []


def test_entries_that_are_not_sealed_yet_are_counted_and_no_fault(log: Log) -> None:
    log.read(2)
    assert log.faults() == []
    with log.door.tenant_session(1, read_only=True) as session:
        waiting = unsealed(session)
    assert waiting.count == 2
    assert waiting.oldest is not None


def test_an_edited_entry_is_named(trial: Trial) -> None:
    entry = trial.entry(2)
    assert trial.tamper("UPDATE core.audit_entry SET action = 'list' WHERE id = :id", id=entry) == 1
    assert trial.faults() == [Fault(FaultKind.ENTRY_EDITED, 2, entry)]


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "account_id = NULL",
        "subject_kind = 'household'",
        "subject_id = NULL",
        "classes = '{}'",
        "reason = ''",
    ],
)
def test_no_column_of_an_entry_can_be_changed_unseen(trial: Trial, change: str) -> None:
    trial.tamper(f"UPDATE core.audit_entry SET {change} WHERE id = :id", id=trial.entry(1))  # noqa: S608  from the list above
    assert trial.kinds() == {FaultKind.ENTRY_EDITED}


def test_a_deleted_entry_is_named(trial: Trial) -> None:
    entry = trial.entry(2)
    assert trial.tamper("DELETE FROM core.audit_entry WHERE id = :id", id=entry) == 1
    assert trial.faults() == [Fault(FaultKind.ENTRY_DELETED, 2, entry)]


def test_two_swapped_entries_are_named(trial: Trial) -> None:
    first, second = trial.entry(2), trial.entry(2, "last_entry")
    assert trial.tamper(SWAP, first=first, second=second) == 2
    assert trial.kinds() == {FaultKind.ENTRY_SWAPPED}
    assert {fault.entry_id for fault in trial.faults()} == {first, second}


def test_an_entry_put_in_afterwards_is_found(trial: Trial) -> None:
    assert trial.tamper(INSERT, first=trial.entry(2)) == 1
    (fault,) = trial.faults()
    assert (fault.kind, fault.seal) == (FaultKind.ENTRY_INSERTED, 2)


def test_entries_cut_off_under_their_seals_are_found(trial: Trial) -> None:
    last = trial.entry(trial.kept.number, "last_entry")
    trial.tamper("DELETE FROM core.audit_entry WHERE id = :id", id=last)
    assert trial.kinds() == {FaultKind.ENTRY_DELETED}


def test_an_end_cut_off_with_its_seals_is_found_with_the_head_alone(trial: Trial) -> None:
    kept = trial.kept
    trial.tamper(
        "DELETE FROM core.audit_entry WHERE tenant_id = 1 AND transaction_id >= "
        "(SELECT from_transaction FROM core.audit_seal WHERE tenant_id = 1 AND number = 2)"
    )
    trial.tamper("DELETE FROM core.audit_seal WHERE tenant_id = 1 AND number >= 2")
    assert trial.faults() == []
    assert trial.faults(kept) == [Fault(FaultKind.END_CUT_OFF, 3)]


def test_a_missing_seal_is_named(trial: Trial) -> None:
    trial.tamper("DELETE FROM core.audit_seal WHERE tenant_id = 1 AND number = 2")
    assert trial.faults() == [Fault(FaultKind.SEAL_MISSING, 2)]


def test_an_edited_seal_is_found(trial: Trial) -> None:
    trial.tamper(
        "UPDATE core.audit_seal SET sealed_at = :at WHERE tenant_id = 1 AND number = 2",
        at=NOW + timedelta(days=1),
    )
    assert trial.faults() == [Fault(FaultKind.SEAL_EDITED, 2)]


def _seal_everything_anew(log: Log, keys: AuditKeys) -> None:
    log.tamper("DELETE FROM core.audit_entry WHERE id = :id", id=log.entry(2))
    log.tamper("DELETE FROM core.audit_seal WHERE tenant_id = 1")
    log.seal(keys, most=3)


def test_a_chain_sealed_anew_with_another_key_is_found(log: Log) -> None:
    _seal_everything_anew(log, AuditKeys.derived_from("what a thief has"))
    assert log.kinds() == {FaultKind.SIGNATURE_WRONG}


def test_a_chain_sealed_anew_with_our_own_key_is_found_with_the_head(log: Log) -> None:
    kept = log.head()
    _seal_everything_anew(log, KEYS)
    assert log.kinds() == set()
    assert log.kinds(kept) <= {FaultKind.OTHER_HISTORY, FaultKind.END_CUT_OFF}
    assert log.kinds(kept)


def test_the_chain_of_another_tenant_is_not_touched(trial: Trial) -> None:
    trial.tamper("DELETE FROM core.audit_entry WHERE tenant_id = 1")
    assert trial.faults()
    assert trial.faults(tenant_id=2) == []


def test_an_entry_whose_request_ends_late_is_sealed_later_and_not_lost(log: Log) -> None:
    with log.door.tenant_session(1) as late:
        record(late, ACCOUNT, Action.READ, subject_kind="late")
        log.read(2)
        with log.door.tenant_session(1) as session:
            sealed_too_early = seal_next(session, KEYS, NOW)
    assert sealed_too_early is None
    log.seal()
    assert log.faults() == []
    with log.door.tenant_session(1, read_only=True) as session:
        assert unsealed(session).count == 0


def test_a_range_never_ends_within_a_transaction(log: Log) -> None:
    before = log.head().number
    with log.door.tenant_session(1) as session:
        for _ in range(5):
            record(session, ACCOUNT, Action.WRITE, subject_kind="child")
    log.read(1)
    log.seal(most=2)
    assert log.faults() == []
    with log.door.tenant_session(1, read_only=True) as session:
        counts = session.scalars(
            select(AuditSeal.entry_count)
            .where(AuditSeal.tenant_id == 1, AuditSeal.number > before)
            .order_by(AuditSeal.number)
        ).all()
    assert counts == [5, 1]


def test_two_workers_at_once_make_one_chain(log: Log) -> None:
    log.read(30)
    failed: list[BaseException] = []
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        try:
            log.seal(most=2)
        except BaseException as error:  # noqa: BLE001  told to the test
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert log.faults() == []


def test_a_log_restored_on_another_server_goes_on(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transactions of the new server begin at a low number again."""
    log.read(2)  # not sealed when the copy was taken
    elsewhere = "UPDATE core.audit_{} SET server_id = server_id + 1"
    # as if all of it had been written on another server; sealed again under that number
    log.tamper("DELETE FROM core.audit_seal WHERE tenant_id = 1")
    log.tamper(elsewhere.format("entry"))
    log.read(2)
    log.seal()
    assert log.faults() == []
    with log.door.tenant_session(1, read_only=True) as session:
        assert unsealed(session).count == 0
        assert len(repository.sealed_until(session)) == 2


def test_a_later_visit_to_a_former_server_is_sealed_too(log: Log) -> None:
    other = "UPDATE core.audit_entry SET server_id = server_id + 1 WHERE id = :id"
    log.read(1)
    log.seal()
    log.tamper("DELETE FROM core.audit_seal WHERE tenant_id = 1")
    log.tamper(other, id=_newest(log))
    log.seal()
    log.read(1)
    log.seal()
    assert log.faults() == []
    assert log.head().number >= 3


def _newest(log: Log) -> object:
    with log.door.tenant_session(1, read_only=True) as session:
        return repository.latest_entries(session, subject_id=None, after=None, limit=1)[0].id


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal"])
@pytest.mark.parametrize("command", ["UPDATE core.{} SET id = id", "DELETE FROM core.{}"])
def test_runtime_login_can_neither_change_nor_delete(
    sealed_log: Log, table: str, command: str
) -> None:
    statement = text(f"{command.format(table)} WHERE tenant_id = :tenant_id")
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        sealed_log.door.tenant_session(1) as session,
    ):
        session.execute(statement, {"tenant_id": 1})


def test_table_of_seals_is_what_the_model_says(database: TestDatabase) -> None:
    with database.owner.connect() as connection:
        found = [line for line in drift(connection, CORE_CHAIN) if "audit" in line]
        assert found == []
        holes = lint(connection, prefix=database.addresses.prefix)
    assert [hole for hole in holes if "audit" in hole.object] == []


def test_keys_are_never_shown() -> None:
    key = KEYS.by_number[KEYS.current]
    assert key.hex() not in repr(KEYS)
    assert repr(key) not in repr(KEYS)


def test_first_seal_follows_nothing(sealed_log: Log) -> None:
    with sealed_log.door.tenant_session(1, read_only=True) as session:
        first = repository.seal_by_number(session, 1)
    assert first is not None
    assert (first.previous_hash, first.hash) == (NOTHING_BEFORE, seal_hash(first))


MANY = """
    INSERT INTO core.audit_entry (tenant_id, id, action, subject_kind, subject_id, classes)
    SELECT 3, gen_random_uuid(), 'read', 'child', gen_random_uuid(), ARRAY['personal']
    FROM generate_series(1, :many)
"""


def test_fifty_thousand_entries_are_verified_as_a_stream(log: Log) -> None:
    many = Log(log.database, log.door, tenant_id=3)
    for _ in range(10):
        many.tamper(MANY, many=5000)
    many.seal()
    streamed: list[bool] = []

    def note(*arguments: Any) -> None:
        context = arguments[4]
        if "ORDER BY core.audit_" in arguments[2] and "LIMIT" not in arguments[2]:
            streamed.append(context._is_server_side)

    event.listen(log.door.engine, "before_cursor_execute", note)
    assert many.faults() == []
    assert streamed == [True, True]  # the seals and, for all of them together, the entries
    with log.door.tenant_session(3, read_only=True) as session:
        counts = session.scalars(
            select(AuditSeal.entry_count).where(AuditSeal.tenant_id == session.tenant_id)
        ).all()
    assert sum(counts) == 50_000
    assert len(counts) == 10
