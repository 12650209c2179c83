"""A rule as JSON, which the browser's mirror and the JSON Schema carry."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from core.plugin_api.rules import Rule, Term


def rule_value(rule: Rule) -> dict[str, Any]:
    """The tree as plain values.

    ``{"is": [TERM, "=", TERM]}``, ``{"and": [RULE, …]}``, ``{"or": [RULE, …]}``,
    ``{"not": [RULE]}``; a TERM is ``{"answer": FIELD}``, ``{"today": true}``, ``{"date": ISO}``,
    ``{"count": ROSTER}``, ``{"sum": [ROSTER, FIELD]}`` or ``{"constant": VALUE}``.
    """
    if rule.compared is not None:
        compared = rule.compared
        return {"is": [_term(compared.left), compared.operator, _term(compared.right)]}
    return {rule.joint: [rule_value(part) for part in rule.parts]}


def rule_json(rule: Rule | None) -> str | None:
    """The tree as a compact JSON text, for an attribute of a page."""
    if rule is None:
        return None
    return json.dumps(rule_value(rule), ensure_ascii=False, separators=(",", ":"))


def _term(term: Term) -> dict[str, Any]:
    if term.kind == "today":
        return {"today": True}
    if term.kind == "sum":
        return {"sum": str(term.value).split(".")}
    if term.kind in {"answer", "count"}:
        return {term.kind: term.value}
    if isinstance(term.value, date):
        return {"date": term.value.isoformat()}
    if isinstance(term.value, Decimal | UUID):
        return {"constant": str(term.value)}
    return {"constant": term.value}
