"""The sample plugin as its author would see it: what was declared works without plumbing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.exports.declared import OutsideContext
from core.forms.context import FormContext
from core.forms.schema import json_schema
from core.forms.service import check_answers, list_records, submit
from core.identity.principal import Principal
from core.indicators.count import recount, verify
from core.indicators.door import FigureDoor
from core.indicators.stale import marker
from core.kit.errors import RefusedError
from core.kit.periods import Window
from core.plugin_api.documents import Figure, FigureState, Paragraph, Table
from core.plugin_api.rules import answer
from core.plugin_api.values import DemoWorld, RouteContext
from core.registry.enablement import switch_on
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from core.plugin_api.forms import Form
    from core.registry.service import Registry
    from core.testing.database import TestDatabase

TODAY = date(2018, 6, 1)
NOW = datetime(2018, 6, 1, 8, tzinfo=UTC)
YEAR = Window(date(2018, 1, 1), date(2018, 12, 31))


@pytest.fixture
def form(registry: Registry) -> Form:
    return registry.catalogue.forms["sample_meals.meal_round"]


@pytest.fixture
def context(database: TestDatabase) -> FormContext:
    """Two real communes of the day; no register."""
    with database.owner.connect() as connection:
        rows = connection.execute(
            select(Area.id, Area.name)
            .where(Area.level == COMMUNE, exists_on(TODAY))
            .order_by(Area.id)
            .limit(2)
        )
        communes = {row[0]: row[1] for row in rows}
    return FormContext(today=TODAY, communes=communes, find_child=_nobody, find_household=_nobody)


def _nobody(_text: str) -> None:
    return None


@pytest.fixture
def answers(context: FormContext) -> dict[str, str]:
    return {
        "held_on": "15/03/2018",
        "commune_id": str(next(iter(context.communes))),
        "place": "school",
        "children": "30",
        "meals": "30",
    }


@pytest.fixture
def worker(registry: Registry) -> Principal:
    given = registry.catalogue.rights("commune_worker")
    return Principal(
        account_id=UUID(int=1),
        tenant_id=3,
        tenant_slug="tinh_ba",
        display_name="Cán bộ",
        roles=("commune_worker",),
        permissions=frozenset().union(*(rights.permissions for _, rights in given)),
        reach=Reach.whole_tenant(),
    )


def test_the_form_is_right_as_it_stands(
    form: Form, context: FormContext, answers: dict[str, str]
) -> None:
    assert check_answers(form, answers, context).errors == ()
    assert set(json_schema(form)["properties"]) == {*answers, "shortage"}


@pytest.mark.parametrize(
    ("changed", "at_fault"),
    [
        ({"meals": "31"}, ["meals"]),
        ({"meals": "29"}, ["shortage"]),
        ({"meals": "29", "shortage": "weather"}, []),
        ({"held_on": "02/06/2018"}, ["held_on"]),
        ({"children": "0", "meals": "0"}, ["children"]),
        ({"place": "elsewhere"}, ["place"]),
    ],
)
def test_the_rules_of_the_form(
    changed: dict[str, str],
    at_fault: list[str],
    form: Form,
    context: FormContext,
    answers: dict[str, str],
) -> None:
    checked = check_answers(form, answers | changed, context)
    assert [error.field for error in checked.errors] == at_fault


def test_a_reason_that_is_not_asked_for_is_not_kept(
    form: Form, context: FormContext, answers: dict[str, str]
) -> None:
    checked = check_answers(form, answers | {"shortage": "weather"}, context)
    assert checked.values["shortage"] is None


def test_every_generated_record_passes_the_form(
    registry: Registry, form: Form, context: FormContext
) -> None:
    world = DemoWorld("tinh_ba", 2017, Random("2017"), tuple(context.communes), ())  # noqa: S311
    made = list(registry.enabled({"sample_meals"}).demo_records(world))
    assert {one.form_code for one in made} == {form.code}
    faults = [check_answers(form, one.answers, context).errors for one in made]
    assert faults == [()] * len(made)


def test_what_is_submitted_is_counted_and_derived(
    *,
    database: TestDatabase,
    registry: Registry,
    form: Form,
    context: FormContext,
    answers: dict[str, str],
    worker: Principal,
) -> None:
    measures = tuple(registry.catalogue.measures.values())
    door = TenantDoor(database.runtime, listeners=[marker(measures)])
    with door.tenant_session(3) as session:
        switch_on(session, registry, "sample_meals", at=datetime(2018, 1, 1, tzinfo=UTC))
        for key, changed in (("key-one-1", {}), ("key-two-2", {"meals": "0", "shortage": "other"})):
            submit(
                session,
                form,
                answers | changed,
                key=key,
                principal=worker,
                context=context,
                now=NOW,
                generated=True,
            )
    with door.tenant_session(3, reach=Reach.counting()) as session:
        assert recount(session, measures) > 0
        assert verify(session, measures) == []
    with door.tenant_session(3) as session:
        assert len(list_records(session, form)) == 2
        figure = FigureDoor(session, registry.catalogue).indicator("SMP-01", YEAR)
    assert (figure.state, figure.value) == (FigureState.NUMBER, Decimal(30))
    with door.tenant_session(2) as session:
        elsewhere = FigureDoor(session, registry.catalogue).indicator("SMP-01", YEAR)
    assert elsewhere.state is FigureState.NOT_ENABLED


def test_a_role_without_the_right_enters_nothing(
    door: TenantDoor,
    form: Form,
    context: FormContext,
    answers: dict[str, str],
    worker: Principal,
) -> None:
    reader = replace(worker, permissions=frozenset({form.sees}))
    with door.tenant_session(3) as session, pytest.raises(RefusedError):
        submit(session, form, answers, key="key-none", principal=reader, context=context, now=NOW)


@dataclass
class Period:
    """A report's context with figures given in the test."""

    figure: Figure
    places: dict[str, Figure]
    year: int = 2018
    has_districts: bool = True
    asked: list[str] = field(default_factory=list)

    def indicator(self, code: str, *, last_year: bool = False) -> Figure:
        """The one indicator."""
        del last_year
        self.asked.append(code)
        return self.figure

    def measure(self, code: str, **_narrowing: object) -> Figure:
        """Not asked by this section."""
        raise AssertionError(code)

    def by(self, code: str, breakdown: str, *, last_year: bool = False) -> dict[str, Figure]:
        """The meals by place."""
        del last_year
        self.asked.append(f"{code} by {breakdown}")
        return self.places

    def by_commune(self, code: str) -> dict[str, Figure]:
        """Not asked by this section."""
        raise AssertionError(code)

    def planned(self, activity_code: str) -> int | None:
        """Nothing is planned."""
        del activity_code
        return None


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (FigureState.NUMBER, "Trong kỳ đã phát 30 suất ăn cho trẻ em."),
        (FigureState.NIL_RETURN, "Trong kỳ đã phát 0 suất ăn cho trẻ em."),
        (FigureState.NOT_REPORTED, "Chưa có số liệu về bữa ăn của trẻ em trong kỳ."),
        (FigureState.SUPPRESSED, "Chưa có số liệu về bữa ăn của trẻ em trong kỳ."),
    ],
)
def test_the_section_states_a_number_only_where_there_is_one(
    registry: Registry, state: FigureState, said: str
) -> None:
    value = Decimal(30) if state is FigureState.NUMBER else None
    places = dict.fromkeys(("kindergarten", "school", "community"), Figure("m", state, value))
    section = registry.catalogue.report_sections["sample_meals.section"]
    sentence, table = section.write(Period(Figure("SMP-01", state, value), places))
    assert isinstance(sentence, Paragraph)
    assert sentence.text.vi == said
    assert isinstance(table, Table)
    assert len(table.rows) == 3


