"""Why a report cannot be changed or released now."""

from __future__ import annotations

from core.kit.errors import ConflictError
from core.kit.language import Text


class ReportReleasedError(ConflictError):
    """The report was released; its figures and words stay as they are."""

    code = "reports.released"

    def __init__(self) -> None:
        """Say why, and what can be done instead."""
        super().__init__(
            Text(
                vi="Báo cáo này đã phát hành nên số liệu và lời văn không thay đổi nữa. "
                "Sai sót được đính chính trong lần báo cáo sau.",
                en="This report has been released, so its figures and words stay as they are. "
                "A mistake is corrected in the next report.",
            )
        )


class NotReadyError(ConflictError):
    """The report cannot be released yet; the message says what it waits for."""

    code = "reports.not_ready"
