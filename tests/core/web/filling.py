"""What a filled form is, and whom it may speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Family:
    """A household and a child of the worker's own commune, by their codes; a case, by ids."""

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


@dataclass(frozen=True, slots=True)
class Filled:
    """Right answers, and what to type instead so that exactly these fields are at fault.

    ``role`` is who enters such a form.
    """

    address: str
    answers: dict[str, Any]
    mistakes: dict[str, str]
    at_fault: tuple[str, ...]
    role: str = "commune_worker"
