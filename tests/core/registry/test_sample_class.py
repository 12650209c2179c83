"""A form with a roster, lookups and rules across records, declared in the sample plugin."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.forms.context import context_for
from core.forms.errors import AnswersRefusedError
from core.forms.prefilling import prefilled
from core.forms.schema import json_schema
from core.forms.service import get_record, stored_rows, submit
from core.forms.view import form_view
from core.identity.principal import Principal
from core.kit.language import Text
from core.kit.text import fold
from core.plugin_api.values import Submission
from core.register.hamlets.models import Hamlet
from core.registry.catalogue import Catalogue, Contribution
from core.registry.errors import PluginError
from core.tenancy.models import AreaScoped, Confidential, TenantOwned
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.forms.service import Stored
    from core.forms.view import FormView
    from core.plugin_api.forms import Form
    from core.registry.service import Registry
    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

ROOT = Path(__file__).parents[3]
TODAY = date(2018, 6, 1)
NOW = datetime(2018, 6, 1, 8, tzinfo=UTC)
CLASS, ROUND = "sample_meals.cooking_class", "sample_meals.meal_round"


def words(vi: str) -> Text:
    return Text(vi=vi, en=vi)


@dataclass
class Place:
    """Forms, people and communes of one test."""

    door: TenantDoor
    forms: Mapping[str, Form]
    communes: tuple[int, int]
    own: Principal

    def enter(
        self, raw: Mapping[str, Any], form: str | Form = CLASS, who: Principal | None = None
    ) -> Stored:
        """Submit through the form, as a page does."""
        person = who or self.own
        declared = self.forms[form] if isinstance(form, str) else form
        with self.door.tenant_session(person.tenant_id, reach=person.reach) as session:
            return submit(
                session,
                declared,
                raw,
                key=uuid4().hex,
                principal=person,
                context=context_for(session, person, TODAY, forms=self.forms),
                now=NOW,
            )

    def faults(self, raw: Mapping[str, Any], who: Principal | None = None) -> dict[str, str]:
        """What the class's form refuses, by field."""
        with pytest.raises(AnswersRefusedError) as refused:
            self.enter(raw, who=who)
        return {error.field: error.message.vi for error in refused.value.errors}

    def view(self, raw: Mapping[str, Any] | None, **options: Any) -> FormView:
        """The page of the class's form."""
        with self.door.tenant_session(self.own.tenant_id, reach=self.own.reach) as session:
            context = context_for(session, self.own, TODAY, forms=self.forms)
            return form_view(self.forms[CLASS], raw, (), "vi", context, **options)

    def hamlet(self, name: str, commune: int, tenant: int = 3) -> UUID:
        """Store a hamlet."""
        row = Hamlet(id=uuid4(), commune_id=commune, name=name, name_fold=fold(name))
        row.created_at = NOW
        with self.door.tenant_session(tenant) as session:
            session.add(row)
        return row.id


@pytest.fixture
def place(database: TestDatabase, door: TenantDoor, registry: Registry) -> Place:
    statement = select(Area.id).where(Area.level == COMMUNE, exists_on(TODAY)).order_by(Area.id)
    with database.owner.connect() as connection:
        first, second = connection.scalars(statement.limit(2))
    given = registry.catalogue.rights("commune_worker")
    person = Principal(
        account_id=UUID(int=1),
        tenant_id=3,
        tenant_slug="tinh_ba",
        display_name="Cán bộ",
        roles=("commune_worker",),
        permissions=frozenset().union(*(rights.permissions for _, rights in given)),
        reach=Reach(communes=frozenset({first})),
    )
    return Place(door, registry.catalogue.forms, (first, second), person)


@pytest.fixture
def right(place: Place) -> dict[str, Any]:
    return {
        "class_code": f"LOP-{uuid4().hex[:6]}",
        "commune_id": str(place.communes[0]),
        "begins_on": "05/03/2018",
        "ends_on": "09/03/2018",
        "places": "2",
        "rice_kg": "12,5",
        "note": "Bếp ở sau nhà",
        "learners": [{"age": "9", "result": "passed"}, {}, {"age": "11", "result": "no"}],
    }


def meal(place: Place, commune: int, who: Principal | None = None) -> UUID:
    answers = {"held_on": "01/03/2018", "commune_id": str(commune), "place": "school"}
    return place.enter(answers | {"children": "24", "meals": "24"}, ROUND, who).record_id


