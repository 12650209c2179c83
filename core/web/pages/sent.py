"""What a page's form sent, by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.web.work import sent_form

if TYPE_CHECKING:
    from litestar import Request

    from core.plugin_api.forms import Form

KEY_FIELD = "_key"


def answers_of(request: Request[Any, Any, Any], form: Form) -> dict[str, Any]:
    """What was typed, by field; a field of several choices keeps them all."""
    sent = sent_form(request)
    found: dict[str, Any] = {}
    for field in form.fields:
        values = [value for value in sent.getall(field.name, []) if isinstance(value, str)]
        if values:
            found[field.name] = values if field.kind == "choices" else values[0]
    return found


def sent_text(request: Request[Any, Any, Any], name: str) -> str:
    """One text of the form; empty when it was not sent."""
    value = sent_form(request).get(name)
    return value if isinstance(value, str) else ""
