"""Asking the code that a form of a plugin brings: what it cannot answer refuses the save."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from core.forms.errors import CannotBeCheckedError
from core.forms.rosters import asked
from core.registry.calls import PluginOutOfServiceError, call_plugin, call_pure
from core.registry.models import Call

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession

P = ParamSpec("P")
T = TypeVar("T")


def ask(
    session: TenantSession, form: Form, function: Callable[P, T], *args: P.args, **named: P.kwargs
) -> T:
    """Call what looks at records (``verify``, ``makes``), in the transaction of the save.

    Raises:
        CannotBeCheckedError: it fails, so nothing may be stored.
    """
    try:
        return call_plugin(session, Call.CHECK, form.code, function, *args, **named)
    except PluginOutOfServiceError as out:
        raise _unchecked(form, out) from out


def compute(session: TenantSession | None, form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that follow from right answers; none for a form that computes nothing.

    Raises:
        CannotBeCheckedError: they cannot be computed, so nothing may be stored.
    """
    if form.compute is None:
        return {}
    if session is None:
        return dict(form.compute(values))
    try:
        return call_pure(session, Call.CHECK, form.code, _computed, form.compute, values)
    except PluginOutOfServiceError as out:
        raise _unchecked(form, out) from out


def _computed(
    function: Callable[[Mapping[str, Any]], Mapping[str, Any]], values: Mapping[str, Any]
) -> dict[str, Any]:
    return dict(function(values))


def _unchecked(form: Form, out: PluginOutOfServiceError) -> CannotBeCheckedError:
    """At the first field: what was typed is shown again around it."""
    return CannotBeCheckedError(out.name, next(iter(asked(form.fields))).name)
