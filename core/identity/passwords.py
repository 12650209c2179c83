"""Passwords: argon2id, long ones allowed, guessable ones refused, few hashed at once."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.identity.errors import FieldFaultError
from core.kit.language import Text
from core.kit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_LENGTH = 12
MOST_LENGTH = 200
# zxcvbn grades from 0 to 4; 3 withstands a hundred million guesses.
_LEAST_SCORE = 3
# It takes time that grows with the square of the length; a longer password is graded by this much.
_GRADED_LENGTH = 72
# Its lists know English; these stand at the head of Vietnamese passwords.
_VIETNAMESE = (
    "matkhau",
    "mat khau",
    "vietnam",
    "anhyeuem",
    "emyeuanh",
    "yeuem",
    "anhnhoem",
    "giadinh",
    "hanhphuc",
    "quantri",
    "baove",
    "treem",
    "an nhi",
    "annhi",
)
_AT_ONCE = threading.BoundedSemaphore(4)
# The grader keeps the words it is given in a variable of its module.
_ONE_GRADED = threading.Lock()


def hash_password(password: str, words: Iterable[str] = ()) -> str:
    """The argon2id hash of an acceptable password; ``words`` are the account's own.

    Raises:
        FieldFaultError: too short, too long, or soon guessed.
    """
    require_acceptable(password, words)
    with _AT_ONCE:
        return _hasher().hash(password)


def require_acceptable(password: str, words: Iterable[str] = ()) -> None:
    """Refuse a password that others use, or that is made of the account's own words.

    Source: NIST SP 800-63B-4, 3.1.1.2: length, and a list of common, expected and compromised
    values; no rules of composition, no change without a cause.

    Raises:
        FieldFaultError: too short, too long, or soon guessed.
    """
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH:
        raise FieldFaultError(
            "password",
            Text(
                vi=f"Mật khẩu phải có từ {LEAST_LENGTH} đến {MOST_LENGTH} ký tự.",
                en=f"A password has {LEAST_LENGTH} to {MOST_LENGTH} characters.",
            ),
        )
    if _score(password, words) < _LEAST_SCORE:
        raise FieldFaultError(
            "password",
            Text(
                vi="Mật khẩu này dễ đoán: phổ biến, theo quy luật, hoặc chứa tên của bạn. "
                "Hãy ghép vài từ không liên quan với nhau.",
                en="This password is easy to guess: common, regular, or made of your name. "
                "Put together a few words that have nothing to do with each other.",
            ),
        )


def password_fits(password: str, stored: str | None) -> bool:
    """Whether a password fits; costs the same when there is no such account."""
    with _AT_ONCE:
        try:
            return _hasher().verify(stored or _nobody(), password[:MOST_LENGTH]) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def _score(password: str, words: Iterable[str]) -> int:
    # imported here, where it is used: its lists take 10 MB, and most processes set no password
    from zxcvbn import zxcvbn

    known = [*_VIETNAMESE, *(part for word in words for part in _parts(word))]
    with _ONE_GRADED:
        graded = zxcvbn(password[:_GRADED_LENGTH], user_inputs=known)
    return int(graded["score"])


def _parts(word: str) -> tuple[str, ...]:
    """A word as people put it into passwords: whole, in parts, without accents and blanks."""
    plain = fold(word)
    return (word, plain, plain.replace(" ", ""), *plain.split())


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash("a password that nobody has")
