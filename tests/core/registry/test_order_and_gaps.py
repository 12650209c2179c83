"""Switches stand in order of time, and a plugin is refused for what would fail only later."""

from __future__ import annotations

from datetime import UTC, datetime
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from core.plugin_api import Count, Indicator, Text, hookimpl
from core.registry.enablement import switch_off, switch_on
from core.registry.errors import PluginError, SwitchRefusedError
from core.registry.loading import LoadedPlugin, load_plugins
from core.registry.service import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.metadata import EntryPoint

    from core.registry.catalogue import Contribution
    from core.tenancy.door import TenantDoor

T = Text(vi="Thử", en="Test")


def on(month: int) -> datetime:
    return datetime(2018, month, 1, tzinfo=UTC)


def turn(door: TenantDoor, registry: Registry, at: datetime, *, to: bool) -> bool:
    with door.tenant_session(3) as session:
        return (switch_on if to else switch_off)(session, registry, "sample_meals", at=at)


def test_switches_follow_one_another_in_time(door: TenantDoor, registry: Registry) -> None:
    assert turn(door, registry, on(1), to=True)
    assert not turn(door, registry, on(1), to=True)
    with pytest.raises(SwitchRefusedError):
        turn(door, registry, on(1), to=False)
    assert turn(door, registry, on(3), to=False)
    with pytest.raises(SwitchRefusedError):
        turn(door, registry, on(2), to=False)
    with pytest.raises(SwitchRefusedError):
        turn(door, registry, on(2), to=True)
    assert turn(door, registry, on(3), to=True)
    with pytest.raises(SwitchRefusedError):
        turn(door, registry, on(2), to=True)


def plugin(key: str, **attributes: object) -> LoadedPlugin:
    module = ModuleType(key)
    for name, value in attributes.items():
        setattr(module, name, value)
    from faulty.cards import card

    return LoadedPlugin(card(key), module)


def test_a_measure_of_a_plugin_that_is_not_required_is_refused(
    points: Callable[..., Sequence[EntryPoint]], core_declares: Contribution
) -> None:
    @hookimpl
    def indicators() -> object:
        return (
            Indicator(
                code="OTH-01",
                name=T,
                definition=T,
                unit=T,
                direction="up",
                frequency=("Y",),
                formula=Count("sample_meals.meals"),
            ),
        )

    sample = load_plugins(points("sample_meals"))
    with pytest.raises(PluginError, match="does not require"):
        Registry([*sample, plugin("other", indicators=indicators)], core_declares)


def test_a_hook_that_returns_nothing_is_refused(core_declares: Contribution) -> None:
    @hookimpl
    def indicators() -> object:
        return None

    with pytest.raises(PluginError, match="returned nothing"):
        Registry([plugin("other", indicators=indicators)], core_declares)
