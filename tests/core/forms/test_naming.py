"""Which answers name something by its id, in whole records and in the lines of a list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from core.forms.naming import RECORDS, answered

if TYPE_CHECKING:
    from core.plugin_api.forms import Form

LINE = {"count": 3, "child_id": "a child", "commune_id": 101}


def names(form: Form, **how: Any) -> list[tuple[str, Any]]:
    return [(field.name, value) for field, value in answered(form, [LINE, LINE], **how)]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (("count", "child_id"), ["child_id"]),
        (("commune_id", "child_id"), ["commune_id", "child_id"]),
        (("count",), []),
    ],
)
def test_the_lines_of_a_list_name_what_its_columns_name(
    form: Form, columns: tuple[str, ...], told: list[str]
) -> None:
    listed = replace(form, columns=columns)
    assert names(listed, listed=True) == [(name, LINE[name]) for name in told] * 2
    records = [pair for pair in names(listed, listed=True) if pair[0] != "commune_id"]
    assert names(listed, listed=True, kinds=RECORDS) == records


def test_a_whole_record_names_whatever_the_form_asks_for(form: Form) -> None:
    assert names(form) == [("commune_id", 101), ("child_id", "a child"), ("household_id", None)] * 2
