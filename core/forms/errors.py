"""What is wrong with answers, said at the field it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.kit.errors import PlatformError
from core.kit.language import Text


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault at one field; the message never repeats the answer."""

    field: str
    message: Text


class AnswersRefusedError(PlatformError):
    """Some answers are missing or wrong; nothing was stored."""

    code: ClassVar[str] = "forms.answers_refused"
    status: ClassVar[int] = 422

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        """Keep every fault, in the order of the page."""
        super().__init__(
            Text(
                vi="Phiếu chưa được lưu. Hãy xem lại các mục được đánh dấu.",
                en="The form was not saved. Please check the marked fields.",
            )
        )
        self.errors = errors
