"""The access log: signing in leaves entries, auditors read them, nobody else does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.demo.accounts import logins_of
from core.testing.database import TEST_SECRET

if TYPE_CHECKING:
    from tests.isolation.web_world import World

ENTRIES = (
    "SELECT count(*) FROM core.audit_entry WHERE tenant_id = :tenant AND action = :action "
    "AND account_id IS NOT DISTINCT FROM :account AND subject_id IS NOT DISTINCT FROM :subject"
)


def _count(world: World, action: str, *, account: Any, subject: Any) -> int:
    tenant = world.tenants["an_giang"]
    found = world.scalar(ENTRIES, tenant=tenant, action=action, account=account, subject=subject)
    assert isinstance(found, int)
    return found


def _sign_in(world: World, login: str, password: str) -> int:
    data = {"tenant": "an_giang", "login": login, "password": password}
    return world.post(None, "/sign-in", data).status_code


def test_signing_in_and_out_is_written_down(world: World) -> None:
    account = world.account("an_giang", "auditor")
    logins = logins_of(world.platform.tenant("an_giang"), TEST_SECRET)
    password = next(item.password for item in logins if item.login == "kiem_toan")
    assert _sign_in(world, "kiem_toan", password) == 303
    assert _count(world, "sign_in", account=account, subject=account) == 1
    world.post(world.visitor("an_giang", "auditor"), "/sign-out")
    assert _count(world, "sign_out", account=account, subject=account) == 1


def test_a_refused_sign_in_is_written_down_without_what_was_typed(world: World) -> None:
    account = world.account("an_giang", "province_leader")
    assert _sign_in(world, "lanh_dao", "sai mật khẩu") == 401
    assert _sign_in(world, "mật khẩu gõ nhầm ô", "x") == 401
    assert _count(world, "sign_in_refused", account=None, subject=account) == 1
    assert _count(world, "sign_in_refused", account=None, subject=None) == 1
    told = "SELECT count(*) FROM core.audit_entry WHERE CAST(audit_entry AS text) ILIKE '%gõ nhầm%'"
    assert world.scalar(told) == 0


def test_an_auditor_sees_who_read_a_file_and_nothing_of_the_file(world: World) -> None:
    child = world.rows("lao_cai").ids["core.child"][0]
    officer = world.visitor("lao_cai", "province_officer")
    opened = world.get(officer, f"/children/{child}")
    assert opened.status_code == 200
    assert "/audit/records/" not in opened.text
    auditor = world.visitor("lao_cai", "auditor")
    answer = world.get(auditor, f"/audit/records/{child}")
    assert answer.status_code == 200
    assert "Ai đã xem hồ sơ này" in answer.text
    assert "Chuyên viên cấp tỉnh (minh họa)" in answer.text
    name = world.scalar("SELECT full_name FROM core.child WHERE id = :id", id=child)
    assert name not in answer.text
    assert world.get(auditor, f"/children/{child}").status_code == 403


def test_latest_entries_come_first_and_link_to_their_record(world: World) -> None:
    child = world.rows("lao_cai").ids["core.child"][1]
    world.get(world.visitor("lao_cai", "province_officer"), f"/children/{child}")
    auditor = world.visitor("lao_cai", "auditor")
    answer = world.get(auditor, "/audit")
    assert f"/audit/records/{child}" in answer.text
    assert "Nhật ký truy cập" in world.get(auditor, "/audit").text


def test_every_page_of_the_log_follows_the_one_before(world: World) -> None:
    child = world.scalar(
        "SELECT id FROM core.child c WHERE tenant_id = :t AND NOT EXISTS (SELECT FROM "
        "core.audit_entry e WHERE e.tenant_id = c.tenant_id AND e.subject_id = c.id) LIMIT 1",
        t=world.tenants["tinh_ba"],
    )
    officer = world.visitor("tinh_ba", "province_officer")
    for _ in range(51):
        world.get(officer, f"/children/{child}")
    auditor = world.visitor("tinh_ba", "auditor")
    first = world.get(auditor, f"/audit/records/{child}")
    address = first.text.partition("after=")[2].partition('"')[0]
    second = world.get(auditor, f"/audit/records/{child}?after={address}")
    assert second.status_code == 200
    assert second.text.count("Chuyên viên cấp tỉnh (minh họa)") == 1


def test_whoever_manages_accounts_or_reads_children_sees_no_log(world: World) -> None:
    for role in ("province_admin", "province_officer", "province_leader", "commune_worker"):
        assert world.get(world.visitor("an_giang", role), "/audit").status_code == 403, role
