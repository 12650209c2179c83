"""What changes after it was entered is written into its record, and the figures follow."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Any

import pytest

from core.contribution import core_contribution
from core.forms.context import context_for
from core.forms.correcting import correct, open_to_correct
from core.forms.errors import AnswersRefusedError
from core.plugin_api import Submission
from core.registry.loading import GROUP
from core.registry.service import Registry
from core.tenancy.reach import Reach
from core.testing.plugins import PluginWorld, migrated_copy, open_world, registry_with
from tests.plugins.orphan_care.test_care import FOSTER
from tests.plugins.orphan_care.test_detection import case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

DAY = date(2018, 12, 1)
NOW = datetime(2018, 12, 1, 5, tzinfo=UTC)
# Fields that are answered when something is over or has changed.
LATER = (
    "to_date",
    "closed_on",
    "ended_on",
    "ends_on",
    "done_on",
    "inactive_from",
    "managed_until",
    "mitigated_on",
    "paid_on",
    "remedied_on",
    "removed_on",
)
# Why a form that asks for one of them corrects nothing.
NOT_CORRECTED = {
    "core.special_circumstance": "ended on the child's page",
    "child_labour.support": "copied from a project's records, which a correction would not follow",
    "sexual_abuse.closing": "closed once, by a second person; a case is not opened again",
}


class Desk:
    """Enters and corrects the forms of one programme."""

    def __init__(self, world: PluginWorld, key: str) -> None:
        self.world, self.key = world, key
        self.here = {"commune_id": str(world.communes[0])}

    def child(self, age: int) -> dict[str, str]:
        """A child of the commune that had that age all year."""
        there = [c for c in self.world.demo().children if c.commune_id == self.world.communes[0]]
        return {"child_id": str(next(c.id for c in there if c.born.year == 2017 - age))}

    def enter(self, form: str, answers: dict[str, Any]) -> UUID:
        """As a commune worker does."""
        given = answers | self.here
        return self.world.enter(1, [Submission(f"{self.key}.{form}", given, DAY)])[0][1]

    def correct(self, form: str, record: UUID, **changed: Any) -> bool:
        """As whoever enters it does."""
        declared = self.world.registry.catalogue.forms[f"{self.key}.{form}"]
        person = self.world.everybody(1)
        forms = self.world.registry.catalogue.forms
        with self.world.door.tenant_session(1, reach=Reach.counting()) as session:
            opened = open_to_correct(session, declared, record, person)
            return correct(
                session,
                declared,
                record,
                opened.raw | changed,
                version=opened.version,
                principal=person,
                context=context_for(session, person, DAY, forms=forms),
                now=NOW,
            )

    def figure(self, measure: str) -> int | None:
        """What was counted in the year."""
        self.world.count(1)
        return self.world.figure(1, f"{self.key}.{measure}").count


@contextmanager
def desk_of(key: str) -> Iterator[Desk]:
    registry = registry_with(EntryPoint(key, f"plugins.{key}.plugin", GROUP))
    with migrated_copy(registry) as database:
        world = open_world(registry, database)
        world.switch_on(key, 1)
        yield Desk(world, key)


@pytest.fixture(scope="module")
def orphans() -> Iterator[Desk]:
    with desk_of("orphan_care") as desk:
        yield desk


@pytest.fixture(scope="module")
def drowning() -> Iterator[Desk]:
    with desk_of("drowning_prevention") as desk:
        yield desk


@pytest.fixture(scope="module")
def labour() -> Iterator[Desk]:
    with desk_of("child_labour") as desk:
        yield desk


def test_every_form_that_asks_what_comes_later_can_be_corrected() -> None:
    forms = Registry.discover(core_contribution()).catalogue.forms.values()
    asks = {f.code: f for f in forms if any(q.name in LATER and not q.computed for q in f.fields)}
    assert {code for code, form in asks.items() if not form.editable} == set(NOT_CORRECTED)


def test_a_child_who_is_followed_no_more_is_counted_no_more(orphans: Desk) -> None:
    answers = case("deceased", "deceased", "kin", "a", "a3_kin") | orphans.child(9)
    record = orphans.enter("detection", answers)
    assert orphans.figure("children_in_care") == 1
    with pytest.raises(AnswersRefusedError) as refused:
        orphans.correct("detection", record, ended_on="01/02/2018")
    assert {error.field for error in refused.value.errors} == {"ended_on", "end_reason"}
    orphans.correct("detection", record, ended_on="01/11/2018", end_reason="parents_back")
    assert orphans.figure("children_in_care") == 0
    orphans.correct("detection", record, ended_on="")
    assert orphans.figure("children_in_care") == 1


def test_care_ends_and_its_child_and_next_visit_are_not_corrected(orphans: Desk) -> None:
    record = orphans.enter("arrangement", FOSTER | orphans.child(10))
    changed = orphans.child(11) | {"next_review_on": "10/07/2018"}
    assert not orphans.correct("arrangement", record, **changed)
    assert orphans.correct("arrangement", record, ends_on="30/09/2018", end_reason="returned")


def test_an_allowance_ends_and_a_month_is_paid_later(orphans: Desk) -> None:
    allowance = {
        "born_on": "05/02/2008",
        "category": "orphan",
        "studying": "yes",
        "decision_no": "7/QĐ-UBND",
        "decided_on": "01/03/2018",
        "starts_on": "01/03/2018",
        "payment_method": "cash",
    }
    record = orphans.enter("entitlement", allowance | orphans.child(10))
    assert orphans.figure("allowances_in_force") == 1
    payment = {"entitlement_id": str(record), "month": "01/04/2018", "amount_vnd": "405000"}
    month = orphans.enter("payment", payment | {"status": "unpaid"})
    assert orphans.correct("payment", month, status="paid", paid_on="20/05/2018")
    assert orphans.correct("entitlement", record, ends_on="31/10/2018")
    assert orphans.figure("allowances_in_force") == 0


def test_a_dossier_is_decided_when_its_papers_are_there(orphans: Desk) -> None:
    opened = {"kind": "allowance", "opened_on": "01/03/2018"}
    items = [{"item": "application", "received_on": "01/03/2018"}]
    record = orphans.enter("dossier", opened | orphans.child(10) | {"items": items})
    with pytest.raises(AnswersRefusedError) as refused:
        orphans.correct("dossier", record, submitted_on="10/03/2018")
    assert {error.field for error in refused.value.errors} == {"submitted_on"}
    papers = ("application", "birth_certificate", "parents_paper", "carer_paper", "residence")
    there = [{"item": one, "received_on": "09/03/2018"} for one in papers]
    assert orphans.correct("dossier", record, items=there, submitted_on="10/03/2018")
    decided = {"decided_on": "20/03/2018", "decision_no": "8/QĐ", "result": "granted"}
    assert orphans.correct("dossier", record, **decided)


def test_a_facility_has_one_list_of_a_day(orphans: Desk) -> None:
    residents = [orphans.child(9) | {"needs": "foster"}]
    made = {"facility": "Trung tâm Bảo trợ xã hội", "as_of": "30/06/2018", "residents": residents}
    orphans.enter("facility_list", made)
    for changed, fields in (
        ({}, {"as_of"}),
        ({"as_of": "01/07/2018", "residents": residents * 2}, {"residents.1.child_id"}),
    ):
        with pytest.raises(AnswersRefusedError) as refused:
            orphans.enter("facility_list", made | changed)
        assert {error.field for error in refused.value.errors} == fields
    orphans.enter("facility_list", made | {"as_of": "31/12/2017"})


def test_a_cage_that_was_handed_over_is_put_to_use(drowning: Desk) -> None:
    given = {
        "decision_no": "77/QĐ-UBND",
        "recipient_unit": "UBND xã",
        "quantity": "1",
        "delivered_on": "01/04/2018",
        "condition": "new",
        "funding_source": "Ngân sách tỉnh",
    }
    drowning.enter("cage_handover", given)
    model: Any = drowning.world.registry.catalogue.forms["drowning_prevention.swim_facility"].model
    with drowning.world.door.tenant_session(1, reach=Reach.counting()) as session:
        (cage,) = session.query(model.id).filter(model.tenant_id == 1).one()
    assert drowning.figure("swim_cages_operating") == 0
    assert drowning.correct("swim_facility", cage, status="operating", capacity="12")
    assert drowning.figure("swim_cages_operating") == 1


def test_a_hazard_that_was_fenced_is_counted_as_made_safe(drowning: Desk) -> None:
    site = {
        "name": "Hố đất sau trường",
        "type": "hole_pit",
        "risk_level": "high",
        "surveyed_on": "01/03/2018",
        "last_checked_on": "01/03/2018",
        "mitigation": "none",
        "responsible": "UBND xã",
    }
    record = drowning.enter("hazard_site", site)
    assert drowning.figure("hazard_sites_mitigated") == 0
    with pytest.raises(AnswersRefusedError) as refused:
        drowning.correct("hazard_site", record, mitigation="fence")
    assert {error.field for error in refused.value.errors} == {"mitigated_on"}
    drowning.correct("hazard_site", record, mitigation="fence", mitigated_on="01/06/2018")
    assert drowning.figure("hazard_sites_mitigated") == 1


@pytest.fixture(scope="module")
def pool(drowning: Desk) -> UUID:
    place = {"name": "Bể bơi", "kind": "pool", "allocated_on": "01/01/2018"}
    return drowning.enter("swim_facility", place | {"status": "operating"})


def swimming(desk: Desk, age: int, **told: str) -> dict[str, str]:
    return desk.child(age) | {"sex": "male", "age": str(age)} | told


ABLE = {"result": "safe_swimmer", "distance_m": "30", "float_seconds": "100"}
CLASS = {
    "facility_id": "Bể bơi",
    "organiser": "school",
    "starts_on": "20/11/2018",
    "ends_on": "15/12/2018",
    "places": "9",
}


def test_results_are_entered_after_the_class_ended(drowning: Desk, pool: UUID) -> None:
    rows = [swimming(drowning, 9), swimming(drowning, 10)]
    running = drowning.enter("swim_class", CLASS | {"enrolments": rows})
    assert drowning.figure("safe_swimmers") == 0
    drowning.correct("swim_facility", pool, status="stored")  # after the season
    ended = {"ends_on": "30/11/2018"}
    with pytest.raises(AnswersRefusedError) as refused:
        drowning.correct("swim_class", running, **ended)
    assert {error.field for error in refused.value.errors} == {
        "enrolments.0.result",
        "enrolments.1.result",
    }
    able = swimming(drowning, 9, test_date="30/11/2018", **ABLE)
    partly = swimming(drowning, 10, result="not_yet", test_date="30/11/2018")
    assert drowning.correct("swim_class", running, **ended, enrolments=[able, partly])
    assert drowning.figure("safe_swimmers") == 1
    drowning.correct("swim_facility", pool, status="operating")


def test_a_result_that_was_wrong_is_taken_back_and_another_stays(
    drowning: Desk, pool: UUID
) -> None:
    before = drowning.figure("safe_swimmers")
    ended = CLASS | {"starts_on": "01/06/2018", "ends_on": "20/06/2018"}
    able = [swimming(drowning, n, test_date="20/06/2018", **ABLE) for n in (11, 12)]
    record = drowning.enter("swim_class", ended | {"enrolments": able})
    assert drowning.figure("safe_swimmers") == before + 2
    assert drowning.correct("swim_class", record, instructor="Cô giáo")  # no result changed
    assert drowning.figure("safe_swimmers") == before + 2
    wrong = able[0] | {"result": "partial"}
    assert drowning.correct("swim_class", record, enrolments=[wrong, able[1]])
    assert drowning.figure("safe_swimmers") == before + 1
    assert drowning.correct("swim_class", record, enrolments=[wrong])  # was never in it
    assert drowning.figure("safe_swimmers") == before
    assert drowning.correct("swim_class", record, enrolments=[able[0], able[1]])
    assert drowning.figure("safe_swimmers") == before + 2


def test_a_violation_that_was_mended_is_handled(labour: Desk) -> None:
    labour.enter("workplace", {"name": "Quán", "kind": "venue", "sector": "services"})
    inspection = {
        "workplace_id": "Quán",
        "inspected_on": "01/06/2018",
        "decision_no": "1/QĐ",
        "team": "Thanh tra Sở",
        "minors_found": "1",
        "minors_5_12": "0",
        "minors_13_14": "1",
        "minors_15_17": "0",
        "findings": ["over_hours"],
        "sanction": "none",
        "remedy_by": "01/07/2018",
    }
    record = labour.enter("inspection", inspection)
    assert labour.figure("violations_handled") == 0
    assert labour.correct("inspection", record, remedied_on="20/06/2018")
    assert labour.figure("violations_handled") == 1
