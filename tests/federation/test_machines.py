"""Programs: a token for a secret, the same checks as a person's sign-in, and an end at once."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from sqlalchemy import text

from core.identity.machines.service import (
    Credentials,
    add_machine,
    machines,
    renew_secret,
    revoke_machine,
)
from core.identity.openid.links import account_by_login
from core.identity.service import GivenRole
from core.identity.throttle import PROGRAM
from core.kit.clock import SystemClock
from core.kit.errors import ConfigurationError
from tests.federation.certified import run_machine
from tests.federation.conftest import HAI, MOT
from tests.federation.site import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.testing.database import TestDatabase
    from tests.federation.site import Browser, Site

READ, BUILD = "core.child.read", "core.report.build"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def api(site: Site) -> Iterator[httpx.Client]:
    """A program without any cookie."""
    with httpx.Client(base_url=site.address, timeout=20) as client:
        yield client


def _machine(site: Site, *scopes: str, tenant: int = MOT) -> Credentials:
    with site.platform.door.tenant_session(tenant) as session:
        return add_machine(
            session,
            name="Phần mềm thử",
            roles=[GivenRole("province_officer", None)],
            scopes=scopes or (READ,),
            now=site.platform.clock.now(),
        )


@pytest.fixture
def machine(site: Site) -> Credentials:
    """A program that may read children and nothing else of what its role may."""
    return _machine(site)


def _ask(
    api: httpx.Client, machine: Credentials, path: str = "/api/v1/oauth/token", **form: str
) -> httpx.Response:
    data = form or {"grant_type": "client_credentials"}
    return api.post(path, data=data, auth=(machine.client_id, machine.secret))


def _token(api: httpx.Client, machine: Credentials, **form: str) -> str:
    answer = _ask(api, machine, **form)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def _me(api: httpx.Client, token: str) -> httpx.Response:
    return api.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


def _count(database: TestDatabase, statement: str, **values: Any) -> int:
    with database.admin.connect() as connection:
        return int(connection.scalar(text(statement), values) or 0)


def test_the_certified_client_takes_uses_and_gives_back_a_token(
    site: Site, machine: Credentials
) -> None:
    met = run_machine(
        ADDRESS=site.address,
        CLIENT_ID=machine.client_id,
        CLIENT_SECRET=machine.secret,
        SCOPE=READ,
    )
    assert (met["token"]["token_type"], met["token"]["scope"]) == ("Bearer", READ)
    assert (met["before"]["status"], met["before"]["body"]["permissions"]) == (200, [READ])
    assert met["after"]["status"] == 401
    assert met["after"]["challenge"] == 'Bearer realm="An Nhi", error="invalid_token"'
    assert met["refused"] == "invalid_client"


def test_a_token_lasts_ten_minutes_and_only_its_hash_is_kept(
    api: httpx.Client, machine: Credentials, database: TestDatabase
) -> None:
    answer = _ask(api, machine)
    assert answer.json()["expires_in"] == 600
    assert answer.headers["cache-control"] == "no-store"
    token = answer.json()["access_token"]
    assert "refresh_token" not in answer.json()
    kept = "SELECT count(*) FROM core.machine_token WHERE token_hash = :value"
    assert _count(database, kept, value=token) == 0
    assert _me(api, token).status_code == 200
    with database.admin.begin() as connection:
        connection.execute(text("UPDATE core.machine_token SET expires_at = now()"))
    assert _me(api, token).status_code == 401


def test_scopes_narrow_what_the_role_may(site: Site, api: httpx.Client) -> None:
    machine = _machine(site, READ, BUILD)
    narrow, wide = (
        _token(api, machine, grant_type="client_credentials", scope=READ),
        _token(api, machine),
    )
    assert _me(api, narrow).json()["permissions"] == [READ]
    assert _me(api, wide).json()["permissions"] == [READ, BUILD]
    refused = api.get("/api/v1/reports", headers={"Authorization": f"Bearer {narrow}"})
    assert refused.status_code == 403
    assert 'error="insufficient_scope"' in refused.headers["www-authenticate"]
    allowed = api.get("/api/v1/reports", headers={"Authorization": f"Bearer {wide}"})
    assert allowed.status_code == 200


def test_scopes_never_widen(site: Site, api: httpx.Client) -> None:
    """Neither beyond the program's own nor, when those are too many, beyond its role's."""
    answer = _ask(api, _machine(site), grant_type="client_credentials", scope=f"{READ} {BUILD}")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")
    bold = _machine(site, READ, "core.programme.everything")
    assert _me(api, _token(api, bold)).json()["permissions"] == [READ]


def test_a_role_that_is_taken_away_counts_no_more(
    site: Site, api: httpx.Client, machine: Credentials, database: TestDatabase
) -> None:
    token = _token(api, machine)
    with site.platform.door.tenant_session(MOT) as session:
        account = account_by_login(session, machine.client_id.lower())
    with database.admin.begin() as connection:
        connection.execute(
            text("DELETE FROM core.role_grant WHERE account_id = :id"), {"id": account}
        )
    assert _me(api, token).json()["permissions"] == []


def test_a_revoked_program_is_out_at_once(
    site: Site, api: httpx.Client, machine: Credentials
) -> None:
    token = _token(api, machine)
    with site.platform.door.tenant_session(MOT) as session:
        revoke_machine(session, machine.client_id, now=SystemClock().now())
    assert _me(api, token).status_code == 401
    assert _ask(api, machine).status_code == 401


def test_disabling_its_account_is_enough(
    api: httpx.Client, machine: Credentials, database: TestDatabase
) -> None:
    token = _token(api, machine)
    with database.admin.begin() as connection:
        connection.execute(
            text(
                "UPDATE core.account SET is_active = false, disabled_at = now() "
                "WHERE login = :login"
            ),
            {"login": machine.client_id.lower()},
        )
    assert _me(api, token).status_code == 401
    assert _ask(api, machine).status_code == 401


def test_another_secret_ends_the_old_one_and_its_tokens(
    site: Site, api: httpx.Client, machine: Credentials
) -> None:
    token = _token(api, machine)
    with site.platform.door.tenant_session(MOT) as session:
        renewed = renew_secret(session, machine.client_id)
    assert _me(api, token).status_code == 401
    assert _ask(api, machine).status_code == 401
    assert _me(api, _token(api, renewed)).status_code == 200


def test_a_program_ends_its_own_tokens_and_no_other(site: Site, api: httpx.Client) -> None:
    one, other = _machine(site), _machine(site)
    token = _token(api, one)
    for asker in (other, _machine(site, tenant=HAI)):
        answer = _ask(api, asker, "/api/v1/oauth/revoke", token=token)
        assert answer.status_code == 200
        assert _me(api, token).status_code == 200
    assert _ask(api, one, "/api/v1/oauth/revoke", token=token).status_code == 200
    assert _me(api, token).status_code == 401


def test_a_token_opens_nothing_in_another_province(api: httpx.Client, machine: Credentials) -> None:
    token = _token(api, machine)
    assert _me(api, f"{HAI}{token[1:]}").status_code == 401
    elsewhere = Credentials(f"{HAI}{machine.client_id[1:]}", machine.secret)
    assert _ask(api, elsewhere).status_code == 401


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "Basic",
        "Basic ===",
        "Basic " + base64.b64encode(b"\xff\xfe:x").decode(),
        "Basic " + base64.b64encode(b"only-a-name").decode(),
        "Basic " + base64.b64encode(b"1.x:y").decode(),
        "Basic " + base64.b64encode(b"1.AAAAAAAAAAAAAAAA:\x00").decode(),
        "Basic " + base64.b64encode(b"99.AAAAAAAAAAAAAAAA:y").decode(),
        "Basic " + base64.b64encode(b"1.%00AAAAAAAAAAAAAAA:y").decode(),
        "Bearer 1.machine.x",
    ],
)
def test_whoever_does_not_prove_to_be_a_program_gets_one_answer(
    api: httpx.Client, authorization: str | None
) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    form = {"grant_type": "client_credentials"}
    answer = api.post("/api/v1/oauth/token", data=form, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"
    assert answer.headers["www-authenticate"].startswith("Basic ")


def test_an_unknown_program_is_answered_as_a_wrong_secret(
    api: httpx.Client, machine: Credentials
) -> None:
    wrong = _ask(api, Credentials(machine.client_id, "wrong"))
    unknown = _ask(api, Credentials("1.AAAAAAAAAAAAAAAA", "wrong"))
    assert (wrong.status_code, wrong.text) == (unknown.status_code, unknown.text)


def test_the_secret_is_taken_from_the_header_alone(api: httpx.Client, machine: Credentials) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": machine.client_id,
        "client_secret": machine.secret,
    }
    assert api.post("/api/v1/oauth/token", data=form).status_code == 401


@pytest.mark.parametrize("grant", ["authorization_code", "password", "refresh_token", ""])
def test_no_other_grant_is_served(api: httpx.Client, machine: Credentials, grant: str) -> None:
    answer = _ask(api, machine, grant_type=grant, username="x", password="x", code="x")
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


def test_a_value_twice_or_another_kind_of_body_is_refused(
    api: httpx.Client, machine: Credentials
) -> None:
    auth = (machine.client_id, machine.secret)
    twice = api.post(
        "/api/v1/oauth/token",
        content=f"grant_type=client_credentials&scope={READ}&scope={BUILD}",
        headers={"Content-Type": FORM},
        auth=auth,
    )
    assert (twice.status_code, twice.json()["error"]) == (400, "invalid_request")
    as_json = api.post("/api/v1/oauth/token", json={"grant_type": "client_credentials"}, auth=auth)
    assert as_json.status_code == 400


def test_failures_are_slowed_and_lock_nobody_out(
    api: httpx.Client, machine: Credentials, database: TestDatabase
) -> None:
    wrong = Credentials(machine.client_id, "wrong")
    answers = [_ask(api, wrong).status_code for _ in range(PROGRAM.attempts + 3)]
    assert answers == [401] * PROGRAM.attempts + [429] * 3
    noted = (
        "SELECT count(*) FROM core.audit_entry WHERE action = 'sign_in_refused' "
        "AND subject_kind = 'core.machine' AND tenant_id = :tenant"
    )
    assert _count(database, noted, tenant=1) >= PROGRAM.attempts
    assert _ask(api, machine).status_code == 200


def test_a_program_never_signs_in_by_a_page(
    browser: Browser, api: httpx.Client, machine: Credentials
) -> None:
    for password in ("", machine.secret, PASSWORD):
        form = {"tenant": "tinh_mot", "login": machine.client_id, "password": password}
        answer = browser.http.post(f"{browser.site.address}/sign-in", data=form)
        assert answer.status_code == 401


def test_the_api_says_how_to_prove_oneself(api: httpx.Client) -> None:
    nobody = api.get("/api/v1/me")
    assert (nobody.status_code, nobody.headers["www-authenticate"]) == (
        401,
        'Bearer realm="An Nhi"',
    )
    assert 'error="invalid_token"' in _me(api, "1.machine.x").headers["www-authenticate"]
    assert "www-authenticate" not in api.get("/reports").headers


def test_the_metadata_names_the_declared_address(site: Site, api: httpx.Client) -> None:
    answer = api.get(
        "/.well-known/oauth-authorization-server", headers={"X-Forwarded-Host": "example.org"}
    ).json()
    assert answer["issuer"] == site.address
    assert answer["token_endpoint"] == f"{site.address}/api/v1/oauth/token"
    assert answer["grant_types_supported"] == ["client_credentials"]


def test_what_programs_do_is_written_down(
    site: Site, api: httpx.Client, machine: Credentials, database: TestDatabase
) -> None:
    token = _token(api, machine)
    _ask(api, machine, "/api/v1/oauth/revoke", token=token)
    _ask(api, Credentials(machine.client_id, "wrong"))
    with site.platform.door.tenant_session(MOT) as session:
        renew_secret(session, machine.client_id)
        revoke_machine(session, machine.client_id, now=SystemClock().now())
    with database.admin.connect() as connection:
        rows = connection.execute(
            text("SELECT action FROM core.audit_entry WHERE subject_kind = 'core.machine'")
        )
        noted = {row.action for row in rows}
    assert noted == {"grant", "sign_in", "sign_out", "sign_in_refused", "write", "revoke"}


def test_the_list_shows_programs_and_no_secret(site: Site, machine: Credentials) -> None:
    with site.platform.door.tenant_session(MOT, read_only=True) as session:
        found = next(m for m in machines(session) if m.client_id == machine.client_id)
    assert (found.roles, found.scopes, found.is_active) == (("province_officer",), (READ,), True)
    assert machine.secret not in repr(found) + repr(machine)


@pytest.mark.parametrize(("roles", "scopes"), [((), (READ,)), (("nobody",), (READ,)), ((), ())])
def test_a_program_needs_roles_and_scopes_that_are_there(
    site: Site, roles: tuple[str, ...], scopes: tuple[str, ...]
) -> None:
    with (
        site.platform.door.tenant_session(MOT) as session,
        pytest.raises(ConfigurationError),
    ):
        add_machine(
            session,
            name="x",
            roles=[GivenRole(role, None) for role in roles],
            scopes=scopes,
            now=site.platform.clock.now(),
        )
