"""Runs the checks stage by stage: source, card and models, declarations, database, trial.

A later stage waits until what the earlier ones found is corrected; the source is always read
to its end. So an author hears of a wrong declaration within a second.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from core.authoring.checks import (
    card,
    declarations,
    figures,
    forms,
    hooks,
    migrations,
    models,
    source,
    trial,
)
from core.authoring.finding import Finding
from core.authoring.guard import guarded
from core.authoring.subject import Declared, Found, Loaded, Tried
from core.declared.plugin import DeclaredPoint
from core.plugin_api.info import PluginInfo
from core.profiles.faults import DeclarationError
from core.registry.errors import PluginError
from core.registry.loading import installed_entry_points
from core.testing.plugins import migrated_copy, open_world, registry_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

_IMPORT_SECONDS = 10.0
_WRITE = "Write it so: docs/plugins/declared.md lists what the file may say."


def check(found: Found) -> tuple[Finding, ...]:
    """Everything that is wrong with a plugin; runs it in this process and on a scratch database."""
    findings = list(_all(source.CHECKS, found))
    findings += _loading(found)
    return tuple(dict.fromkeys(findings))


def _loading(found: Found) -> Iterator[Finding]:
    if isinstance(found.point, DeclaredPoint):
        yield from _reading(found, found.point)
        return
    seen = guarded(lambda: importlib.import_module(found.point.value), deadline=_IMPORT_SECONDS)
    yield from hooks.watched(
        found.point.value, "load", seen, "Importing a plugin declares, and does nothing else."
    )
    if seen.value is None:
        return
    if not isinstance(getattr(seen.value, "PLUGIN", None), PluginInfo):
        cure = "Write PLUGIN = PluginInfo(...) in it."
        yield Finding("card.missing", found.point.value, "the module has no card.", cure)
        return
    yield from _loaded(found, seen.value)


def _reading(found: Found, point: DeclaredPoint) -> Iterator[Finding]:
    """Core reads the file itself, so that there is nothing to watch."""
    try:
        module = point.load()
    except DeclarationError as error:
        for fault in error.faults:
            wrong, _, cure = fault.message.rpartition("; ")
            told = (f"{wrong}.", _sentence(cure)) if wrong else (f"{cure}.", _WRITE)
            yield Finding("declared.file", f"line {fault.line}: {fault.field}", *told)
        return
    yield from _loaded(found, module)


def _sentence(cure: str) -> str:
    end = "" if cure.endswith("?") else "."
    return f"{cure[:1].upper()}{cure[1:]}{end}"


def _loaded(found: Found, module: ModuleType) -> Iterator[Finding]:
    loaded = Loaded(found, module, *_neighbours(found))
    first = list(_all((*card.CHECKS, *models.CHECKS, *hooks.CHECKS), loaded))
    yield from first
    if any(one.check.startswith("hooks.") for one in first):
        return
    second = list(_all(declarations.CHECKS, loaded))
    yield from second
    if not first and not second:
        yield from _declared(loaded)


def _declared(loaded: Loaded) -> Iterator[Finding]:
    try:
        registry = registry_with(loaded.found.point)
    except PluginError as error:
        yield Finding("load.refused", loaded.key, error.message.en, "Correct what it names.")
        return
    given = next(c for c in registry.catalogue.contributions if c.owner == loaded.key)
    declared = Declared(loaded, registry, given)
    stated = list(_all((*forms.CHECKS, *figures.CHECKS), declared))
    yield from stated
    if stated:
        return
    with migrated_copy(registry, without=loaded.key) as database:
        migrated = list(migrations.migrations(declared, database))
        yield from migrated
        if migrated:
            return
        tried = Tried(declared, database, open_world(registry, database))
        for one in trial.CHECKS:
            wrong = list(one(tried))
            yield from wrong
            if wrong:
                return


def _all(
    checks: Iterable[Callable[[Any], Iterable[Finding]]], subject: object
) -> Iterator[Finding]:
    for one in checks:
        yield from one(subject)


def _neighbours(found: Found) -> tuple[dict[str, PluginInfo], dict[str, frozenset[str]]]:
    """The cards of the other installed plugins, and the ids they declare."""
    cards: dict[str, PluginInfo] = {}
    codes: dict[str, frozenset[str]] = {}
    for point in installed_entry_points():
        if point.name == found.key:
            continue
        module: ModuleType = point.load()
        info = getattr(module, "PLUGIN", None)
        if isinstance(info, PluginInfo):
            cards[point.name] = info
            codes[point.name] = _codes(module)
    return cards, codes


def _codes(module: ModuleType) -> frozenset[str]:
    listed = (getattr(module, name, None) for name in hooks.CONTRIBUTIONS)
    items = (item for hook in listed if hook is not None for item in hook())
    return frozenset(item.code for item in items if hasattr(item, "code"))
