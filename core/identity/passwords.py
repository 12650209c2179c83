"""Passwords: argon2id, long ones allowed, known-bad ones refused, few hashed at once."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.kit.errors import MalformedError
from core.kit.language import Text

LEAST_LENGTH = 12
MOST_LENGTH = 200
_AT_ONCE = threading.BoundedSemaphore(4)
_KNOWN_BAD = frozenset(
    {
        "123456789012",
        "1234567890123",
        "password1234",
        "matkhau123456",
        "qwertyuiop12",
        "111111111111",
        "abcdefghijkl",
        "iloveyou1234",
        "vietnam123456",
        "administrator",
    }
)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash of an acceptable password.

    Raises:
        MalformedError: too short, too long, or known to everybody.
    """
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
        raise MalformedError(
            Text(
                vi=f"Mật khẩu phải có từ {LEAST_LENGTH} đến {MOST_LENGTH} ký tự.",
                en=f"A password has {LEAST_LENGTH} to {MOST_LENGTH} characters.",
            )
        )
    if password.casefold() in _KNOWN_BAD or len(set(password)) < 4:  # noqa: PLR2004  four letters
        raise MalformedError(
            Text(
                vi="Mật khẩu này quá phổ biến, hãy chọn mật khẩu khác.",
                en="This password is too common, choose another.",
            )
        )
    with _AT_ONCE:
        return _hasher().hash(password)


def password_fits(password: str, stored: str | None) -> bool:
    """Whether a password fits; costs the same when there is no such account."""
    with _AT_ONCE:
        try:
            return _hasher().verify(stored or _nobody(), password[:MOST_LENGTH]) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash("a password that nobody has")
