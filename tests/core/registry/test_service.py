"""The registry: cards, and hooks that reach the enabled plugins alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from core.plugin_api.values import DemoWorld, RecordView
from core.registry.errors import UnknownProgrammeError

if TYPE_CHECKING:
    from core.registry.service import Registry

RECORD = RecordView("sample_meals.meal_round", UUID(int=7), date(2018, 5, 1))


@dataclass
class Asked:
    """Keeps which jobs the plugins ask for: the trace that a call leaves."""

    tenant_slug: str = "tinh_mot"
    jobs: list[str] = field(default_factory=list)

    def enqueue(self, job_code: str, *identifiers: str) -> None:
        """Keep it."""
        del identifiers
        self.jobs.append(job_code)


@dataclass
class Counted:
    """Answers counts, and keeps which were asked."""

    kept: int
    asked: list[str] = field(default_factory=list)

    def count(self, form_code: str) -> int:
        """Keep the question."""
        self.asked.append(form_code)
        return self.kept


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        ((), []),
        (("sample_meals",), ["sample_meals.thanks"]),
        (("meal_supplies",), ["meal_supplies.order"]),
        (("meal_supplies", "sample_meals"), ["meal_supplies.order", "sample_meals.thanks"]),
    ],
)
def test_an_event_reaches_the_enabled_plugins_alone(
    registry: Registry, on: tuple[str, ...], asked: list[str]
) -> None:
    context = Asked()
    programmes = registry.enabled(on)
    for key in programmes.hearing:
        programmes.tell_record_saved(key, context, RECORD)
    assert sorted(context.jobs) == asked


def test_only_the_plugin_that_is_switched_off_is_asked(registry: Registry) -> None:
    programmes = registry.enabled({"meal_supplies", "sample_meals"})
    counts = Counted(3)
    (objection,) = programmes.objections_to_switching_off("sample_meals", counts)
    assert objection.vi.startswith("Còn 3 phiếu ghi bữa ăn")
    assert counts.asked == ["sample_meals.meal_round"]


def test_nothing_left_behind_is_no_objection(registry: Registry) -> None:
    programmes = registry.enabled({"sample_meals"})
    assert programmes.objections_to_switching_off("sample_meals", Counted(0)) == ()


def test_generated_records_are_of_enabled_plugins_and_always_the_same(registry: Registry) -> None:
    def made(*on: str) -> list[object]:
        world = DemoWorld("tinh_mot", 2018, Random("2018"), (101, 102), ())  # noqa: S311  seeded
        return list(registry.enabled(on).demo_records(world))

    assert made() == []
    assert made("meal_supplies") == []
    assert len(made("sample_meals")) == 24
    assert made("sample_meals") == made("sample_meals")


def test_the_work_for_one_set_of_programmes_is_done_once(registry: Registry) -> None:
    assert registry.enabled(["sample_meals"]) is registry.enabled({"sample_meals"})


def test_the_record_of_an_absent_plugin_counts_not(registry: Registry) -> None:
    assert registry.enabled({"sample_meals", "gone_away"}).keys == {"sample_meals"}


def test_core_is_always_there_and_a_plugin_when_it_is_on(registry: Registry) -> None:
    programmes = registry.enabled({"sample_meals"})
    assert programmes.has("core")
    assert programmes.has("sample_meals")
    assert not programmes.has("meal_supplies")


def test_cards_come_in_the_order_of_menus(registry: Registry) -> None:
    assert [info.key for info in registry.plugins] == ["sample_meals", "meal_supplies"]


def test_an_unknown_programme_is_not_found_and_the_known_are_named(registry: Registry) -> None:
    with pytest.raises(UnknownProgrammeError, match="meal_supplies, sample_meals") as refused:
        registry.info("nowhere")
    assert refused.value.status == 404
