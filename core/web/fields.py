"""One field as ``ui.field`` takes it, for forms that are not declared as data."""

from __future__ import annotations

from dataclasses import dataclass


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
    options: tuple[tuple[str, str], ...] = ()
    suffix: str | None = None
    max_length: int | None = None
    width: int | None = 20
    autocomplete: str | None = None

    @property
    def id(self) -> str:
        """The id of its element."""
        return self.name


def summary(fields: list[FieldView]) -> list[tuple[str, str]]:
    """What ``ui.error_summary`` takes."""
    return [(field.id, field.error) for field in fields if field.error]
