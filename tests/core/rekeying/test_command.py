"""``annhi keys``: what an operator does, and what he is kept from."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from core.kit.errors import ConfigurationError, ConflictError
from core.tenancy.door import TenantDoor
from core.vault.key_file import KeyFile
from core.vault.sealing import Vault
from tests.core.vault.notices import Notice, store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.rekeying.conftest import Installation

KEY = re.compile(r"[A-Za-z0-9+/]{43}=")


def listed(installation: Installation) -> list[dict[str, Any]]:
    done = installation.annhi("keys", "list", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output)["keys"]  # type: ignore[no-any-return]


def test_a_key_goes_in_to_the_front_and_out_and_no_value_is_lost(
    installation: Installation,
) -> None:
    door = installation.process()
    rows = [store(door, tenant, informant="Người Thử", phone="1") for tenant in (1, 2)]
    assert "annhi keys rotate" in run(installation, "new")
    assert [(k["key"], k["current"], k["values"]) for k in listed(installation)] == [
        (1, True, 4),
        (2, False, 0),
    ]
    with pytest.raises(ConflictError, match="is the current one"):
        run(installation, "retire", "1")
    run(installation, "rotate")
    assert [(k["key"], k["current"], k["values"]) for k in listed(installation)] == [
        (1, False, 0),
        (2, True, 4),
    ]
    run(installation, "retire", "1")
    assert installation.file.read().numbers == (2,)
    for tenant, row in zip((1, 2), rows, strict=True):
        with installation.process().tenant_session(tenant) as session:
            assert session.get_one(Notice, (tenant, row)).informant == "Người Thử"


def test_a_key_that_is_in_use_is_not_retired(installation: Installation) -> None:
    store(installation.process(), 3, informant="Người Thử", phone="1")
    installation.file.write(installation.file.read().with_new().led_by(2))
    with pytest.raises(ConflictError, match="2 values are still sealed with key 1"):
        run(installation, "retire", "1")
    assert installation.file.read().numbers == (2, 1)


def test_retiring_waits_for_whoever_is_still_writing_with_the_old_key(
    installation: Installation,
) -> None:
    late = TenantDoor(installation.database.runtime, vault=Vault(installation.file.read()))
    installation.file.write(installation.file.read().with_new().led_by(2))
    with ThreadPoolExecutor(1) as thread:
        with late.tenant_session(1) as session:
            session.add(Notice(informant="Người Thử"))
            session.flush()
            retiring = thread.submit(run, installation, "retire", "1")
            wait_until_blocked(installation)
        with pytest.raises(ConflictError, match="1 values are still sealed with key 1"):
            retiring.result(30)
    assert installation.file.read().numbers == (2, 1)


def wait_until_blocked(installation: Installation) -> None:
    deadline = time.monotonic() + 30
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'relation'"
    while True:
        with installation.database.admin.connect() as admin:
            if admin.exec_driver_sql(waiting).scalar_one():
                return
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_in_the_background_the_workers_are_asked(installation: Installation) -> None:
    run(installation, "new")
    assert "The workers re-seal" in run(installation, "rotate", "--background")
    with installation.database.admin.connect() as admin:
        kinds = admin.exec_driver_sql("SELECT message->>'actor_name' FROM jobs.queue").all()
    assert kinds == [("vault.reseal",)] * 3


def test_the_first_key_is_made_where_the_environment_names_a_file(
    installation: Installation, tmp_path: Path
) -> None:
    installation.environment["ANNHI_KEYS_FILE"] = str(tmp_path / "elsewhere" / "ring")
    with pytest.raises(ConfigurationError, match="is missing"):
        run(installation, "list")
    run(installation, "new")
    file = KeyFile(tmp_path / "elsewhere" / "ring")
    assert file.read().numbers == (1,)
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_the_doctor_tells_a_lost_key(installation: Installation) -> None:
    store(installation.process(), informant="Người Thử")
    installation.file.write(installation.file.read().with_new().without(1))
    told = installation.annhi("doctor", "--json")
    assert "1 values are sealed with key 1, which is not in the key ring" in told.output
    assert told.exit_code == 1
    installation.file.path.chmod(0o644)
    assert "may read the key file" in installation.annhi("doctor").output


def test_without_keys_nothing_starts(installation: Installation) -> None:
    del installation.environment["ANNHI_KEYS_FILE"]
    with pytest.raises(ConfigurationError, match="There are no keys for the sealed columns"):
        run(installation, "list")


def run(installation: Installation, *words: str) -> str:
    done = installation.annhi("keys", *words)
    if isinstance(done.exception, Exception):
        raise done.exception
    assert not KEY.search(done.output)
    return str(done.output)