def test_a_record_is_stored_with_its_rows(place: Place, right: dict[str, Any]) -> None:
    stored = place.enter(right)
    with place.door.tenant_session(3, reach=place.own.reach) as session:
        row = get_record(session, place.forms[CLASS], stored.record_id)
        learners = stored_rows(session, place.forms[CLASS], stored.record_id)["learners"]
        assert (row.rice_kg, row.note) == (Decimal("12.5"), "Bếp ở sau nhà")
        assert [(one.age, one.result) for one in learners] == [(9, "passed"), (11, "no")]
        assert {one.commune_id for one in learners} == {place.communes[0]}


@pytest.mark.parametrize(
    ("changed", "at_fault"),
    [
        ({"learners": []}, {"learners"}),
        ({"learners": "x"}, {"learners"}),
        ({"learners": [{"age": "9", "result": "passed"}] * 51}, {"learners"}),
        ({"learners": [{}, {"age": "9"}]}, {"learners.1.result"}),
        ({"ends_on": None, "learners": [{"age": "9"}]}, set()),
        (
            {"learners": [{"result": "no"}, {"age": "40", "result": "?"}]},
            {"learners.0.age", "learners.1.age", "learners.1.result"},
        ),
        ({"places": "1"}, {"places"}),
        ({"rice_kg": "1,25"}, {"rice_kg"}),
        ({"rice_kg": "-1"}, {"rice_kg"}),
        ({"hamlet_id": str(uuid4())}, {"hamlet_id"}),
        ({"round_id": "không có"}, {"round_id"}),
    ],
)
def test_each_fault_names_the_row_and_the_field(
    place: Place, right: dict[str, Any], changed: dict[str, Any], at_fault: set[str]
) -> None:
    if at_fault:
        assert set(place.faults(right | changed)) == at_fault
    else:
        place.enter(right | changed)


def test_a_hamlet_is_found_in_the_commune_that_was_chosen(
    place: Place, right: dict[str, Any]
) -> None:
    both = replace(place.own, reach=Reach(communes=frozenset(place.communes)))
    here, there = (place.hamlet("Ấp Bình Phú", commune) for commune in place.communes)
    stored = place.enter(right | {"hamlet_id": "ap binh phu"}, who=both)
    with place.door.tenant_session(3) as session:
        assert get_record(session, place.forms[CLASS], stored.record_id).hamlet_id == here
    elsewhere = right | {"hamlet_id": str(there)}
    assert "không thuộc xã" in place.faults(elsewhere, both)["hamlet_id"]
    assert "Không tìm thấy" in place.faults(elsewhere)["hamlet_id"]  # beyond the own commune
    foreign = place.hamlet("Ấp Bình Phú", place.communes[0], tenant=2)
    assert "Không tìm thấy" in place.faults(right | {"hamlet_id": str(foreign)})["hamlet_id"]


def test_a_record_is_found_within_reach_alone(place: Place, right: dict[str, Any]) -> None:
    both = replace(place.own, reach=Reach(communes=frozenset(place.communes)))
    own, beyond = meal(place, place.communes[0]), meal(place, place.communes[1], both)
    other = replace(place.own, tenant_id=2, tenant_slug="tinh_hai")
    foreign = meal(place, place.communes[0], other)
    place.enter(right | {"round_id": str(own)})
    for hidden in (beyond, foreign):
        assert set(place.faults(right | {"round_id": str(hidden)})) == {"round_id"}
    blind = replace(place.own, permissions=place.own.permissions - {place.forms[ROUND].sees})
    assert set(place.faults(right | {"round_id": str(own)}, blind)) == {"round_id"}


def test_a_record_is_found_by_its_code_too(place: Place, right: dict[str, Any]) -> None:
    place.enter(right)
    with place.door.tenant_session(3, reach=place.own.reach) as session:
        lookups = context_for(session, place.own, TODAY, forms=place.forms).lookups
        assert lookups.find_record(CLASS, right["class_code"].lower()) is not None
        assert lookups.find_record(CLASS, "LOP") is None


def test_a_rule_across_records_holds(place: Place, right: dict[str, Any]) -> None:
    place.enter(right)
    assert place.faults(right) == {"class_code": "Mã lớp này đã có."}


def test_a_rule_across_records_holds_when_two_save_at_once(
    place: Place, right: dict[str, Any]
) -> None:
    together = Barrier(2)

    def enter(_number: int) -> str:
        together.wait()
        try:
            place.enter(right)
        except AnswersRefusedError as refused:
            return refused.errors[0].message.vi
        return "stored"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(enter, range(2))) == ["Mã lớp này đã có.", "stored"]


