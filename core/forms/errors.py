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


class CannotBeCheckedError(AnswersRefusedError):
    """A programme's own check or computation is out of service: nothing is stored unchecked."""

    code: ClassVar[str] = "forms.cannot_be_checked"
    status: ClassVar[int] = 503

    def __init__(self, programme: Text, field: str) -> None:
        """Say it at one field; whatever was typed is shown again around it."""
        message = _UNCHECKED.fill(vi=programme.vi, en=programme.en)
        super().__init__((FieldError(field, message),))
        self.message = message


_UNCHECKED = Text(
    vi="Phiếu chưa được lưu: phần kiểm tra của chương trình «{vi}» tạm thời không dùng được. Những "
    "gì đã ghi vẫn còn trên trang này; hãy lưu nháp rồi gửi lại sau.",
    en="The form was not saved: the checks of “{en}” are out of service for the moment. What was "
    "entered is still on this page; keep it as a draft and send it again later.",
)
