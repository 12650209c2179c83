"""What came of a submission, and where a record belongs that is part of something larger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Stored:
    """The record that a submission made, now or when it was first sent.

    ``values`` are its answers when it was stored now; ``made`` are the records of other forms
    that were stored with it: code and id of each.
    """

    record_id: UUID
    repeated: bool
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    made: tuple[tuple[str, UUID], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs that is part of something larger; no answer decides that.

    ``columns`` is called once with the checked answers, when the record is about to be stored, and
    may store what the record hangs on. ``confidential_key`` says whose right it takes to learn
    of the record.
    """

    columns: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    confidential_key: Callable[[Mapping[str, Any]], str | None]
