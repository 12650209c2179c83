"""The two boxes for a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.identity.errors import FieldFaultError
from core.identity.passwords import LEAST_LENGTH
from core.kit.language import Text
from core.web.fields import FieldView

if TYPE_CHECKING:
    from core.kit.language import Language

_NEW = Text(vi="Mật khẩu mới", en="New password")
_AGAIN = Text(vi="Nhập lại mật khẩu mới", en="New password again")
_ADVICE = Text(
    vi=f"Ít nhất {LEAST_LENGTH} ký tự. Nên ghép vài từ không liên quan với nhau.",
    en=f"At least {LEAST_LENGTH} characters. A few unrelated words do well.",
)


def require_repeated(form: Any) -> None:
    """Refuse a new password that was typed differently the second time.

    Raises:
        FieldFaultError: names the field.
    """
    if form.get("password", "") != form.get("repeated", ""):
        raise FieldFaultError(
            "repeated",
            Text(vi="Hai lần nhập mật khẩu không giống nhau.", en="The two passwords differ."),
        )


def new_password_fields(language: Language, fault: FieldFaultError | None) -> list[FieldView]:
    """The two boxes for a new password; what was typed is never sent back."""

    def error(name: str) -> str | None:
        return fault.message.read(language) if fault is not None and fault.field == name else None

    return [
        FieldView(
            name="password",
            kind="password",
            label=_NEW.read(language),
            help=_ADVICE.read(language),
            error=error("password"),
            autocomplete="new-password",
        ),
        FieldView(
            name="repeated",
            kind="password",
            label=_AGAIN.read(language),
            error=error("repeated"),
            autocomplete="new-password",
        ),
    ]
