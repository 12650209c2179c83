"""Finding plugins by entry point and refusing what does not fit, before anything runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pluggy
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from core.db.base import Base
from core.kit.errors import ConfigurationError
from core.migrations.runner import Chain, DeclaredChain
from core.plugin_api.hooks import PROJECT, Hooks
from core.plugin_api.info import API_VERSION, PluginInfo
from core.registry.errors import PluginError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.metadata import EntryPoint
    from types import ModuleType

    from core.migrations.runner import AnyChain

GROUP = "annhi.plugins"
# what a card may leave out
MAY_BE_EMPTY = frozenset({"requires", "order", "project"})
_KEY = re.compile(r"[a-z][a-z0-9_]{2,40}")


class PluginPoint(Protocol):
    """Where a plugin is found: an entry point, or a file that declares one."""

    @property
    def name(self) -> str:
        """The name it is found by, which must be its key."""

    @property
    def value(self) -> str:
        """The module that it is."""

    def load(self) -> Any:
        """The module with the card and the hooks."""


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plugin that was found, imported and accepted."""

    info: PluginInfo
    module: ModuleType

    @property
    def chain(self) -> AnyChain | None:
        """Its migrations; ``None`` for a plugin without tables."""
        declared = getattr(self.module, "CHAIN", None)
        if isinstance(declared, DeclaredChain):
            return declared
        file = self.module.__file__
        location = Path(file).parent / "migrations" if file else None
        if location is None or not location.is_dir():
            return None
        return Chain(key=self.info.key, schema=self.info.key, location=location)


def installed_entry_points() -> tuple[EntryPoint, ...]:
    """The entry points of every installed distribution, ours and partners' alike."""
    return tuple(sorted(entry_points(group=GROUP), key=lambda point: point.name))


def load_plugins(
    points: Sequence[PluginPoint], *, trusted: frozenset[str] | None = None
) -> tuple[LoadedPlugin, ...]:
    """Import and check each plugin; sorted so that a plugin follows those it requires.

    ``trusted`` is the operator's list of keys that may run; ``None`` trusts what is installed.

    Raises:
        PluginError: a plugin cannot be imported, has no or an incomplete card, does not fit this
            version of the API, implements an unknown hook, repeats a key, or requires what is
            missing or requires it back. It never loads "most" plugins.
    """
    loaded: dict[str, LoadedPlugin] = {}
    for point in points:
        if trusted is not None and point.name not in trusted:
            continue
        if point.name in loaded:
            raise PluginError(point.name, "is installed twice; remove one of them.")
        loaded[point.name] = _load(point)
    return _in_order_of_requirement(loaded)


def build_manager(plugins: Iterable[LoadedPlugin]) -> pluggy.PluginManager:
    """Pluggy's manager over the accepted plugins; nobody outside the registry touches it."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    for plugin in plugins:
        try:
            manager.register(plugin.module, name=plugin.info.key)
            manager.check_pending()
        except pluggy.PluginValidationError as error:
            reason = str(error).strip().replace("\n", " ")
            raise PluginError(
                plugin.info.key, f"its hooks do not fit the contract: {reason}"
            ) from None
    return manager


def _load(point: PluginPoint) -> LoadedPlugin:
    try:
        module = point.load()
    except ConfigurationError:
        raise  # a declaration tells its own faults, each with its line
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise PluginError(point.name, f"cannot be imported ({reason}).") from error
    info = getattr(module, "PLUGIN", None)
    if not isinstance(info, PluginInfo):
        raise PluginError(point.name, "its module has no PLUGIN = PluginInfo(...).")
    _check_card(point.name, info)
    _check_tables(info, module)
    return LoadedPlugin(info=info, module=module)


def _check_card(name: str, info: PluginInfo) -> None:
    if info.key != name:
        raise PluginError(name, f"its key is {info.key!r}; key and entry point must be one name.")
    if not _KEY.fullmatch(info.key):
        raise PluginError(
            name, "its key must be 3 to 41 of a-z, 0-9 and _, beginning with a letter."
        )
    for field in fields(info):
        value: Any = getattr(info, field.name)
        if field.name not in MAY_BE_EMPTY and not value:
            raise PluginError(name, f"its card lacks {field.name}.")
    try:
        Version(info.version)
        fits = SpecifierSet(info.api).contains(API_VERSION)
    except (InvalidVersion, InvalidSpecifier) as error:
        raise PluginError(name, f"its card cannot be read: {error}.") from None
    if not fits:
        raise PluginError(
            name,
            f"fits plugin API {info.api}, but this is {API_VERSION}; install a fitting version.",
        )


def _check_tables(info: PluginInfo, module: ModuleType) -> None:
    """A plugin's tables live in the schema named by its key."""
    package = module.__name__.rpartition(".")[0] or module.__name__
    for mapper in Base.registry.mappers:
        if f"{mapper.class_.__module__}.".startswith(f"{package}."):
            table = mapper.local_table
            if getattr(table, "schema", None) != info.key:
                raise PluginError(info.key, f"table {table} must live in schema {info.key}.")


def _in_order_of_requirement(loaded: dict[str, LoadedPlugin]) -> tuple[LoadedPlugin, ...]:
    order: dict[str, LoadedPlugin] = {}

    def place(key: str, path: tuple[str, ...]) -> None:
        if key in order:
            return
        if key in path:
            circle = " → ".join((*path[path.index(key) :], key))
            raise PluginError(key, f"plugins require each other in a circle: {circle}.")
        for needed in loaded[key].info.requires:
            if needed not in loaded:
                raise PluginError(key, f"requires the plugin {needed}, which is not installed.")
            place(needed, (*path, key))
        order[key] = loaded[key]

    for key in sorted(loaded):
        place(key, ())
    return tuple(order.values())
