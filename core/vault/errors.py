"""What goes wrong with keys and sealed values; messages name places and numbers, never values."""

from __future__ import annotations

from sqlalchemy.exc import DontWrapMixin

from core.kit.errors import PlatformError


class VaultError(PlatformError, DontWrapMixin):
    """A value cannot be sealed or opened; a fault of ours or of the set-up, never of the reader.

    SQLAlchemy leaves it as it is: its own wrapping would add the statement's parameters.
    """

    code = "vault"


class MissingKeyError(VaultError):
    """The ring does not hold the key that a value was sealed with."""

    code = "vault.missing_key"


class SealedColumnError(VaultError):
    """Code asked the database about the content of a sealed column."""

    code = "vault.column"
