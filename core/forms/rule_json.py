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
    ``{"count": ROSTER}``, ``{"sum": [ROSTER, FIELD]}``, ``{"total": [FIELD, …]}`` or
    ``{"constant": VALUE}``.
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


def term_json(term: Term | None) -> str | None:
    """A term as a compact JSON text, for an attribute of a page."""
    if term is None:
        return None
    return json.dumps(_term(term), ensure_ascii=False, separators=(",", ":"))


def _term(term: Term) -> dict[str, Any]:
    name = str(term.value)
    value = str(term.value) if isinstance(term.value, Decimal | UUID) else term.value
    if isinstance(value, date):
        return {"date": value.isoformat()}
    said: dict[str, Any] = {
        "today": True,
        "answer": name,
        "count": name,
        "sum": name.split("."),
        "total": name.split(),
        "constant": value,
    }
    return {term.kind: said[term.kind]}
