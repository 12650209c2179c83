"""The contributions: of the contract, quick, pure, the same each time, without opening anything."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement

from core.authoring.finding import Finding
from core.authoring.guard import DEADLINE, guarded
from core.plugin_api.hooks import PROJECT, Hooks
from core.registry.errors import PluginError
from core.registry.loading import build_manager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.authoring.guard import Watched
    from core.authoring.subject import Loaded

CONTRIBUTIONS = (
    "forms",
    "measures",
    "indicators",
    "report_sections",
    "routes",
    "roles",
    "jobs",
    "exports",
    "alerts",
    "handovers",
)
DECLARE = "Return declarations that were built beforehand, and nothing else."


def contract(loaded: Loaded) -> Iterator[Finding]:
    """Every hook is one of the contract, with arguments that it has."""
    try:
        build_manager([loaded.plugin])
    except PluginError as error:
        yield Finding(
            "hooks.contract",
            "plugin",
            error.message.en,
            f"The hooks are: {', '.join(n for n in vars(Hooks) if not n.startswith('_'))}.",
        )


def contributions(loaded: Loaded) -> Iterator[Finding]:
    """Each contribution called twice under watch."""
    for name in CONTRIBUTIONS:
        hook = implementation(loaded, name)
        if hook is None:
            continue
        first = guarded(partial(_listed, hook))
        yield from watched(f"hook {name}", "hooks", first, DECLARE)
        if first.error is not None or first.late:
            continue
        if first.value is None:
            yield Finding("hooks.nothing", f"hook {name}", "returned nothing.", DECLARE)
            continue
        second = guarded(partial(_listed, hook))
        if fingerprint(first.value) != fingerprint(second.value):
            yield Finding(
                "hooks.impure",
                f"hook {name}",
                "declared something else when it was asked again.",
                "Take chance, clocks and counters out of it; declare constants.",
            )


def watched(where: str, family: str, seen: Watched[Any], cure: str) -> Iterator[Finding]:
    """The findings that any call of a plugin may give: late, raised, opened something."""
    if seen.late:
        wrong = f"took longer than {DEADLINE:g} seconds."
        yield Finding(f"{family}.slow", where, wrong, cure)
    if seen.opened:
        what = ", ".join(dict.fromkeys(seen.opened))
        yield Finding(f"{family}.opens", where, f"opened {what}.", cure)
    if seen.error is not None and not seen.opened:
        error = seen.error
        wrong = f"raised {type(error).__name__}: {error}."
        yield Finding(f"{family}.raises", where, wrong, "Correct it: see the exception.")


def implementation(loaded: Loaded, name: str) -> Callable[..., Any] | None:
    """The plugin's function for a hook; ``None`` when it has none."""
    function = getattr(loaded.module, name, None)
    if function is None or not hasattr(function, f"{PROJECT}_impl"):
        return None
    taken = inspect.signature(function).parameters

    def call(**given: Any) -> Any:
        return function(**{key: value for key, value in given.items() if key in taken})

    return call


def fingerprint(value: Any) -> Any:
    """Equal for equal declarations, also where they hold conditions, classes or functions."""
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(fingerprint(getattr(value, f.name)) for f in fields(value)))
    if isinstance(value, list | tuple):
        return tuple(fingerprint(one) for one in value)
    if isinstance(value, set | frozenset):
        return tuple(sorted(map(repr, value)))
    if isinstance(value, ColumnElement):
        return str(value.compile(compile_kwargs={"literal_binds": True}))
    if callable(value):
        return getattr(value, "__qualname__", repr(type(value)))
    return repr(value)


CHECKS = (contract, contributions)


def _listed(hook: Callable[..., Any]) -> list[Any] | None:
    answer = hook()
    return None if answer is None else list(answer)
