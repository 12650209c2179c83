"""What every national programme must fulfil, whatever it is about."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from sqlalchemy import CheckConstraint, inspect, select, text

import plugins
from core.db.base import Base, DataClass
from core.forms.service import context_for, submit
from core.identity.principal import Principal
from core.indicators.columns import MeasureColumns
from core.migrations.runner import Chain, downgrade, drift, migrate
from core.plugin_api import FigureState, Paragraph, Table, Text
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.testing.database import TEST_PREFIX, vault_of_tests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from core.plugin_api import DemoWorld, Form, SectionContext, Submission
    from core.registry.service import Registry
    from core.testing.database import TestDatabase

KEYS = ("child_labour", "drowning_prevention", "orphan_care", "sexual_abuse")
ROOT = Path(plugins.__path__[0])
INDICATORS = {
    "drowning_prevention": ("DRW", 13, {f"DRW-{number:02}" for number in range(1, 14)}),
    "child_labour": ("LAB", 13, {f"LAB-{number:02}" for number in range(1, 14)}),
    "sexual_abuse": ("ABU", 13, {f"ABU-{n:02}" for n in range(1, 14)}),
    "orphan_care": ("ORP", 12, {f"ORP-{n:02}" for n in range(1, 13)}),
}
# how many records the demonstration makes for a thousand children in three communes
GENERATED = {
    "drowning_prevention.injury_notice": 8,
    "drowning_prevention.safe_home": 30,
    "drowning_prevention.hazard_site": 10,
    "drowning_prevention.swim_class": 3,
    "drowning_prevention.swim_facility": 7,
    "drowning_prevention.flood_care_day": 6,
    "drowning_prevention.flood_care_point": 2,
    "drowning_prevention.flood_season": 2,
    "drowning_prevention.commune_year": 3,
    "drowning_prevention.cage_handover": 1,
    "drowning_prevention.equipment_delivery": 5,
    "child_labour.screening": 33,
    "child_labour.classification": 2,
    "child_labour.case": 6,
    "child_labour.support": 5,
    "child_labour.livelihood": 3,
    "child_labour.follow_up": 6,
    "child_labour.vocational_class": 1,
    "child_labour.workplace": 3,
    "child_labour.inspection": 3,
    "child_labour.commune_year": 3,
    "sexual_abuse.intake": 1,
    "sexual_abuse.emergency": 1,
    "sexual_abuse.assessment": 1,
    "sexual_abuse.plan": 1,
    "sexual_abuse.plan_decision": 1,
    "sexual_abuse.service": 2,
    "sexual_abuse.proceeding": 2,
    "sexual_abuse.placement": 1,
    "sexual_abuse.review": 1,
    "sexual_abuse.closing": 1,
    "sexual_abuse.prevention": 3,
    "sexual_abuse.panel": 3,
    "sexual_abuse.commune_ready": 2,
    "sexual_abuse.non_reporting": 1,
    "orphan_care.detection": 6,
    "orphan_care.verification": 6,
    "orphan_care.care_family": 1,
    "orphan_care.visit": 5,
    "orphan_care.dossier": 6,
    "orphan_care.payment": 17,
    "orphan_care.facility_list": 1,
    "orphan_care.hiv_service": 1,
    "orphan_care.parent_change": 11,
    "orphan_care.arrangement": 6,
    "orphan_care.sponsorship": 4,
    "orphan_care.entitlement": 6,
    "orphan_care.health_service": 2,
    "orphan_care.disaster": 2,
    "orphan_care.hiv_care": 1,
}

# Answers that name a version of data: a new version comes without a migration, so any is stored.
VERSIONS = {"child_labour": {"ruleset"}, "drowning_prevention": {"criteria_set"}}

each_programme = pytest.mark.parametrize("key", KEYS)


def own(registry: Registry, key: str) -> Any:
    return next(c for c in registry.catalogue.contributions if c.owner == key)


def chain_of(registry: Registry, key: str) -> Chain:
    return next(chain for chain in registry.chains if chain.key == key)


@each_programme
def test_the_list_of_indicators_is_complete(registry: Registry, key: str) -> None:
    prefix, count, computed = INDICATORS[key]
    found = own(registry, key).indicators
    assert [i.code for i in found] == [f"{prefix}-{n:02}" for n in range(1, count + 1)]
    assert {i.code for i in found if i.formula is not None} == computed
    assert all(i.source for i in found)


@each_programme
def test_only_the_contract_is_imported_from_core(key: str) -> None:
    for file in (ROOT / key).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                if name.split(".")[0] == "core":
                    assert name.split(".")[:2] == ["core", "plugin_api"], file
                if name.split(".")[0] == "plugins":
                    assert name.split(".")[:2] == ["plugins", key], file


@each_programme
def test_every_measure_can_be_counted(registry: Registry, key: str) -> None:
    for measure in own(registry, key).measures:
        assert MeasureColumns(measure).names


@each_programme
def test_every_answer_has_a_column_and_every_column_a_class(registry: Registry, key: str) -> None:
    for form in own(registry, key).forms:
        columns = inspect(form.model).columns
        named = {str(column.key) for column in columns}
        assert {field.name for field in form.fields} <= named
        assert set(form.columns) <= {field.name for field in form.fields}
        assert all(column.info["data_class"] in DataClass for column in columns)
    tables = [table for table in Base.metadata.sorted_tables if table.schema == key]
    classes = {column.info["data_class"] for table in tables for column in table.columns}
    assert max(classes, key=lambda one: one.rank) == registry.info(key).highest_class


@each_programme
def test_permissions_of_the_form_are_given_to_someone(registry: Registry, key: str) -> None:
    contribution = own(registry, key)
    given = frozenset().union(*(rights.permissions for rights in contribution.roles))
    assert given == {p for form in contribution.forms for p in (form.enters, form.sees)}


@each_programme
def test_models_and_migrations_agree(
    programmes: TestDatabase, registry: Registry, key: str
) -> None:
    with programmes.owner.connect() as connection:
        assert drift(connection, chain_of(registry, key)) == []
    there = inspect(programmes.owner)
    for table in (t for t in Base.metadata.sorted_tables if t.schema == key):
        checks = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        assert {c["name"] for c in there.get_check_constraints(table.name, key)} == checks
        keys = {str(foreign.name) for foreign in table.foreign_key_constraints}
        assert {k["name"] for k in there.get_foreign_keys(table.name, key)} == keys


@each_programme
def test_every_option_may_be_stored(programmes: TestDatabase, registry: Registry, key: str) -> None:
    for form in own(registry, key).forms:
        table = form.model.__tablename__
        rules = {
            str(check["name"]): check["sqltext"]
            for check in inspect(programmes.owner).get_check_constraints(table, key)
        }
        for field in form.fields:
            stored = rules.get(f"ck_{table}_{field.name}", "")
            if field.name in VERSIONS.get(key, set()):
                assert not stored, field.name
                continue
            assert all(f"'{option.value}'" in stored for option in field.options), field.name
            if field.options:
                assert stored.count("::text") >= len(field.options)


@each_programme
def test_a_programme_can_be_taken_out_and_put_back(
    core_template: str, registry: Registry, key: str
) -> None:
    from core.testing.database import database_copy

    chain = chain_of(registry, key)
    with database_copy(core_template) as copy:
        migrate(copy.owner, [chain], login_prefix=TEST_PREFIX)
        with copy.owner.connect() as connection:
            downgrade(connection, chain, login_prefix=TEST_PREFIX)
            left = connection.scalars(
                text("SELECT tablename FROM pg_tables WHERE schemaname = :key"), {"key": key}
            ).all()
            assert set(left) <= {"alembic_version"}
        migrate(copy.owner, [chain], login_prefix=TEST_PREFIX)
        with copy.owner.connect() as connection:
            assert drift(connection, chain) == []


@each_programme
def test_the_wall_stands_around_every_table(
    programmes: TestDatabase, registry: Registry, key: str
) -> None:
    statement = text(
        "SELECT relname, relforcerowsecurity FROM pg_class JOIN pg_namespace n "
        "ON n.oid = relnamespace WHERE nspname = :key AND relkind = 'r' "
        "AND relname <> 'alembic_version'"
    )
    with programmes.owner.connect() as connection:
        found: dict[str, bool] = dict(
            tuple(row) for row in connection.execute(statement, {"key": key})
        )
    tables = {table.name for table in Base.metadata.sorted_tables if table.schema == key}
    assert found == dict.fromkeys(tables, True)
    assert {form.model.__tablename__ for form in own(registry, key).forms} <= tables


@each_programme
def test_the_section_can_be_written_in_every_state(
    registry: Registry, told: Callable[..., SectionContext], key: str
) -> None:
    (section,) = own(registry, key).report_sections
    codes = [*registry.catalogue.measures, *registry.catalogue.indicators]
    for state in FigureState:
        states = dict.fromkeys(codes, state)
        blocks = section.write(told(states=states, state_before=state))
        assert isinstance(blocks[0], Paragraph)
        for block in blocks:
            if isinstance(block, Table):
                assert block.rows
                assert {len(row) for row in block.rows} == {len(block.columns)}
            elif isinstance(block, Paragraph):
                assert _reads_well(block.text), block.text


def _reads_well(sentence: Text) -> bool:
    return all(
        words == words.strip() and "  " not in words and "None" not in words and words[-1] == "."
        for words in (sentence.vi, sentence.en)
    )


@each_programme
def test_switching_off_tells_that_records_stay(registry: Registry, key: str) -> None:
    codes = [form.code for form in own(registry, key).forms]
    enabled = registry.enabled({key})
    some, none = Records(dict.fromkeys(codes, 3)), Records(dict.fromkeys(codes, 0))
    (said,) = enabled.objections_to_switching_off(key, some)
    assert "niêm phong" in said.vi
    assert any(sign.isdigit() for sign in said.vi) is (key != "sexual_abuse")
    assert enabled.objections_to_switching_off(key, none) == ()


class Records:
    """A ``SwitchContext`` that knows of some records."""

    def __init__(self, counts: dict[str, int]) -> None:
        """By code of the form."""
        self._counts = counts

    def count(self, form_code: str) -> int:
        """Records of a form; another programme's would be a mistake."""
        return self._counts[form_code]


