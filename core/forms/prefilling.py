"""Answers that other records know are filled in where nothing was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.forms.reading import given, read
from core.forms.records import RecordReader
from core.forms.rosters import asked, sent_for
from core.forms.typed import as_typed
from core.registry.calls import call_plugin
from core.registry.models import Call

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.forms.context import FormContext
    from core.identity.principal import Principal
    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession


def prefilled(
    session: TenantSession,
    principal: Principal,
    form: Form,
    raw: Mapping[str, Any],
    context: FormContext,
) -> dict[str, Any]:
    """What was typed, as it was typed; what was left empty comes from the form's ``prefill``.

    The form's reading goes as far as the person's own: a form whose records they may not see
    has none for it.

    Raises:
        PluginOutOfServiceError: the programme cannot fill in anything for the moment.
    """
    found = dict(raw)
    if form.prefill is None:
        return found
    typed = {field.name: read(field, raw, context).value for field in asked(form.fields)}
    records = RecordReader(session, principal, context.forms, context.today, shows=True)
    known = call_plugin(session, Call.PREFILL, form.code, form.prefill, records, typed)
    for field in asked(form.fields):
        if given(raw, field) is None and known.get(field.name) is not None:
            found[field.name] = as_typed(known[field.name])
    for roster in form.rosters:
        if not sent_for(roster, raw) and known.get(roster.name):
            found[roster.name] = as_typed(known[roster.name])
    return found
