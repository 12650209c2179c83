"""A stored value as somebody types it, for pages that begin with answers that are known."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from core.forms.reading import NO, YES
from core.kit.clock import VIETNAM_TIME
from core.kit.numbers import format_date


def as_typed(value: Any) -> Any:
    """A text, a list of codes, or ``None``; reading it again gives the same value."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        local = value.astimezone(VIETNAM_TIME)
        return f"{format_date(local.date())} {local:%H:%M}"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal | float):
        return f"{Decimal(str(value)):f}".replace(".", ",")
    if isinstance(value, list | tuple):
        return [
            {name: as_typed(one) for name, one in item.items()} if isinstance(item, dict) else item
            for item in value
        ]
    return None if value is None else str(value)
