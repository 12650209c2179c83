"""What a page's form sent, by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.web.work import sent_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from litestar import Request

    from core.plugin_api.forms import Field, Form, Roster

KEY_FIELD = "_key"
# Buttons of a form beside the one that saves: more rows of a roster, answers that are known.
MORE_FIELD, FILL_FIELD, DRAFT_FIELD = "_more", "_fill", "_draft"
DRAFT_ID_FIELD = "_draft_id"


def answers_of(request: Request[Any, Any, Any], form: Form) -> dict[str, Any]:
    """What was typed, by field; a field of several choices keeps them all, a roster its rows."""
    sent = sent_form(request)
    found = _typed(sent, form.fields)
    for roster in form.rosters:
        rows = [
            _typed(sent, roster.fields, f"{roster.name}.{place}.")
            for place in range(_rows_sent(sent, roster))
        ]
        if rows:
            found[roster.name] = rows
    return found


def _typed(sent: Any, fields: Iterable[Field], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        values = [v for v in sent.getall(f"{prefix}{field.name}", []) if isinstance(v, str)]
        if values:
            found[field.name] = values if field.kind == "choices" else values[0]
    return found


def _rows_sent(sent: Any, roster: Roster) -> int:
    """How many rows were on the page; a made-up number adds no row beyond what the form takes."""
    places = (
        name.removeprefix(f"{roster.name}.").partition(".")[0]
        for name in sent
        if name.startswith(f"{roster.name}.")
    )
    numbers = [int(place) for place in places if place.isascii() and place.isdigit()]
    return min(max(numbers, default=-1), roster.most) + 1


def sent_draft(request: Request[Any, Any, Any]) -> UUID | None:
    """The draft from which the page was filled in."""
    try:
        return UUID(sent_text(request, DRAFT_ID_FIELD))
    except ValueError:
        return None


def sent_text(request: Request[Any, Any, Any], name: str) -> str:
    """One text of the form; empty when it was not sent."""
    value = sent_form(request).get(name)
    return value if isinstance(value, str) else ""
