"""What a filled form is, and whom it may speak of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Family:
    """A household and a child of the worker's own commune, by their codes.

    ``stored`` are records that other forms point to: the id by the code of the form. The others
    are ids of new records for one test.
    """

    commune: str
    household: str
    child: str
    case: str = ""
    plan: str = ""
    review: str = ""
    detection: str = ""
    arrangement: str = ""
    entitlement: str = ""
    hiv: str = ""
    without_allowance: str = ""
    stored: dict[str, str] = field(default_factory=dict)

    def of(self, form: str) -> str:
        """The id of the stored record of a form."""
        return self.stored.get(form, "")


@dataclass(frozen=True, slots=True)
class Filled:
    """Right answers, what to type instead so that these fields are at fault, and who fills it.

    ``reader`` finds the record where those who enter it may not read it.
    """

    address: str
    answers: dict[str, Any]
    mistakes: dict[str, str]
    at_fault: tuple[str, ...]
    role: str = "commune_worker"
    again: dict[str, str] = field(default_factory=dict)
    reader: str = ""

    def second(self) -> Filled:
        """Filled in another time, where the same once more would be one too many."""
        return replace(self, answers=self.answers | self.again)

    @property
    def body(self) -> dict[str, Any]:
        """The answers as a program sends them: ``rows.0.field`` is a field of the first row."""
        return _nested(self.answers)

    @property
    def mistaken(self) -> dict[str, Any]:
        """The same with the mistakes."""
        return _nested(self.answers | self.mistakes)


def _nested(answers: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for name, value in answers.items():
        roster, _, rest = name.partition(".")
        place, _, column = rest.partition(".")
        if not column:
            sent[name] = value
            continue
        rows = sent.setdefault(roster, [])
        rows += [{} for _ in range(int(place) + 1 - len(rows))]
        rows[int(place)][column] = value
    return sent