def test_the_route_answers_with_the_state_and_the_number(registry: Registry) -> None:
    def measure(code: str, period: str) -> Figure:
        assert (code, period) == ("sample_meals.meals", "2018")
        return Figure(code, FigureState.NOT_ENABLED)

    route = registry.catalogue.routes["sample_meals.meals_route"]
    answered = route.answer(RouteContext("tinh_ba", {"period": "2018"}, measure))
    assert answered == {"meals": 0, "state": "not_enabled"}


def test_the_job_leaves_a_line(registry: Registry) -> None:
    notes: list[str] = []

    class Context:
        """Takes a job's notes."""

        tenant_slug = "tinh_ba"
        now = NOW

        def note(self, text: str) -> None:
            """Keep it."""
            notes.append(text)

    registry.catalogue.jobs["sample_meals.thanks"].run(Context(), "7")
    assert notes == ["meal round 7 was seen"]


@pytest.fixture
def outside(registry: Registry) -> OutsideContext:
    """What an export of the sample may ask; it reaches no database before it is refused."""
    nothing: Any = None
    return OutsideContext(nothing, registry.catalogue, "sample_meals", 2018, nothing)


@pytest.mark.parametrize("form", ["sample_meals.meal_round", "sample_meals.cooking_class"])
def test_hook_exports(registry: Registry, outside: OutsideContext, form: str) -> None:
    """The file is declared under its right; records that lie in a commune are not for it."""
    export = registry.catalogue.exports["sample_meals.meals_of_the_year"]
    assert export.permission == "sample_meals.meal_round.read"
    with pytest.raises(ValueError, match="may tell of persons"):
        outside.lines(form, answer("id").answered())


def test_an_export_reads_no_records_of_another_programme(outside: OutsideContext) -> None:
    with pytest.raises(ValueError, match="another programme"):
        replace(outside, owner="meal_supplies").lines(
            "sample_meals.meal_round", answer("id").answered()
        )
