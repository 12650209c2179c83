"""Cases for the tests of the programme."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from plugins.sexual_abuse.models import SaCase

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def case_row(communes: tuple[int, ...]) -> Callable[..., SaCase]:
    """Makes a case, not yet stored."""

    def make(**given: Any) -> SaCase:
        values = {
            "commune_id": communes[0],
            "received_at": datetime(2018, 5, 1, 3, 0, tzinfo=UTC),
            "channel": "family",
            "sex": "female",
            "estimated_age": 9,
            "child_safe_now": True,
            "abuse_form": "unclassified",
            "setting": "family",
            "relation_to_child": "other_relative",
            "online": False,
        }
        return SaCase(**values | given)

    return make
