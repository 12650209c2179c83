"""``annhi audit``: what an operator runs, over a database of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from core.audit.canonical import AuditKeys
from core.cli import app
from core.testing.database import TEST_KEYS, TEST_PREFIX, TEST_SECRET, admin_url
from tests.core.audit.conftest import Log

if TYPE_CHECKING:
    from pathlib import Path

OURS = AuditKeys.derived_from(TEST_SECRET)


@pytest.fixture
def annhi(log: Log, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Runs a command over the log's database, sealed anew with the installation's own key."""
    log.tamper("DELETE FROM core.audit_seal")
    for tenant_id in (1, 2):
        Log(log.database, log.door, tenant_id).seal(OURS)
    for name, value in {
        "ANNHI_HOME": str(tmp_path),
        "ANNHI_SECRET": TEST_SECRET,
        "ANNHI_KEYS": TEST_KEYS,
        "ANNHI_DATABASE": log.database.addresses.database,
        "ANNHI_LOGIN_PREFIX": TEST_PREFIX,
        "DATABASE_URL": admin_url(),
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(app, ["audit", *words])


def test_verify_ends_well_and_names_the_tenants(annhi: Any) -> None:
    done = annhi("verify")
    assert done.exit_code == 0, done.output
    assert "tinh_mot: 1 seals, all is well" in done.output


def test_verify_ends_with_one_and_names_tenant_seal_and_kind(annhi: Any, log: Log) -> None:
    entry = log.entry(1)
    log.tamper("DELETE FROM core.audit_entry WHERE id = :id", id=entry)
    done = annhi("verify", "--json")
    assert done.exit_code == 1
    tenants = {each["tenant"]: each for each in json.loads(done.output)["tenants"]}
    assert tenants["tinh_mot"]["faults"] == [
        {"kind": "entry_deleted", "seal": 1, "entry": str(entry)}
    ]
    assert tenants["tinh_hai"]["faults"] == []
    assert f"tinh_mot: seal 1: an entry was deleted (entry_deleted, entry {entry})" in (
        annhi("verify", "--tenant", "tinh-mot").output
    )


def test_a_kept_head_finds_a_cut_off_end_and_a_lost_tenant(
    annhi: Any, log: Log, tmp_path: Path
) -> None:
    kept = json.loads(annhi("head", "--json").output)
    assert [line["tenant"] for line in kept["heads"]] == ["tinh_hai", "tinh_mot"]
    kept["heads"].append({"tenant": "tinh_bon", "number": 4, "hash": "00"})
    file = tmp_path / "heads.json"
    file.write_text(json.dumps(kept), encoding="utf-8")
    for table in ("entry", "seal"):
        log.tamper(f"DELETE FROM core.audit_{table} WHERE tenant_id = 1")  # noqa: S608  two tables
    assert annhi("verify").exit_code == 0
    done = annhi("verify", "--head", str(file))
    assert done.exit_code == 1
    assert "tinh_mot: seal 1: the end was cut off" in done.output
    assert "tinh_bon: seal 4: the end was cut off" in done.output
    assert "tinh_hai: 1 seals, all is well" in done.output


def test_seal_seals_what_is_waiting(annhi: Any, log: Log) -> None:
    log.read(1)
    log.wait_for_others()
    assert "1 entries are not sealed yet" in annhi("verify", "--tenant", "tinh_mot").output
    assert "tinh_mot: 1 new seals" in annhi("seal", "--tenant", "tinh_mot").output
    assert "not sealed yet" not in annhi("verify", "--tenant", "tinh_mot").output
