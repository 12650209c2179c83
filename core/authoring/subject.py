"""A plugin as the checks see it, stage by stage: found, loaded, declared, tried."""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.db.base import Base
from core.declared.plugin import DeclaredPoint
from core.kit.errors import ConfigurationError
from core.registry.loading import GROUP, LoadedPlugin, installed_entry_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from sqlalchemy import Table

    from core.migrations.runner import AnyChain
    from core.plugin_api.info import PluginInfo
    from core.registry.catalogue import Contribution
    from core.registry.loading import PluginPoint
    from core.registry.service import Registry
    from core.testing.database import TestDatabase
    from core.testing.plugins import PluginWorld


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the plugin, read and parsed."""

    name: str
    tree: ast.Module


@dataclass(frozen=True)
class Found:
    """A plugin that was found but not run: its entry point and its files.

    A declared plugin has one file and no source.
    """

    point: PluginPoint
    folder: Path

    @property
    def key(self) -> str:
        """The name of the entry point, which must be the plugin's key."""
        return self.point.name

    @property
    def package(self) -> str:
        """The package that is imported."""
        return self.point.value.rpartition(".")[0] or self.point.value

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every Python file of the package."""
        return tuple(_parsed(self.folder)) if self.folder.is_dir() else ()


@dataclass(frozen=True)
class Loaded:
    """A plugin whose module was imported; its card may still be wrong.

    ``others`` are the cards of the other installed plugins, ``codes`` the ids they declare.
    """

    found: Found
    module: ModuleType
    others: Mapping[str, PluginInfo]
    codes: Mapping[str, frozenset[str]]

    @property
    def key(self) -> str:
        """The plugin's key."""
        return self.found.key

    @property
    def info(self) -> PluginInfo:
        """The card."""
        info: PluginInfo = self.module.PLUGIN
        return info

    @property
    def plugin(self) -> LoadedPlugin:
        """As the registry knows it."""
        return LoadedPlugin(self.info, self.module)

    @property
    def chain(self) -> AnyChain | None:
        """Its migrations."""
        return self.plugin.chain

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables that its models declare."""
        tables = [m.local_table for m in self.mappers]
        return tuple(t for t in tables if hasattr(t, "foreign_key_constraints"))

    @cached_property
    def mappers(self) -> tuple[Any, ...]:
        """SQLAlchemy's mappers of its models."""
        start = f"{self.found.package}."
        everything = Base.registry.mappers
        return tuple(m for m in everything if f"{m.class_.__module__}.".startswith(start))


@dataclass(frozen=True)
class Declared:
    """A plugin that the registry accepted, with what it declares."""

    loaded: Loaded
    registry: Registry
    given: Contribution

    @property
    def key(self) -> str:
        """The plugin's key."""
        return self.loaded.key


@dataclass(frozen=True)
class Tried:
    """A plugin over a scratch database with its tables, and the records it was tried with."""

    declared: Declared
    database: TestDatabase
    world: PluginWorld
    entered: dict[int, list[tuple[str, Any]]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The plugin's key."""
        return self.declared.key


def find_installed(key: str) -> Found:
    """An installed plugin.

    Raises:
        ConfigurationError: none has this key; names those there are.
    """
    points = {point.name: point for point in installed_entry_points()}
    if key not in points:
        raise ConfigurationError(
            f"No plugin {key!r} is installed. There are: {', '.join(points)}. "
            "For one that is not installed give its folder with --path."
        )
    point = points[key]
    package = point.value.rpartition(".")[0] or point.value
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise ConfigurationError(f"The package {package} of {key!r} is not there; install it.")
    return Found(point, Path(folders[0]))


def find_in(folder: Path, key: str | None = None) -> Found:
    """A plugin in a folder with its own ``pyproject.toml``.

    Raises:
        ConfigurationError: the folder holds no plugin, or several and no key was given.
    """
    try:
        told = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"There is no pyproject.toml in {folder}.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{folder}/pyproject.toml cannot be read: {error}.") from None
    points = told.get("project", {}).get("entry-points", {}).get(GROUP, {})
    name = key or next(iter(points), None)
    if name is None or name not in points or (key is None and len(points) != 1):
        raise ConfigurationError(
            f'{folder}/pyproject.toml needs one line under [project.entry-points."{GROUP}"]: '
            f'KEY = "KEY.plugin". It has: {", ".join(points) or "none"}.'
        )
    point = EntryPoint(name=name, value=points[name], group=GROUP)
    package = point.value.rpartition(".")[0] or point.value
    inside = folder / Path(*package.split("."))
    if not inside.is_dir():
        raise ConfigurationError(f"The package {package} is not in {folder}.")
    return Found(point, inside)


def find_declared(file: Path) -> Found:
    """A declared plugin's file, wherever it is.

    Raises:
        ConfigurationError: there is no such file.
    """
    if not file.is_file():
        raise ConfigurationError(f"There is no file {file}.")
    return Found(DeclaredPoint(file), file)


def _parsed(folder: Path) -> Iterator[Source]:
    for file in sorted(folder.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        name = file.relative_to(folder).as_posix()
        try:
            yield Source(name, ast.parse(text, name))
        except SyntaxError as error:
            raise ConfigurationError(
                f"{name}, line {error.lineno}: not valid Python; correct it first."
            ) from None
