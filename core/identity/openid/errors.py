"""Why a sign-in by a provider does not happen."""

from __future__ import annotations

from core.kit.errors import PlatformError
from core.kit.language import Text


class AnswerRefusedError(PlatformError):
    """The provider's answer is not to be trusted; ``reason`` names the check that failed.

    People read one sentence whatever it was; the reason is in the log and at the sentence's end,
    so that who looks after the provider can tell what to mend.
    """

    code = "openid.answer_refused"
    status = 401

    def __init__(self, reason: str) -> None:
        """Keep the reason, a word of code."""
        self.reason = reason
        super().__init__(
            Text(
                vi="Không đăng nhập được bằng tài khoản cơ quan: câu trả lời không hợp lệ. "
                f"Hãy thử lại từ đầu; nếu vẫn lỗi, báo cho quản trị của tỉnh mã «{reason}».",
                en="Signing in with your agency's account failed: the answer is not valid. "
                f"Start again; if it happens again, tell your administrator the code {reason!r}.",
            )
        )


class UnknownIdentityError(PlatformError):
    """The provider vouches for somebody whom no account here is linked to."""

    code = "openid.unknown_identity"
    status = 401

    def __init__(self, provider: Text) -> None:
        """Say what to do and who can help; never who it was."""
        super().__init__(
            Text(
                vi=f"Tài khoản «{provider.vi}» này chưa được liên kết với tài khoản nào ở đây. "
                "Hãy đăng nhập bằng mật khẩu rồi liên kết ở mục Cách đăng nhập; nếu chưa có tài "
                "khoản, hãy liên hệ quản trị của tỉnh.",
                en=f"This account of {provider.en} is not linked to any account here. Sign in with "
                "your password and link it under Ways to sign in; if you have no account, ask your "
                "province's administrator.",
            )
        )
