"""What is asked of panels and of prevention activities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PANEL = {
    "commune_id": "101",
    "location_type": "school",
    "installed_on": "01/06/2018",
    "status": "in_place",
    "shows_111": "yes",
}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"shows_111": "no"}, {"shows_111"}),
        ({"shows_111": ""}, {"shows_111"}),
        ({"inspected_on": "31/05/2018"}, {"inspected_on"}),
    ],
)
def test_a_panel_shows_111_and_is_inspected_after_it_stands(
    faults: Callable[..., set[str]], changed: dict[str, str], fields: set[str]
) -> None:
    assert faults("sexual_abuse.panel", PANEL | changed) == fields
