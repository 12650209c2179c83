"""Errors that people may read: a stable code, an HTTP status and one plain sentence."""

from __future__ import annotations

from typing import ClassVar

from core.kit.language import Text


class PlatformError(Exception):
    """Base of all errors of the platform.

    The message never holds personal data; it may name a code, a file, a field or a unit.
    """

    code: ClassVar[str] = "platform.error"
    status: ClassVar[int] = 500

    def __init__(self, message: Text | str) -> None:
        """Keep the message in both languages; a plain string serves operators, in English."""
        self.message = message if isinstance(message, Text) else Text(vi=message, en=message)
        super().__init__(self.message.en)


class NotFoundError(PlatformError):
    """Nothing there, or nothing there for this reader: the two look the same."""

    code = "not_found"
    status = 404

    def __init__(self) -> None:
        """Say the same sentence whatever is missing."""
        super().__init__(Text(vi="Không tìm thấy trang hoặc hồ sơ này.", en="Nothing found here."))


class RefusedError(PlatformError):
    """A rule forbids it; the message says which and who can help."""

    code = "refused"
    status = 403


class ConflictError(PlatformError):
    """The state of things does not allow it now."""

    code = "conflict"
    status = 409


class MalformedError(PlatformError):
    """The input cannot be read as what it should be."""

    code = "malformed"
    status = 422


class ConfigurationError(PlatformError):
    """The program cannot start or go on as it is set up; for operators."""

    code = "configuration"
    status = 500
