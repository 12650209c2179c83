"""Loading: each fault stops the start, and the sentence names the plugin and the reason."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from core.plugin_api.info import API_VERSION
from core.registry.errors import PluginError
from core.registry.loading import build_manager, installed_entry_points, load_plugins
from core.registry.service import Registry

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.metadata import EntryPoint

    from core.registry.catalogue import Contribution

    Points = Callable[..., tuple[EntryPoint, ...]]

OURS = {"child_labour", "drowning_prevention", "orphan_care", "sexual_abuse"}

FAULTS = {
    "import_error": "cannot be imported (ModuleNotFoundError: "
    "No module named 'a_package_that_is_not_installed')",
    "no_card": "its module has no PLUGIN",
    "other_key": "its key is 'quite_another'; key and entry point must be one name",
    "half_a_card": "cannot be imported (TypeError",
    "no_contact": "its card lacks contact",
    "later_api": f"fits plugin API >=2,<3, but this is {API_VERSION}",
    "unreadable_api": "its card cannot be read",
    "unreadable_version": "its card cannot be read",
    "unknown_hook": "its hooks do not fit the contract: unknown hook 'celebrations'",
    "unknown_argument": "'session'",
    "raising_hook": "its hook forms failed (ValueError: no forms today)",
    "repeated_id": "the id repeated_id.tidy is already declared by repeated_id",
    "foreign_id": "the id sample_meals.tidy must begin with foreign_id.",
    "foreign_permission": "permission core.programme.switch must begin with foreign_permission.",
    "unknown_measure": "indicator UNK-01 names the measure unknown_measure.never",
    "missing_requirement": "requires the plugin not_there, which is not installed",
}


@pytest.mark.parametrize("key", sorted(FAULTS))
def test_a_faulty_plugin_stops_the_start(
    key: str, points: Points, core_declares: Contribution
) -> None:
    with pytest.raises(PluginError) as refused:
        Registry.discover(core_declares, points=points("sample_meals", key))
    assert str(refused.value).startswith(f"Plugin {key}: ")
    assert FAULTS[key] in str(refused.value)
    assert refused.value.plugin == key


def test_a_key_is_of_small_letters(core_declares: Contribution, points: Points) -> None:
    (point,) = points("short_key")
    named = type(point)(name="Ab", value=point.value, group=point.group)
    with pytest.raises(PluginError, match=r"^Plugin Ab: its key must be 3 to 41 of a-z"):
        Registry.discover(core_declares, points=(named,))


def test_plugins_that_require_each_other_are_refused(points: Points) -> None:
    with pytest.raises(PluginError, match="circle_one → circle_two → circle_one"):
        load_plugins(points("circle_one", "circle_two"))


def test_two_packages_with_one_key_are_refused(points: Points) -> None:
    with pytest.raises(PluginError, match="Plugin sample_meals: is installed twice"):
        load_plugins(points("sample_meals", "sample_meals"))


def test_an_id_that_another_plugin_has_is_refused(points: Points) -> None:
    with pytest.raises(PluginError, match="Plugin foreign_id"):
        Registry.discover(
            _core_with_nothing(), points=points("sample_meals", "meal_supplies", "foreign_id")
        )


def test_a_table_in_another_schema_is_refused() -> None:
    """In a process of its own: a misplaced table stays in the metadata of its process."""
    code = (
        "from importlib.metadata import EntryPoint\n"
        "from core.registry.loading import load_plugins\n"
        "value = 'faulty.wrong_schema.plugin'\n"
        "load_plugins([EntryPoint('wrong_schema', value, 'annhi.plugins')])\n"
    )
    path = f"import sys; sys.path[:0] = {sys.path!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", path + code], capture_output=True, text=True, check=False
    )
    last = done.stderr.strip().splitlines()[-1]
    assert last.endswith(
        "Plugin wrong_schema: table core.misplaced must live in schema wrong_schema."
    )


def test_a_plugin_follows_those_it_requires(points: Points) -> None:
    loaded = load_plugins(points("meal_supplies", "sample_meals"))
    assert [plugin.info.key for plugin in loaded] == ["sample_meals", "meal_supplies"]


def test_a_plugin_that_is_not_trusted_is_not_even_imported(points: Points) -> None:
    loaded = load_plugins(
        points("import_error", "sample_meals"), trusted=frozenset({"sample_meals"})
    )
    assert [plugin.info.key for plugin in loaded] == ["sample_meals"]


def test_a_plugin_without_tables_has_no_chain(points: Points) -> None:
    chains = {p.info.key: p.chain for p in load_plugins(points("meal_supplies", "sample_meals"))}
    assert chains["meal_supplies"] is None
    assert chains["sample_meals"] is not None
    assert chains["sample_meals"].schema == "sample_meals"


def test_our_own_plugins_come_in_by_the_same_door() -> None:
    assert {point.name for point in installed_entry_points()} >= OURS


def test_the_manager_knows_accepted_plugins_alone(points: Points) -> None:
    manager = build_manager(load_plugins(points("sample_meals")))
    assert [name for name, _ in manager.list_name_plugin()] == ["sample_meals"]


def _core_with_nothing() -> Contribution:
    from core.registry.catalogue import Contribution

    return Contribution(owner="core")
