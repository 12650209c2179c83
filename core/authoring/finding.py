"""What a check finds: the rule, the place, what is wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a plugin; ``check`` is the permanent id of the rule it breaks."""

    check: str
    where: str
    wrong: str
    cure: str

    @property
    def line(self) -> str:
        """The finding in one line."""
        return f"{self.check}: {self.where}: {self.wrong} {self.cure}"
