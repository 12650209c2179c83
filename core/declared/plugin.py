"""Finds declared plugins in their folder and hands each to the registry as it wants a plugin.

A file enters by the same door as an entry point: it has a name and can be loaded, and what is
loaded is a module with a card and hooks. The registry checks it as it checks any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from core.declared import building
from core.declared.examples import records
from core.declared.mapped import map_form
from core.declared.reading import read_file
from core.declared.tables import DeclaredTables
from core.migrations.runner import DeclaredChain
from core.plugin_api.hooks import hookimpl
from core.registry.errors import PluginError

if TYPE_CHECKING:
    from pathlib import Path

    from core.declared.reading import Read

# A process maps a table once, as it imports a module once: by key, what was read and made of it.
_LOADED: dict[str, tuple[str, ModuleType]] = {}


@dataclass(frozen=True, slots=True)
class DeclaredPoint:
    """One file of the folder; not even opened until it is loaded."""

    path: Path

    @property
    def name(self) -> str:
        """The name of the file, which must be the plugin's key."""
        return self.path.stem

    @property
    def value(self) -> str:
        """The module that it becomes."""
        return f"declared.{self.name}.plugin"

    def load(self) -> ModuleType:
        """The plugin as a module.

        Raises:
            DeclarationError: the file is not right; carries every fault.
            PluginError: this process has loaded another version of it already.
        """
        read = read_file(self.path)
        known = _LOADED.get(self.name)
        if known is None:
            known = _LOADED[self.name] = (read.sha256, _module(self.value, read))
        if known[0] != read.sha256:
            raise PluginError(self.name, "its file changed while the program ran; start it again.")
        return known[1]


def declared_points(folder: Path) -> tuple[DeclaredPoint, ...]:
    """The files of a folder, by name; none where there is no folder."""
    return tuple(DeclaredPoint(path) for path in sorted(folder.glob("*.toml")))


def _module(name: str, read: Read) -> ModuleType:
    file = read.file
    models = {form.name: map_form(file.plugin.key, form, file.codes) for form in file.forms}
    tables = DeclaredTables(read, models)
    key = file.plugin.key
    given: dict[str, Any] = {
        "forms": building.forms(file, models),
        "measures": building.measures(file, models),
        "indicators": building.indicators(file),
        "report_sections": building.report_sections(file),
        "roles": building.roles(file),
    }
    module = ModuleType(name, file.plugin.purpose.en)
    vars(module).update(
        PLUGIN=building.card(file),
        CHAIN=DeclaredChain(key, key, read.sha256, tables.up, tables.down),
        WORKED={row.code: row.example for row in file.indicators if row.example is not None},
        demo_records=hookimpl(lambda world: records(file, world)),
        **{hook: _declaring(values) for hook, values in given.items()},
    )
    return module


def _declaring(values: tuple[Any, ...]) -> Any:
    """A hook that returns what was built beforehand."""
    return hookimpl(lambda: values)
