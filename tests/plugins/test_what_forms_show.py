"""What a form works out or stores as a code is shown by its name, a number as one."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint

from core.forms.shown import shown_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import Field, Form
    from core.registry.service import Registry

_ONE_OF = re.compile(r"^\W*(\w+)\W+(?:IN|=\s*ANY)\W", re.IGNORECASE)


def fields(forms: Any) -> Iterator[tuple[Form, Field, Any]]:
    """Each field that is shown as a text, with the column that keeps it."""
    for form in forms.values():
        for field in form.fields:
            column = form.model.__table__.c.get(field.name)
            if column is not None and field.kind in {"text", "textarea"}:
                yield form, field, column


def coded(table: Any) -> set[str]:
    """The columns that hold one of some codes."""
    checks = (c.sqltext.text for c in table.constraints if isinstance(c, CheckConstraint))
    return {found[1] for check in checks if (found := _ONE_OF.match(str(check)))}


def test_no_code_is_shown_as_a_text(registry: Registry) -> None:
    found = [
        f"{form.code}.{field.name}"
        for form, field, _ in fields(registry.catalogue.forms)
        if field.name in coded(form.model.__table__)
    ]
    assert found == []


def test_no_number_truth_or_day_is_shown_as_a_text(registry: Registry) -> None:
    found = [
        f"{form.code}.{field.name}"
        for form, field, column in fields(registry.catalogue.forms)
        if issubclass(column.type.python_type, int | bool | date)
    ]
    assert found == []


def test_a_code_and_an_amount_with_its_unit_stay_in_one_line(registry: Registry) -> None:
    form = registry.catalogue.forms["drowning_prevention.swim_class"]
    (shown,) = shown_rows(form, {form.rosters[0].name: []}, "vi", {}, {})
    in_one_line = {head["label"] for head in shown.heads if head["code"]}
    assert {"Trẻ em", "Tuổi", "Quãng đường bơi"} <= in_one_line
    assert "Kết quả" not in in_one_line
