"""Fields of pages that are no form of a programme, shaped as the macro ``ui.field`` takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class PageField:
    """One field of a page; ``value`` is shown exactly as it was typed."""

    name: str
    label: str
    kind: str = "text"
    help: str | None = None
    required: bool = True
    value: Any = ""
    options: Sequence[tuple[str, str]] = ()
    error: str | None = None
    suffix: str | None = None
    max_length: int | None = None
    width: int | None = None

    @property
    def id(self) -> str:
        """The id of the input, to which the summary of errors links."""
        return self.name


def faults_of(fields: Sequence[PageField]) -> list[tuple[str, str]]:
    """The pairs for the summary of errors at the top of the page."""
    return [(field.id, field.error) for field in fields if field.error]


def typed(sent: Any, names: Sequence[str]) -> Mapping[str, str]:
    """What was typed into plain fields; an absent one is empty."""
    return {name: value if isinstance(value := sent.get(name), str) else "" for name in names}
