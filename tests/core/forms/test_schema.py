"""A form as JSON Schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from core.forms.schema import json_schema

if TYPE_CHECKING:
    from core.plugin_api.forms import Form


def test_schema_lists_what_the_form_takes_and_nothing_else(form: Form) -> None:
    schema = json_schema(form)
    asked = [field.name for field in form.fields if not field.computed]
    assert list(schema["properties"]) == asked
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["title", "on", "cause", "commune_id"]
    json.dumps(schema)


def test_schema_gives_each_kind_its_type(form: Form) -> None:
    properties = json_schema(form)["properties"]
    assert properties["title"]["maxLength"] == 20
    assert properties["count"]["type"] == ["integer", "null"]
    assert (properties["count"]["minimum"], properties["count"]["maximum"]) == (0, 100)
    assert properties["on"] == {
        "title": "Ngày",
        "x-title-en": "Ngày",
        "type": "string",
        "format": "date",
    }
    assert properties["cause"]["enum"] == ["drowning", "fall"]
    assert properties["needs"]["items"] == {"enum": ["food", "school"]}


def test_what_is_asked_under_a_condition_may_be_null_and_says_the_condition(form: Form) -> None:
    water = json_schema(form)["properties"]["water"]
    assert water["type"] == ["string", "null"]
    assert water["enum"] == ["river", "pond", None]
    assert "x-relevant" in water