def test_answers_are_known_from_another_record(place: Place) -> None:
    raw = {"round_id": str(meal(place, place.communes[0])), "begins_on": "02/04/2018"}
    with place.door.tenant_session(3, reach=place.own.reach) as session:
        context = context_for(session, place.own, TODAY, forms=place.forms)
        filled = prefilled(session, place.own, place.forms[CLASS], raw, context)
        assert filled == raw | {"places": "24"}  # what was typed stays
        blind = replace(place.own, permissions=frozenset({place.forms[CLASS].enters}))
        assert prefilled(session, blind, place.forms[CLASS], raw, context) == raw


def test_what_a_form_makes_is_stored_with_it_or_not_at_all(
    place: Place, right: dict[str, Any]
) -> None:
    answers = {
        "held_on": "05/03/2018",
        "commune_id": str(place.communes[0]),
        "place": "school",
        "children": "2",
        "meals": "2",
    }
    made = replace(place.forms[CLASS], makes=lambda *_: [Submission(ROUND, answers, TODAY)])
    stored = place.enter(right, made)
    assert [code for code, _ in stored.made] == [ROUND]
    refused = replace(made, makes=lambda *_: [Submission(ROUND, answers | {"meals": "9"}, TODAY)])
    with place.door.tenant_session(3) as session:
        before = session.total(made.model)
    with pytest.raises(AnswersRefusedError):
        place.enter(right | {"class_code": "LOP-KHAC"}, refused)
    with place.door.tenant_session(3) as session:
        assert session.total(made.model) == before


def test_the_page_has_empty_rows_and_more_on_request(place: Place) -> None:
    assert [row.number for row in place.view(None).rosters[0].rows] == [1, 2, 3]
    typed = {"learners": [{"age": "9"}] * 4}
    assert len(place.view(typed).rosters[0].rows) == 4
    longer = place.view(typed, longer="learners").rosters[0]
    assert [row.fields[1].value for row in longer.rows] == ["9"] * 4 + [""] * 3
    assert longer.rows[4].fields[1].name == "learners.4.age"
    assert not place.view({"learners": [{}] * 50}).rosters[0].more


def test_few_records_are_a_list_and_many_are_looked_up(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    meal(place, place.communes[0])
    fields = {f.name: f for f in place.view(None).parts[0].fields}
    assert fields["round_id"].kind == "select"
    assert "01/03/2018" in fields["round_id"].options[0][1]
    monkeypatch.setattr("core.forms.lookups.FEW", 0)
    fields = {f.name: f for f in place.view(None).parts[0].fields}
    looked_up = fields["round_id"]
    assert (looked_up.kind, looked_up.lookup_url) == (
        "lookup",
        "/lookup/records/sample_meals/meal-round".replace("sample_meals", "sample-meals"),
    )


def test_the_schema_lists_the_rows(place: Place) -> None:
    learners = json_schema(place.forms[CLASS])["properties"]["learners"]
    assert (learners["minItems"], learners["maxItems"]) == (1, 50)
    assert set(learners["items"]["properties"]) == {"child_id", "age", "result"}


def test_the_page_on_forms_shows_the_declaration_and_it_is_short() -> None:
    page = (ROOT / "docs/plugins/forms.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```python\n(.+?)^```$", page, re.MULTILINE | re.DOTALL)
    module = ROOT / "tests/sample_plugin/sample_meals/classes.py"
    assert shown in module.read_text(encoding="utf-8")
    assert len(shown.splitlines()) <= 40
    assert not list((ROOT / "tests/sample_plugin").rglob("*.html"))


def test_rows_less_protected_than_their_record_stop_the_start(place: Place) -> None:
    form = place.forms[CLASS]
    for rows in (Unbounded, OpenRows):
        roster = replace(form.rosters[0], model=rows)
        model = Secret if rows is OpenRows else form.model
        declared = replace(form, code="core.x", model=model, columns=(), rosters=(roster,))
        with pytest.raises(PluginError, match="less protected than their record"):
            Catalogue((Contribution(owner="core", forms=(declared,)),))


class Unbounded(TenantOwned):
    """Rows in no commune."""


class Secret(AreaScoped, Confidential, TenantOwned):
    """A confidential record."""

    confidential_key = "core.secret"


class OpenRows(AreaScoped, TenantOwned):
    """Rows that everybody in the commune reads."""
