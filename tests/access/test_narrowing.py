"""A province takes away from a role in its file; pages and statements follow at once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from core.profiles.faults import DeclarationError
from core.tenant_folder import apply_folder
from tests.isolation.web_world import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.isolation.web_world import World

TENANT = "tinh_ba"


@pytest.fixture(scope="module")
def own_world(
    world_template: str, world_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """With a folder of its own, for the file is changed."""
    home = tmp_path_factory.mktemp("narrowed") / "home"
    shutil.copytree(world_home, home)
    with opened(world_template, home) as made:
        yield made


@pytest.fixture
def declare(own_world: World) -> Iterator[Callable[[str], None]]:
    """Add to the province's file and apply it; taken back afterwards."""
    file = own_world.platform.settings.tenants_dir / TENANT / "tenant.toml"
    before = file.read_text(encoding="utf-8")

    def add(text: str) -> None:
        file.write_text(f"{before}\n{text}\n", encoding="utf-8")
        apply_folder(own_world.platform, TENANT)

    yield add
    file.write_text(before, encoding="utf-8")
    apply_folder(own_world.platform, TENANT)


def narrowed(role: str, taken: str) -> str:
    return f'[roles.{role}]\n{taken}\nsource = "design"'


def test_a_right_taken_away_is_gone_with_the_next_page(
    own_world: World, declare: Callable[[str], None]
) -> None:
    officer = own_world.visitor(TENANT, "province_officer")
    path = "/api/v1/records/child-labour/screening"
    assert own_world.get(officer, path).json()["items"]
    declare(narrowed("province_officer", 'without = ["child_labour.screening.read"]'))
    assert own_world.get(officer, path).status_code == 403
    assert own_world.get(officer, "/api/v1/records/core/child").status_code == 200


def test_a_class_taken_away_is_hidden_in_records_and_lists(
    own_world: World, declare: Callable[[str], None]
) -> None:
    officer = own_world.visitor(TENANT, "province_officer")
    child = own_world.rows(TENANT).ids["core.child"][0]
    record, listed = f"/api/v1/records/core/child/{child}", "/api/v1/records/core/child"
    assert "full_name" in own_world.get(officer, record).json()
    declare(narrowed("province_officer", 'classes = { core = "internal" }'))
    assert {"full_name", "health_insurance_card"} <= set(
        own_world.get(officer, record).json()["hidden"]
    )
    assert own_world.get(officer, listed).json()["items"][0].keys() == {
        "id",
        "child_code",
        "commune_id",
    }
    found = own_world.get(officer, "/children?q=nguyen")
    assert (found.status_code, "/children/" in found.text.split("<main")[1]) == (200, False)


def test_the_overseer_of_confidential_records_who_loses_the_right_reaches_no_row(
    own_world: World, declare: Callable[[str], None]
) -> None:
    overseer = own_world.visitor(TENANT, "province_confidential_officer")
    path = "/api/v1/records/sexual-abuse/intake"
    assert own_world.get(overseer, path).json()["items"]
    declare(narrowed("province_confidential_officer", 'without = ["sexual_abuse.intake.read"]'))
    assert own_world.get(overseer, path).status_code == 403


@pytest.mark.parametrize(
    ("role", "taken", "says"),
    [
        ("province_officer", 'without = ["core.child.raed"]', "core.child.read"),
        ("province_officer", 'classes = { cor = "internal" }', "core"),
        ("provinc_officer", 'without = ["core.child.read"]', "province_officer"),
        ("province_officer", 'classes = { core = "restricted" }', "sensitive"),
        ("province_officer", 'with = ["core.audit.read"]', "with"),
    ],
)
def test_what_is_misspelt_or_would_widen_is_refused_with_its_line_and_its_cure(
    own_world: World, declare: Callable[[str], None], role: str, taken: str, says: str
) -> None:
    with pytest.raises(DeclarationError) as refused:
        declare(narrowed(role, taken))
    told = str(refused.value)
    assert f"{TENANT}/tenant.toml:" in told
    assert says in told


def test_nothing_in_the_file_widens_a_role(
    own_world: World, declare: Callable[[str], None]
) -> None:
    """A class above the role's own is no gift, nor is a right that it never had."""
    leader = own_world.visitor(TENANT, "province_leader")
    before = own_world.get(leader, "/api/v1/me").json()["permissions"]
    declare(narrowed("province_leader", 'classes = { core = "sensitive" }'))
    assert own_world.get(leader, "/api/v1/me").json()["permissions"] == before
    assert own_world.get(leader, "/api/v1/records/core/child").status_code == 403
