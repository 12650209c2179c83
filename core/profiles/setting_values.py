"""How a setting's value is kept as typed text and read again."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.profiles.declaration import Due

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_READERS: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "integer": int,
    "decimal": Decimal,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
    "list": json.loads,
}


def typed_text(value: Any) -> tuple[str, str]:
    """The type and the text of a value; a due day is kept as a list of month, day and rule."""
    if isinstance(value, bool):
        return "boolean", "true" if value else "false"
    for kind, described in (("text", str), ("integer", int), ("decimal", Decimal)):
        if isinstance(value, described):
            return kind, str(value)
    if isinstance(value, date):
        return "date", value.isoformat()
    items = [value.month, value.day, value.rule] if isinstance(value, Due) else list(value)
    return "list", json.dumps(items, ensure_ascii=False, default=str)


def read_value(kind: str | None, text: str | None) -> Any:
    """A setting's value as it was declared; ``None`` when it is not stated."""
    return None if kind is None or text is None else _READERS[kind](text)
