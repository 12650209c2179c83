"""The catalogue: what is declared, by whom, and what remains for some of the plugins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.db.base import DataClass
from core.kit.language import Text
from core.plugin_api.figures import (
    AllUnits,
    Average,
    Change,
    Count,
    Indicator,
    Measure,
    Ratio,
    Sum,
    Units,
    UnitsRatio,
    UnitsWhole,
    measures_in,
)
from core.plugin_api.forms import Form
from core.plugin_api.values import Job, ReportSection
from core.registry.catalogue import Catalogue, Contribution, ordered
from core.registry.errors import PluginError
from core.tenancy.models import AreaScoped, Confidential, TenantOwned
from tests.core.vault.notices import Notice

if TYPE_CHECKING:
    from core.plugin_api.figures import Formula
    from core.registry.service import Registry

ANY = Text(vi="Thử", en="Test")


def indicator(code: str, formula: Formula | None = None) -> Indicator:
    return Indicator(
        code=code,
        name=ANY,
        definition=ANY,
        unit=ANY,
        direction="up",
        frequency=("Y",),
        formula=formula,
    )


def section(code: str, order: int) -> ReportSection:
    return ReportSection(code=code, title=ANY, write=lambda _: (), order=order)


def test_an_indicator_keeps_the_code_that_people_know(registry: Registry) -> None:
    assert registry.catalogue.owner_of["SMP-01"] == "sample_meals"


def test_an_indicator_code_belongs_to_one_plugin() -> None:
    twice = [Contribution(owner=key, indicators=(indicator("IND-01"),)) for key in ("one", "two")]
    with pytest.raises(PluginError, match=r"Plugin two: .*IND-01 is already declared by one"):
        Catalogue(tuple(twice))


def test_one_id_names_one_thing_whatever_its_kind() -> None:
    both = Contribution(
        owner="one",
        jobs=(Job(code="one.tidy", run=print),),
        report_sections=(section("one.tidy", 1),),
    )
    with pytest.raises(PluginError, match=r"one\.tidy is already declared"):
        Catalogue((both,))


def form_over(model: type) -> Form:
    return Form(
        code="one.form",
        number="F-1",
        title=ANY,
        purpose=ANY,
        model=model,
        parts=(),
        columns=(),
        enters="one.enter",
        sees="one.read",
        attachments=True,
    )


class _InACommune(AreaScoped, TenantOwned):
    """As the model of a plugin."""


class _Secret(Confidential, _InACommune):
    """As the model of a confidential programme."""

    confidential_key = "one"


def test_papers_hang_on_records_in_a_commune() -> None:
    assert Catalogue((Contribution(owner="one", forms=(form_over(_InACommune),)),)).forms
    with pytest.raises(PluginError, match="must lie in a commune"):
        Catalogue((Contribution(owner="one", forms=(form_over(TenantOwned),)),))


def test_no_papers_hang_on_confidential_records() -> None:
    with pytest.raises(PluginError, match="confidential records and may take no attachments"):
        Catalogue((Contribution(owner="one", forms=(form_over(_Secret),)),))


def test_a_switched_off_plugin_leaves_nothing_behind(registry: Registry) -> None:
    left = registry.catalogue.of(frozenset())
    assert [*left.forms, *left.measures, *left.indicators, *left.routes, *left.jobs] == []
    assert left.rights("collaborator") == ()


def test_rights_of_a_role_come_from_every_owner(registry: Registry) -> None:
    given = registry.catalogue.rights("commune_worker")
    assert [(owner, sorted(rights.permissions)) for owner, rights in given] == [
        ("sample_meals", ["sample_meals.meal_round.enter", "sample_meals.meal_round.read"])
    ]


@pytest.mark.parametrize(
    ("formula", "measures"),
    [
        (Count("a.b"), ("a.b",)),
        (Ratio("a.b", "a.c"), ("a.b", "a.c")),
        (Ratio("a.b", Sum("a.b", "a.c")), ("a.b", "a.c")),
        (UnitsRatio(Sum("a.b", "a.c"), "commune"), ("a.b", "a.c")),
        (UnitsWhole(Ratio("a.b", "a.c"), "commune"), ("a.b", "a.c")),
        (Average("a.b", AllUnits("commune")), ("a.b",)),
        (Change("IND-01"), ()),
        (None, ()),
    ],
)
def test_measures_that_a_formula_names(formula: Formula | None, measures: tuple[str, ...]) -> None:
    assert measures_in(formula) == measures


def measure(code: str, sensitivity: DataClass = DataClass.INTERNAL) -> Measure:
    return Measure(
        code=code, name=ANY, model=_InACommune, kind="flow", date="on", sensitivity=sensitivity
    )


def declared(*indicators: Indicator) -> Catalogue:
    measures = (measure("one.m"), measure("one.secret", DataClass.RESTRICTED))
    return Catalogue((Contribution(owner="one", measures=measures, indicators=indicators),))


def test_a_change_rests_on_the_measures_of_what_changed() -> None:
    change = indicator("IND-02", Change("IND-01"))
    catalogue = declared(indicator("IND-01", Sum("one.m", "one.secret")), change)
    assert catalogue.measures_of(change) == ("one.m", "one.secret")


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        (Sum("one.m", "one.x"), "names the measure one.x, which nobody declares"),
        (Change("IND-09"), "the change of IND-09, which nobody declares"),
        (Change("IND-02"), "the change of IND-02, which is no count"),
        (Units("one.secret", "commune"), "tell of single places"),
        (UnitsRatio(Sum("one.m", "one.secret"), "district"), "tell of single places"),
        (Average("one.secret", AllUnits("commune")), "tell of single places"),
    ],
)
def test_a_formula_that_would_mislead_or_tell_too_much_is_refused(
    formula: Formula, why: str
) -> None:
    share = indicator("IND-02", Ratio("one.m", "one.secret"))
    with pytest.raises(PluginError, match=why):
        declared(share, indicator("IND-01", formula))


def test_places_are_not_parted() -> None:
    parted = replace(indicator("IND-01", Units("one.m", "commune")), breakdowns=("sex",))
    with pytest.raises(PluginError, match="no breakdowns"):
        declared(parted)


def test_sections_stand_in_their_order_and_ties_by_code() -> None:
    given = [section("b.one", 5), section("a.two", 5), section("c.three", 1)]
    assert [one.code for one in ordered(given)] == ["c.three", "a.two", "b.one"]


@pytest.mark.parametrize(
    "contribution",
    [
        Contribution(
            owner="one",
            forms=(
                Form(
                    code="one.form",
                    number="F-1",
                    title=ANY,
                    purpose=ANY,
                    model=Notice,
                    parts=(),
                    columns=("received_at", "informant"),
                    enters="one.enter",
                    sees="one.see",
                ),
            ),
        ),
        *(
            Contribution(
                owner="one",
                measures=(
                    Measure(
                        code="one.told",
                        name=ANY,
                        model=Notice,
                        kind="flow",
                        **{"date": "received_at"} | named,
                    ),
                ),
            )
            for named in (
                {"date": "informant"},
                {"until": "informant"},
                {"sums": "informant"},
                {"sex": "informant"},
                {"age": "informant"},
                {"detail": "informant"},
            )
        ),
    ],
)
def test_a_sealed_column_is_neither_listed_nor_counted(contribution: Contribution) -> None:
    with pytest.raises(PluginError, match=r"Plugin one: one\.\w+ lists or counts informant"):
        Catalogue((contribution,))
