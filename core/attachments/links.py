"""Links to an attachment that live for a minute and serve one sign-in.

The check of the record is made again when a link is used: a link is the second lock, not a key.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.kit.errors import RefusedError
from core.kit.language import Text

if TYPE_CHECKING:
    from uuid import UUID

LIFE: Final = timedelta(seconds=60)

_OVER = Text(
    vi="Liên kết tải tệp đã hết hạn hoặc không phải của bạn. Hãy mở hồ sơ và tải lại.",
    en="The link has expired or is not yours. Open the record and download again.",
)


@dataclass(frozen=True, slots=True)
class LinkMaker:
    """Makes and checks the links of one sign-in; ``sign_in`` is a secret that only it knows."""

    secret: str = field(repr=False)
    sign_in: str = field(repr=False)

    def make(self, attachment_id: UUID, now: datetime) -> str:
        """The query of a link: until when, and the signature."""
        until = int((now + LIFE).timestamp())
        return f"until={until}&signature={self._signature(attachment_id, until)}"

    def require(self, attachment_id: UUID, until: int, signature: str, now: datetime) -> None:
        """Refuse a link that is over, was changed, or belongs to another sign-in.

        Raises:
            RefusedError: one sentence for all three.
        """
        expected = self._signature(attachment_id, until)
        fits = hmac.compare_digest(expected.encode(), signature.encode())
        # the signature first: a moment that we never signed may be none at all
        if not fits or now > datetime.fromtimestamp(until, UTC):
            raise RefusedError(_OVER)

    def _signature(self, attachment_id: UUID, until: int) -> str:
        told = f"attachment {self.sign_in} {attachment_id} {until}"
        return hmac.new(self.secret.encode(), told.encode(), hashlib.sha256).hexdigest()
