"""``annhi provider …`` and ``annhi machine …``: complete, told in plain words, written down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from core.kit.errors import PlatformError
from tests.end_to_end.serving import over, run
from tests.federation.conftest import MOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    from core.testing.database import TestDatabase
    from tests.federation.site import Site

    Command = Callable[..., CompletedProcess[str]]

pytestmark = pytest.mark.slow

TENANT = ("--tenant", "tinh_mot")
DECLARED = (
    "provider",
    "add",
    "khac",
    *TENANT,
    "--issuer",
    "https://id.example.org",
    "--client-id",
    "an-nhi",
    "--name-vi",
    "Cổng của tỉnh",
    "--name-en",
    "The province's gate",
)


@pytest.fixture(scope="module")
def command(database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A command to its end, over the test database."""
    home: Path = tmp_path_factory.mktemp("commands")
    env = over(database, home) | {
        "ANNHI_PUBLIC_URL": "https://an-nhi.example.org",
        "ANNHI_PROVIDER_SECRET_TINH_MOT_KHAC": "very secret",
    }
    return lambda *arguments: run(list(arguments), env, home)


def test_a_provider_is_declared_listed_switched_and_unlinked(command: Command, site: Site) -> None:
    site.account(MOT, "hoa")
    added = command(*DECLARED)
    assert added.returncode == 0, added.stderr
    assert "https://an-nhi.example.org/sign-in/with/tinh-mot/khac/answer" in added.stdout
    assert "ANNHI_PROVIDER_SECRET_TINH_MOT_KHAC" in added.stdout
    assert command(*DECLARED).returncode == 1
    assert command("provider", "off", "khac", *TENANT).returncode == 0
    listed = command("provider", "list", *TENANT, "--json")
    (line,) = json.loads(listed.stdout)
    assert (line["on"], line["secret_given"]) == (False, True)
    assert "very secret" not in listed.stdout
    assert command("provider", "on", "khac", *TENANT).returncode == 0
    unlinked = command("provider", "unlink", "khac", "hoa", *TENANT)
    assert "was not linked" in unlinked.stdout


@pytest.mark.parametrize("issuer", ["http://id.example.org", "https://", "file:///x", "id"])
def test_an_issuer_must_be_asked_over_tls(site: Site, issuer: str) -> None:
    with pytest.raises(PlatformError):
        site.declare(MOT, "khac_nua", issuer)


def test_a_program_is_added_listed_renewed_and_revoked(
    command: Command, database: TestDatabase
) -> None:
    added = command(
        "machine",
        "add",
        "Phần mềm báo cáo",
        *TENANT,
        "--role",
        "province_officer",
        "--scope",
        "core.report.build",
        "--json",
    )
    assert added.returncode == 0, added.stderr
    made = json.loads(added.stdout)
    listed = command("machine", "list", *TENANT)
    assert made["client_id"] in listed.stdout
    assert made["client_secret"] not in listed.stdout
    renewed = json.loads(command("machine", "renew", made["client_id"], *TENANT, "--json").stdout)
    assert renewed["client_secret"] != made["client_secret"]
    assert command("machine", "revoke", made["client_id"], *TENANT).returncode == 0
    assert "revoked" in command("machine", "list", *TENANT).stdout
    with database.admin.connect() as connection:
        noted = connection.scalar(
            text(
                "SELECT string_agg(action, ' ' ORDER BY at) FROM core.audit_entry "
                "WHERE subject_kind = 'core.machine'"
            )
        )
    assert noted == "grant write revoke"


def test_a_role_may_be_bounded_to_one_area_and_one_programme(
    command: Command, database: TestDatabase
) -> None:
    area = ("core.area", "level = 'commune' AND valid_to IS NOT NULL")
    with database.admin.connect() as connection:
        row = connection.execute(
            text(f"SELECT id, code, valid_to FROM {area[0]} WHERE {area[1]} LIMIT 1")  # noqa: S608
        ).one()
    added = command(
        "machine",
        "add",
        "Phần mềm của xã",
        *TENANT,
        "--role",
        f"commune_worker:{row.code}@child_labour",
        "--scope",
        "core.child.read",
        "--on",
        row.valid_to.isoformat(),
    )
    assert added.returncode == 0, added.stderr
    with database.admin.connect() as connection:
        found = connection.execute(
            text("SELECT area_id, programmes FROM core.role_grant WHERE role = 'commune_worker'")
        ).one()
    assert tuple(found) == (row.id, ["child_labour"])


@pytest.mark.parametrize(
    ("role", "scope", "said"),
    [
        ("province_officer", "core.nothing.at_all", "None of the roles has"),
        ("nobody", "core.child.read", "None of the roles has"),
        ("commune_worker:999999", "core.child.read", "There is no area"),
        ("commune_worker@fishing", "core.child.read", "There is no programme"),
    ],
)
def test_a_mistake_is_told_in_plain_words(
    command: Command, role: str, scope: str, said: str
) -> None:
    done = command("machine", "add", "x", *TENANT, "--role", role, "--scope", scope)
    assert done.returncode == 1
    assert said in done.stderr
