"""The catalogue: what is declared, by whom, and what remains for some of the plugins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.kit.language import Text
from core.plugin_api.figures import Count, Indicator, Measure, Ratio
from core.plugin_api.forms import Form
from core.plugin_api.values import Job, ReportSection
from core.registry.catalogue import Catalogue, Contribution, measures_of, ordered
from core.registry.errors import PluginError
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
    [(Count("a.b"), ("a.b",)), (Ratio("a.b", "a.c"), ("a.b", "a.c")), (None, ())],
)
def test_measures_of_an_indicator(formula: Formula | None, measures: tuple[str, ...]) -> None:
    assert measures_of(indicator("IND-01", formula)) == measures


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
