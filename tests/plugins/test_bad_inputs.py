"""Every form of core and of the plugins explains every bad input at its field, and keeps it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.forms.checking import check_answers
from core.forms.context import context_for
from core.forms.correcting import OpenRecord
from core.forms.rosters import stored_rows
from core.identity.principal import Principal
from core.platform import load_registry
from core.settings import Settings
from core.tenancy.reach import Reach
from core.testing.bad_input import Elsewhere, bad_inputs, why_not
from tests.isolation.web_world import world, world_home, world_template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.forms.context import FormContext
    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession
    from tests.isolation.web_world import World

__all__ = ["world", "world_home", "world_template"]  # fixtures

TODAY = date(2019, 6, 1)
TRIED = 40
FORMS = load_registry(Settings()).catalogue.forms


def _enterer(world: World) -> Principal:
    forms = world.platform.registry.catalogue.forms.values()
    return Principal(
        account_id=UUID(int=9),
        tenant_id=world.tenants["an_giang"],
        tenant_slug="an_giang",
        display_name="Cán bộ",
        roles=(),
        permissions=frozenset(right for f in forms for right in (f.enters, f.sees)),
        reach=Reach.counting(),
    )


def _right_answers(
    session: TenantSession, form: Form, context: FormContext
) -> dict[str, Any] | None:
    """The answers of a stored record that the form would take again."""
    model: Any = form.model
    statement = select(model).where(model.tenant_id == session.tenant_id).limit(TRIED)
    for row in session.scalars(statement):
        raw = OpenRecord(form, row, stored_rows(session, form, row.id), 0).raw
        if not check_answers(form, raw, context).errors:
            return raw
    return None


def _commune_left_out(context: FormContext, right: Mapping[str, Any], form: Form) -> FormContext:
    """The same context without one commune that the right answers do not name."""
    named = {str(right.get(f.name)) for f in form.fields if f.kind == "commune"}
    left = next(key for key in context.communes if str(key) not in named)
    return replace(context, communes={k: v for k, v in context.communes.items() if k != left})


@pytest.mark.parametrize("code", sorted(FORMS))
def test_every_bad_input_is_explained_at_its_field_and_kept(
    world: World, code: str, summary: Callable[[str], None]
) -> None:
    person = _enterer(world)
    forms = world.platform.registry.catalogue.forms
    form = forms[code]
    door = world.platform.door
    with door.tenant_session(person.tenant_id, reach=person.reach) as session:
        full = context_for(session, person, TODAY, forms=forms)
        right = _right_answers(session, form, full)
        assert right is not None, f"the demonstration has no record that {code} would take again"
        context = _commune_left_out(full, right, form)
        elsewhere = Elsewhere(
            next(iter(full.communes.keys() - context.communes.keys())), _foreign(world)
        )
        tried = list(bad_inputs(form, right, context, elsewhere))
        wrong = [why for bad in tried if (why := why_not(form, bad, context)) is not None]
        assert wrong == []
        assert Counter(bad.what for bad in tried)["missing"] > 0
    summary(f"{code}: {len(tried)} bad inputs explained and kept")


def _foreign(world: World) -> UUID:
    """A child of another province: its id names nothing here."""
    return world.rows("lao_cai").ids["core.child"][0]
