"""``annhi account invite``: the way in for the first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from core.cli import app
from core.identity.links import set_password_by_link
from core.identity.repository import account_view
from core.kit.clock import SystemClock
from core.testing.database import TEST_KEYS, TEST_PREFIX, TEST_SECRET, admin_url
from tests.core.identity.conftest import TENANT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

COMMAND = ["account", "invite", "--tenant", "tinh-mot", "--name", "Quản Trị Đầu Tiên"]


def test_the_first_administrator_comes_in_by_a_link_that_the_operator_prints(
    database: TestDatabase, door: TenantDoor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in {
        "ANNHI_HOME": str(tmp_path),
        "ANNHI_SECRET": TEST_SECRET,
        "ANNHI_KEYS": TEST_KEYS,
        "ANNHI_DATABASE": database.addresses.database,
        "ANNHI_LOGIN_PREFIX": TEST_PREFIX,
        "DATABASE_URL": admin_url(),
    }.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(app, [*COMMAND, "quan.tri"])
    assert done.exit_code == 0, done.output
    _, _, purpose, token = done.output.strip().splitlines()[-1].split("/")
    now = SystemClock().now()
    with door.tenant_session(TENANT) as session:
        account = set_password_by_link(
            session, token, purpose, "con mèo nhỏ ngủ trên mái nhà", now=now
        )
        assert [given.role for given in account_view(session, account).grants] == ["province_admin"]
    foreign = CliRunner().invoke(app, [*COMMAND, "khac", "--role", "ministry_admin"])
    assert foreign.exit_code == 1
