"""Lists page by key: the address of the next page names the last row shown, never a number."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from uuid import UUID

PAGE_SIZE = 50


def next_url(path: str, after: UUID, **more: str) -> str:
    """The address of the page behind a row."""
    return f"{path}?{urlencode({**more, 'after': str(after)})}"
