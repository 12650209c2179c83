"""Every form of core and of the plugins explains every bad input at its field, and keeps it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.contribution import core_contribution
from core.forms.checking import check_answers
from core.forms.context import FormContext, context_for
from core.forms.correcting import OpenRecord
from core.forms.lookups import NoLookups
from core.forms.rosters import stored_rows
from core.identity.principal import Principal
from core.plugin_api.values import DemoChild, DemoWorld, Submission
from core.registry.service import Registry
from core.tenancy.reach import Reach
from core.testing.bad_input import Elsewhere, bad_inputs, why_not
from tests.isolation.web_world import world, world_home, world_template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession
    from tests.isolation.web_world import World

__all__ = ["world", "world_home", "world_template"]  # fixtures

TODAY = date(2019, 6, 1)
TRIED = 40
REGISTRY = Registry.discover(core_contribution())
FORMS = REGISTRY.catalogue.forms
PLUGINS = sorted({c.owner for c in REGISTRY.catalogue.contributions} - {"core"})
FOREIGN = UUID(int=99)
CHILDREN = tuple(
    DemoChild(
        UUID(int=number, version=4),
        "male" if number % 2 else "female",
        date(2003 + number % 14, 3, 3),
        1 + number % 3,
    )
    for number in range(1, 300)
)


class Known(NoLookups):
    """Every record that has an id is there but for the foreign one."""

    def find_record(self, _form_code: str, text: str) -> UUID | None:
        """The id itself."""
        return _known(text)


def _known(text: str) -> UUID | None:
    try:
        key = UUID(text)
    except ValueError:
        return None
    return None if key == FOREIGN else key


@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_plugins_forms_explain_every_bad_input(
    plugin: str, summary: Callable[[str], None]
) -> None:
    """The right answers are those of its demonstration; no database is needed."""
    context = FormContext(
        today=TODAY,
        communes={1: "Xã Một", 2: "Xã Hai", 3: "Xã Ba"},
        find_child=_known,
        find_household=_known,
        lookups=Known(),
        forms=FORMS,
    )
    generated = DemoWorld("an_giang", 2018, Random(1), (1, 2, 3), CHILDREN)  # noqa: S311
    right: dict[str, Mapping[str, Any]] = {}
    for made in REGISTRY.enabled({plugin}).demo_records(generated):
        if isinstance(made, Submission) and made.form_code not in right:
            form = FORMS[made.form_code]
            if not check_answers(form, made.answers, context).errors:
                right[form.code] = made.answers
    assert right
    tried = 0
    for code, answers in right.items():
        wrong, ways = _tried(FORMS[code], answers, context, Elsewhere(99, FOREIGN))
        assert wrong == [], code
        assert ways["missing"] > 0
        tried += ways.total()
    summary(f"{plugin}: {tried} bad inputs to {len(right)} forms explained and kept")


def _tried(
    form: Form, right: Mapping[str, Any], context: FormContext, elsewhere: Elsewhere
) -> tuple[list[str], Counter[str]]:
    bad = list(bad_inputs(form, right, context, elsewhere))
    wrong = [why for one in bad if (why := why_not(form, one, context)) is not None]
    return wrong, Counter(one.what for one in bad)


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


@pytest.mark.slow
@pytest.mark.parametrize("code", sorted(FORMS))
def test_every_bad_input_is_explained_over_stored_records(
    world: World, code: str, summary: Callable[[str], None]
) -> None:
    """The right answers are those of a stored record, looked up in a real database."""
    person = _enterer(world)
    form = FORMS[code]
    with world.platform.door.tenant_session(person.tenant_id, reach=person.reach) as session:
        full = context_for(session, person, TODAY, forms=FORMS)
        right = _right_answers(session, form, full)
        assert right is not None, "the demonstration has no record that the form takes again"
        context = _commune_left_out(full, right, form)
        left = next(iter(full.communes.keys() - context.communes.keys()))
        foreign = world.rows("lao_cai").ids["core.child"][0]
        wrong, ways = _tried(form, right, context, Elsewhere(left, foreign))
    assert wrong == []
    summary(f"{code}: {ways.total()} bad inputs explained and kept")