@each_programme
def test_the_same_seed_gives_the_same_records(
    registry: Registry, world: DemoWorld, key: str
) -> None:
    enabled = registry.enabled({key})

    def made(seed: int) -> list[Submission]:
        chance = Random(seed)  # noqa: S311  seeds generated records
        return list(enabled.demo_records(replace(world, random=chance)))

    first = made(3)
    assert first == made(3)
    assert first != made(4)
    assert all(submission.on.year == world.year for submission in first)
    nobody = replace(world, children=())
    assert list(enabled.demo_records(nobody)) == []


@pytest.fixture
def stored(
    programmes: TestDatabase,
    make_child: Callable[..., Any],
    make_home: Callable[..., Any],
    world: DemoWorld,
) -> Iterator[Any]:
    """A session with the world's children, taken back at the end."""
    session = TenantDoor(programmes.runtime, vault=vault_of_tests()).open(1, reach=Reach.counting())
    session.add_all(make_home(child) for child in world.children)
    session.flush()
    session.add_all(
        make_child(
            child.id.int & 0xFFFF,
            sex=child.sex,
            date_of_birth=child.born,
            id=child.id,
            commune_id=child.commune_id,
            household_id=child.household_id,
        )
        for child in world.children
    )
    session.flush()
    yield session
    session.rollback()
    session.close()


