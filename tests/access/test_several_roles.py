"""One person, a worker in one commune and a collaborator in another, through the whole web."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.identity.models import RoleGrant
from tests.access.conftest import TENANT, Peopled
from tests.access.expected import PROVINCE_WIDE
from tests.isolation.tables_of_forms import TABLES

if TYPE_CHECKING:
    from tests.access.expected import RoleTable
    from tests.isolation.web_world import Visitor

pytestmark = pytest.mark.slow

SCREENING = "child_labour.work_screening"


@pytest.fixture(scope="module")
def both(peopled: Peopled) -> Visitor:
    """The worker of the near commune, who helps in the far one."""
    world = peopled.world
    commune = world.scalar(
        "SELECT commune_id FROM core.child WHERE id = :id", id=peopled.far.ids["core.child"]
    )
    with world.platform.door.tenant_session(world.tenants[TENANT]) as session:
        session.add(
            RoleGrant(
                account_id=world.account(TENANT, "commune_worker"),
                role="collaborator",
                area_id=commune,
                granted_at=world.platform.clock.now(),
            )
        )
    return world.visitor(TENANT, "commune_worker")


def test_children_of_both_communes_are_found_and_screenings_of_one(
    peopled: Peopled, table: RoleTable, both: Visitor
) -> None:
    works, helps = table.rights_of("commune_worker"), table.rights_of("collaborator")

    def answers(of: str) -> tuple[int, int]:
        right = table.columns[of].seen_with
        if right not in works | helps:
            return (403, 403)
        return (200 if right in works else 404, 200 if right in helps else 404)

    expected = {of: answers(of) for of in set(TABLES.values()) - PROVINCE_WIDE}
    assert (expected["core.child"], expected[SCREENING]) == ((200, 200), (200, 404))
    for code, of in TABLES.items():
        if of in PROVINCE_WIDE:
            continue
        at = f"/api/v1/records/{code.replace('.', '/').replace('_', '-')}"
        found = tuple(
            peopled.world.get(both, f"{at}/{marked.ids[of]}").status_code
            for marked in (peopled.near, peopled.far)
        )
        assert found == expected[of], of


def test_lists_and_the_search_hold_no_more_than_the_records_do(
    peopled: Peopled, both: Visitor
) -> None:
    world = peopled.world
    listed = world.get(both, "/api/v1/records/child-labour/screening").json()["items"]
    ids = {line["id"] for line in listed}
    assert str(peopled.near.ids[SCREENING]) in ids
    assert str(peopled.far.ids[SCREENING]) not in ids
    for marked in (peopled.near, peopled.far):
        name = marked.words["core.child", "full_name"]
        assert name in world.get(both, f"/children?q={name}").text.replace(f'value="{name}"', "")
    head = peopled.far.words["core.household", "head_name"]
    assert world.get(both, f"/lookup/households?q={head}").json() == []


def test_what_the_collaborator_may_not_see_is_seen_in_neither_commune(
    peopled: Peopled, both: Visitor
) -> None:
    """Columns are shown as the narrowest role does, so that one commune opens no other."""
    for marked in (peopled.near, peopled.far):
        path = f"/api/v1/records/core/child/{marked.ids['core.child']}"
        assert "health_insurance_card" in peopled.world.get(both, path).json()["hidden"]


def test_each_form_offers_the_communes_in_which_it_may_be_entered(
    peopled: Peopled, both: Visitor
) -> None:
    world = peopled.world
    near, far = (
        str(
            world.scalar("SELECT commune_id FROM core.child WHERE id = :id", id=m.ids["core.child"])
        )
        for m in (peopled.near, peopled.far)
    )
    for form, there in (("core/household", False), ("child-labour/screening", True)):
        page = world.get(both, f"/forms/{form}").text
        assert f'value="{near}"' in page
        assert (f'value="{far}"' in page) == there, form
