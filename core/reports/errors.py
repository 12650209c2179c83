"""Why a report cannot be changed or taken further now."""

from __future__ import annotations

from core.kit.errors import ConflictError
from core.kit.language import Text
from core.reports.year.states import LOCKS, ReportState


class LockedError(ConflictError):
    """The report is locked; the message says why, and who can lift it."""

    code = "reports.locked"

    def __init__(self, state: str) -> None:
        """Say it by the state."""
        super().__init__(LOCKS[ReportState(state)])


class StepRefusedError(ConflictError):
    """The report does not stand where the step begins: somebody was first, or it is not yet due."""

    code = "reports.step_refused"

    def __init__(self, done: Text | None, lock: Text) -> None:
        """``done`` says what was done last, in which role and when; ``lock`` who can help."""
        super().__init__(
            lock if done is None else Text(f"{done.vi} {lock.vi}", f"{done.en} {lock.en}")
        )


class NotReadyError(ConflictError):
    """The report cannot be approved yet; the message says what it waits for."""

    code = "reports.not_ready"
