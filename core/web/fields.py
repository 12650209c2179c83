"""One field as ``ui.field`` takes it, for forms that are not declared as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field; see ``docs/pages.md`` for what each part means."""

    name: str
    label: str
    kind: str = "text"
    value: str | list[str] | None = None
    error: str | None = None
    help: str | None = None
    required: bool = True
    options: Sequence[tuple[str, str]] = ()
    suffix: str | None = None
    max_length: int | None = None
    width: int | None = 20
    autocomplete: str | None = None

    @property
    def id(self) -> str:
        """The id of its element."""
        return self.name


def summary(fields: Sequence[FieldView]) -> list[tuple[str, str]]:
    """What ``ui.error_summary`` takes."""
    return [(field.id, field.error) for field in fields if field.error]


def typed(sent: Any, names: Sequence[str]) -> Mapping[str, str]:
    """What was typed into plain fields; an absent one is empty."""
    return {name: value if isinstance(value := sent.get(name), str) else "" for name in names}