@each_programme
def test_generated_records_are_accepted_and_stored(
    registry: Registry, world: DemoWorld, stored: Any, key: str
) -> None:
    forms = {form.code: form for form in own(registry, key).forms}
    seen: Counter[str] = Counter()
    made: dict[str, UUID] = {}
    for number, submission in enumerate(registry.enabled({key}).demo_records(world)):
        person = clerk(registry.catalogue.forms, submission.form_code, world)
        entered = submit(
            stored,
            forms[submission.form_code],
            submission.pointing(made),
            key=f"generated-{number}",
            principal=person,
            context=context_for(stored, person, submission.on, forms=registry.catalogue.forms),
            now=datetime.combine(submission.on, datetime.min.time(), UTC),
            generated=True,
        )
        seen[submission.form_code] += 1
        if submission.name is not None:
            made[submission.name] = entered.record_id
    assert seen == {code: GENERATED[code] for code in forms}
    people = {clerk(registry.catalogue.forms, code, world).account_id for code in forms}
    for code, form in forms.items():
        rows = stored.scalars(select(form.model).where(form.model.tenant_id == 1)).all()
        assert len(rows) >= GENERATED[code]  # some forms make rows of another
        assert all(row.generated and row.created_by in people for row in rows)


def clerk(forms: Mapping[str, Form], code: str, world: DemoWorld) -> Principal:
    """Somebody with every right; each right to enter is another person's account."""
    return Principal(
        account_id=uuid5(NAMESPACE_OID, forms[code].enters),
        tenant_id=1,
        tenant_slug="tinh_mot",
        display_name="Cán bộ",
        roles=("commune_worker",),
        permissions=frozenset(right for f in forms.values() for right in (f.enters, f.sees)),
        reach=Reach(communes=frozenset(world.communes)),
    )
