"""What the register declares fits together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect

from core.forms.evaluate import fields_of
from core.register.contribution import CORE_REGISTER, ROLES
from core.register.counting.measures import CHILDREN
from core.register.models import Child, ChildNameToken, Household
from core.register.options import ETHNICITY
from core.registry.catalogue import Catalogue

if TYPE_CHECKING:
    from core.db.base import Base
    from core.plugin_api.forms import Form

FORMS = CORE_REGISTER.forms


def test_the_catalogue_takes_the_contribution() -> None:
    catalogue = Catalogue((CORE_REGISTER,))
    assert {"core.household", "core.child", "core.special_circumstance"} <= set(catalogue.forms)
    assert {"core.children", "core.children_in_circumstances"} <= set(catalogue.measures)


def test_there_are_54_ethnic_groups_with_distinct_codes() -> None:
    assert len(ETHNICITY.codes) == 54 + 2
    assert len(set(ETHNICITY.codes)) == len(ETHNICITY.codes)
    assert {"kinh", "tay", "hmong", "dao", "giay", "khmer"} <= set(ETHNICITY.codes)
    assert all(code.replace("_", "").isalpha() and code.isascii() for code in ETHNICITY.codes)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_every_field_and_listed_column_is_a_column_of_the_model(form: Form) -> None:
    columns = {column.key for column in inspect(form.model).columns}
    assert {field.name for field in form.fields} <= columns
    assert set(form.columns) <= {field.name for field in form.fields}
    names = [field.name for field in form.fields]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_lists_never_show_a_name(form: Form) -> None:
    assert not {"full_name", "head_name", "address", "name_sort", "head_fold"} & set(form.columns)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_rules_look_at_fields_of_the_form_alone(form: Form) -> None:
    names = {field.name for field in form.fields}
    for field in form.fields:
        if field.relevant is not None:
            assert set(fields_of(field.relevant)) <= names


@pytest.mark.parametrize("model", [Child, Household, ChildNameToken])
def test_every_column_states_its_class_and_purpose(model: type[Base]) -> None:
    for column in model.__table__.columns:
        assert column.info["data_class"]
        assert column.info["purpose"]


def test_the_administrator_and_the_leader_have_no_right_to_a_child() -> None:
    for rights in ROLES:
        if rights.role in {"province_admin", "province_leader"}:
            assert not any(
                permission.startswith(("core.child.", "core.household."))
                for permission in rights.permissions
            )


def test_only_the_commune_worker_enters_the_register() -> None:
    entering = {rights.role for rights in ROLES if "core.child.enter" in rights.permissions}
    assert entering == {"commune_worker"}


def test_children_are_counted_while_they_are_followed() -> None:
    assert (CHILDREN.kind, CHILDREN.date, CHILDREN.until) == ("stock", "registered_on", "left_on")
