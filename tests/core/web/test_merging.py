"""Merging takes the records of programmes along and gives them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.core.web.filled_forms import filled
from tests.core.web.filled_register import child

if TYPE_CHECKING:
    from tests.core.web.filled_forms import Family
    from tests.isolation.web_world import Visitor, World


def test_a_programmes_record_follows_the_survivor_and_goes_back(
    world: World, worker: Visitor, family: Family
) -> None:
    body = child(family.commune, family.household)
    made = world.api(worker, "/api/v1/records/core/child", body, key="a second record")
    survivor = made.json()["id"]
    loser = str(world.scalar("SELECT id FROM core.child WHERE child_code = :c", c=family.child))
    form = filled(family)["drowning_prevention"]
    notice = world.api(worker, f"/api/v1/records/{form.address}", form.answers, key="a notice 1")

    def pointed() -> str:
        sql = "SELECT child_id FROM drowning_prevention.child_injury_incident WHERE id = :id"
        return str(world.scalar(sql, id=notice.json()["id"]))

    assert pointed() == loser
    done = world.post(worker, f"/children/{survivor}/merge", {"loser": loser})
    assert done.status_code == 303
    assert pointed() == survivor
    merge = world.scalar("SELECT id FROM core.child_merge WHERE loser_id = :id", id=loser)
    undone = world.post(worker, f"/children/{survivor}/merges/{merge}/undo")
    assert undone.headers["location"] == f"/children/{survivor}/duplicates/{loser}"
    assert pointed() == loser
    written = (
        "SELECT count(*) FROM core.audit_entry WHERE subject_kind = 'core.child_merge' "
        "AND subject_id IN (:survivor, :loser)"
    )
    assert world.scalar(written, survivor=survivor, loser=loser) == 4
