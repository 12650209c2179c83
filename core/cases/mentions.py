"""Keeps the codes of confidential cases out of what others read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.cases import repository
from core.cases.models import CASE_PREFIX

if TYPE_CHECKING:
    from core.tenancy.session import TenantSession

_CODE: Final = re.compile(rf"\b{CASE_PREFIX}\W*([0-9A-Z]{{8}})\b", re.IGNORECASE)


def mentions_confidential(session: TenantSession, *texts: str) -> bool:
    """Whether a text holds the code of a confidential case that the session reaches.

    Of cases out of its reach nothing is told: their codes are as any other word.
    """
    found = (one for text in texts for one in _CODE.finditer(text))
    codes = {f"{CASE_PREFIX}-{one[1].upper()}" for one in found}
    return bool(codes) and repository.is_confidential(session, codes)
