"""Two web processes over one database: a switch in one holds at the next request of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.end_to_end.serving import over, served

if TYPE_CHECKING:
    from pathlib import Path

    from tests.isolation.web_world import World

NOTICE = "/forms/drowning-prevention/injury-notice"
RECORDS = "/api/v1/records/drowning-prevention/injury-notice"
SWITCH = "/api/v1/programmes/drowning-prevention"


@pytest.mark.slow
def test_a_switch_holds_at_once_in_every_process(world: World, world_home: Path) -> None:
    officer = world.visitor("an_giang", "province_officer")
    worker = world.visitor("an_giang", "commune_worker")
    may_switch = {"Authorization": f"Bearer {officer.token}"}
    may_enter = {"Authorization": f"Bearer {worker.token}"}
    record = f"{RECORDS}/{world.rows('an_giang').ids['drowning_prevention.injury_notice'][0]}"
    env = over(world.database, world_home)
    with (
        served(env) as one,
        served(env) as other,
        httpx.Client(base_url=one, headers=may_switch) as first,
        httpx.Client(base_url=other, headers=may_switch) as second,
        httpx.Client(base_url=other, headers=may_enter) as field,
    ):
        before = second.get(record)
        assert before.status_code == 200
        assert field.get(NOTICE).status_code == 200
        for _ in range(3):
            off = first.post(SWITCH, json={"on": False, "confirmed": True})
            assert off.json()["changed"]
            assert field.get(NOTICE).status_code == 404
            assert second.get(record).status_code == 404
            assert "drowning_prevention" not in second.get("/api/v1/me").json()["programmes"]
            assert first.post(SWITCH, json={"on": True}).json()["changed"]
            assert field.get(NOTICE).status_code == 200
            assert second.get(record).json() == before.json()
