"""The plugin's card: complete, of this API, in keeping with its tables and its neighbours."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from core.authoring.finding import Finding
from core.db.base import DataClass
from core.plugin_api.info import API_VERSION
from core.registry.loading import MAY_BE_EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.authoring.subject import Loaded

WHERE = "PLUGIN"


def key(loaded: Loaded) -> Iterator[Finding]:
    """One name everywhere."""
    if loaded.info.key != loaded.key:
        yield Finding(
            "card.key",
            WHERE,
            f"the key is {loaded.info.key!r}, the entry point {loaded.key!r}.",
            "Give both the same name.",
        )


def complete(loaded: Loaded) -> Iterator[Finding]:
    """Nothing is left empty."""
    for field in fields(loaded.info):
        if field.name not in MAY_BE_EMPTY and not getattr(loaded.info, field.name):
            yield Finding("card.complete", WHERE, f"{field.name} is empty.", "Fill it in.")


def version(loaded: Loaded) -> Iterator[Finding]:
    """A version that can be compared."""
    try:
        Version(loaded.info.version)
    except InvalidVersion:
        yield Finding(
            "card.version", WHERE, "the version cannot be read.", "Write one such as 0.1.0."
        )


def api_range(loaded: Loaded) -> Iterator[Finding]:
    """The range holds this version of the API and has an upper end."""
    example = 'Write a range such as ">=1.0,<2".'
    try:
        allowed = SpecifierSet(loaded.info.api)
    except InvalidSpecifier:
        yield Finding("card.range", WHERE, "the API range cannot be read.", example)
        return
    if not allowed.contains(API_VERSION):
        wrong = f"the range {loaded.info.api} leaves out this version, {API_VERSION}."
        yield Finding("card.range", WHERE, wrong, example)
    elif not any(one.operator in {"<", "<=", "==", "~="} for one in allowed):
        wrong = "the range has no upper end, and a later API may break the plugin."
        yield Finding("card.range", WHERE, wrong, example)


def requires(loaded: Loaded) -> Iterator[Finding]:
    """What is required is installed and does not require it back."""
    for needed in loaded.info.requires:
        if needed == loaded.key or loaded.key in _needs(loaded, needed):
            yield Finding(
                "card.circle",
                WHERE,
                f"{loaded.key} and {needed} require each other.",
                f"Take {needed} out of requires; what both share belongs in core.",
            )
        elif needed not in loaded.others:
            yield Finding(
                "card.requires",
                WHERE,
                f"requires {needed}, which is not installed.",
                "Install it, or correct the key.",
            )


def highest_class(loaded: Loaded) -> Iterator[Finding]:
    """The card promises no less care than the columns ask for."""
    order = list(DataClass)
    for table in loaded.tables:
        for column in table.columns:
            stated = column.info.get("data_class")
            if stated in order and order.index(stated) > order.index(loaded.info.highest_class):
                yield Finding(
                    "card.highest-class",
                    f"{column.table.name}.{column.name}",
                    f"is {stated}, above the card's {loaded.info.highest_class}.",
                    f"State highest_class=DataClass.{stated.upper()}.",
                )


CHECKS = (key, complete, version, api_range, requires, highest_class)


def _needs(loaded: Loaded, start: str) -> set[str]:
    """Everything that an installed plugin requires, near and far."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        info = loaded.others.get(waiting.pop())
        for needed in info.requires if info else ():
            if needed not in reached:
                reached.add(needed)
                waiting.append(needed)
    return reached
