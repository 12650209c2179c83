"""What identity refuses, in sentences that tell nobody more than they should know."""

from __future__ import annotations

from core.kit.errors import MalformedError, PlatformError
from core.kit.language import Text

# one sentence for a wrong, a used and a too often tried code
CODE_REFUSED = Text(
    vi="Mã không đúng, đã được dùng, hoặc đã thử quá nhiều lần. "
    "Hãy chờ mã tiếp theo trong ứng dụng rồi nhập lại.",
    en="The code is wrong, was used before, or there were too many attempts. "
    "Wait for the next code in the app and enter that.",
)


class SignInRefusedError(PlatformError):
    """The name or the password is wrong; never says which."""

    code = "identity.sign_in_refused"
    status = 401


class LinkRefusedError(PlatformError):
    """The one-time link serves nothing: used, expired, replaced, foreign or made up."""

    code = "identity.link_refused"
    status = 404


class FieldFaultError(MalformedError):
    """One field of a form cannot be taken as it is."""

    code = "identity.field"

    def __init__(self, field: str, message: Text) -> None:
        """Say which field, so that the page shows the sentence beside it."""
        self.field = field
        super().__init__(message)


def sign_in_refused() -> SignInRefusedError:
    """One sentence for every reason, so that nobody learns which names exist."""
    return SignInRefusedError(
        Text(
            vi="Tên đăng nhập hoặc mật khẩu không đúng, hoặc đã thử quá nhiều lần. "
            "Hãy thử lại sau ít phút hoặc liên hệ quản trị của tỉnh.",
            en="The name or password is wrong, or there were too many attempts. "
            "Try again in a few minutes or ask your province's administrator.",
        )
    )


def link_refused() -> LinkRefusedError:
    """One sentence for a used, an expired, a replaced and a foreign link."""
    return LinkRefusedError(
        Text(
            vi="Liên kết này không còn dùng được. Hãy xin người quản trị cấp liên kết mới.",
            en="This link cannot be used any more. Ask your administrator for a new one.",
        )
    )
