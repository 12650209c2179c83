"""§5.2 of the programmes page, line by line, for every table and form of the programme.

What the running web does with these rules is tried in ``tests/core/web/test_confidential.py`` and
``tests/access``; ``docs/confidentiality.md`` names the tests beside each line.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import String, select

from core.access.grants import end, give
from core.db.base import Base, DataClass
from core.plugin_api import FigureState
from core.tenancy.bounds import row_rule
from core.tenancy.door import TenantDoor
from core.tenancy.models import AreaScoped, Confidential
from core.tenancy.reach import Reach
from core.testing.database import vault_of_tests
from core.vault.columns import is_sealed
from plugins.sexual_abuse.models import SaCase
from plugins.sexual_abuse.response.models import SaPlan, SaService

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.registry.service import Registry
    from core.testing.database import TestDatabase

KEY = "sexual_abuse"
OPEN_TABLES = {"prevention_activity", "hotline_panel", "commune_ready"}
TEAM = frozenset({"sexual_abuse", "sexual_abuse.lines"})
SERVES = frozenset({"sexual_abuse"})


def classes() -> list[Any]:
    return [m.class_ for m in Base.registry.mappers if m.class_.__table__.schema == KEY]


def secret() -> list[Any]:
    return [cls for cls in classes() if cls.__tablename__ not in OPEN_TABLES]


def forms(registry: Registry) -> list[Any]:
    return [f for f in registry.catalogue.forms.values() if f.code.startswith(f"{KEY}.")]


def test_line_1_every_table_of_cases_is_restricted_and_bounded_by_assignment(
    registry: Registry,
) -> None:
    assert {f.model for f in forms(registry)} >= {SaCase, SaPlan}  # every model is loaded
    assert len(secret()) == 13
    for cls in secret():
        assert issubclass(cls, Confidential), cls
        assert issubclass(cls, AreaScoped), cls
        stated = {c.name: c.info["data_class"] for c in cls.__table__.columns}
        assert {stated.pop("tenant_id"), stated.pop("id")} == {DataClass.INTERNAL}, cls
        assert set(stated.values()) == {DataClass.RESTRICTED}, cls
        nobody = Reach(communes=None, holder=uuid4())
        assert "false" in str(row_rule(1, nobody, cls)).lower() or cls.own_column, cls


def test_line_1_what_is_open_tells_of_no_child() -> None:
    for cls in classes():
        if cls.__tablename__ in OPEN_TABLES:
            told = [c for c in cls.__table__.columns if c.name != "commune_id"]
            most = max(c.info["data_class"].rank for c in told)
            assert most <= DataClass.INTERNAL.rank, cls


@pytest.fixture
def given_case(
    programmes: TestDatabase, case_row: Callable[..., SaCase], communes: tuple[int, ...]
) -> tuple[TenantDoor, UUID, UUID]:
    """A door, a case with a plan and two services, and the writer of one of these."""
    door = TenantDoor(programmes.runtime, vault=vault_of_tests())
    row, provider = case_row(), uuid4()
    with door.tenant_session(1, reach=Reach.counting()) as session:
        session.add(row)
        session.flush()
        case_id = row.id
        of_case = {"case_id": case_id, "commune_id": communes[0]}
        days = {"submitted_on": date(2018, 5, 4), "review_on": date(2018, 7, 4)}
        session.add(SaPlan(**of_case, **days))
        for writer in (provider, uuid4()):
            session.add(
                SaService(
                    **of_case,
                    kind="psychological",
                    referred_on=date(2018, 5, 5),
                    free_of_charge=True,
                    created_by=writer,
                )
            )
    return door, case_id, provider


def reads(door: TenantDoor, reach: Reach, model: Any, case_id: UUID) -> int:
    column = model.id if model is SaCase else model.case_id
    with door.tenant_session(1, reach=reach, read_only=True) as session:
        return len(
            session.scalars(select(model.id).where(model.tenant_id == 1, column == case_id)).all()
        )


def test_line_2_the_role_without_an_assignment_reads_nothing_and_its_end_ends_it(
    given_case: tuple[TenantDoor, UUID, UUID],
) -> None:
    door, case_id, _ = given_case
    worker = uuid4()
    reach = Reach(communes=None, assigned=TEAM, holder=worker)
    counts = {SaCase: 1, SaPlan: 1, SaService: 2}
    assert [reads(door, reach, model, case_id) for model in counts] == [0, 0, 0]
    now = datetime.now(UTC)
    with door.tenant_session(1) as session:
        give(session, worker, "assignment", subject_kind=KEY, subject_id=case_id, by=None, now=now)
    assert {model: reads(door, reach, model, case_id) for model in counts} == counts
    without_role = Reach(communes=None, holder=worker)
    assert [reads(door, without_role, model, case_id) for model in (SaCase, SaPlan)] == [0, 0]
    with door.tenant_session(1) as session:
        end(session, subject_id=case_id, by=None, now=datetime.now(UTC), holder=worker)
    assert [reads(door, reach, model, case_id) for model in counts] == [0, 0, 0]


def test_line_2_a_provider_reads_its_own_lines_while_the_case_is_given_to_it(
    given_case: tuple[TenantDoor, UUID, UUID],
) -> None:
    door, case_id, provider = given_case
    reach = Reach(communes=None, assigned=SERVES, holder=provider)
    assert reads(door, reach, SaService, case_id) == 0
    with door.tenant_session(1) as session:
        give(
            session,
            provider,
            "assignment",
            subject_kind=KEY,
            subject_id=case_id,
            by=None,
            now=datetime.now(UTC),
        )
    assert reads(door, reach, SaService, case_id) == 1
    with door.tenant_session(1) as session:
        end(session, subject_id=case_id, by=None, now=datetime.now(UTC), holder=provider)
    assert reads(door, reach, SaService, case_id) == 0


def test_line_2_leaders_and_districts_and_the_ministry_have_no_right_on_a_case(
    registry: Registry,
) -> None:
    contribution = next(c for c in registry.catalogue.contributions if c.owner == KEY)
    on_cases = {
        rights.role
        for rights in contribution.roles
        if any(p.split(".")[1] != "prevention" for p in rights.permissions)
    }
    assert on_cases == {
        "collaborator",
        "commune_worker",
        "commune_leader",
        "service_staff",
        "agency_reporter",
        "province_confidential_officer",
    }


def test_line_3_links_go_from_the_programme_to_core_and_never_back() -> None:
    for table in Base.metadata.sorted_tables:
        if table.schema == "core":
            targets = {key.target_fullname for key in table.foreign_keys}
            assert not any(target.startswith(f"{KEY}.") for target in targets), table
    links = [
        (cls.__tablename__, c.name)
        for cls in secret()
        for c in cls.__table__.columns
        if c.name.startswith("child")
    ]
    assert set(links) == {
        ("sa_case", "child_safe_now"),
        ("sa_case", "child_ref"),
        ("sa_proceeding", "child_friendly_interview"),
    }
    assert is_sealed(SaCase.child_ref)


def test_line_4_no_papers_and_no_pictures_hang_on_a_case(registry: Registry) -> None:
    for form in forms(registry):
        assert form.attachments is False, form.code
        columns = set(form.columns)
        assert not columns & {f.name for f in form.fields if f.kind in {"text", "textarea"}} - {
            "opaque_code",
            "procedure_no",
        }, form.code


def test_line_6_every_free_text_is_short_and_sealed_and_longer_ones_warn(
    registry: Registry,
) -> None:
    for form in forms(registry):
        if form.model.__tablename__ in OPEN_TABLES:
            continue
        asked = [(form.model, f) for f in form.fields]
        asked += [(roster.model, f) for roster in form.rosters for f in roster.fields]
        for model, field in asked:
            if field.computed or field.kind not in {"text", "textarea"}:
                continue
            assert is_sealed(getattr(model, field.name)), (form.code, field.name)
            assert field.max_length is not None
            assert field.max_length <= 500, (form.code, field.name)
            if field.kind == "textarea" and field.name != "delay_reason":
                assert "không kể lại sự việc" in field.help.vi, (form.code, field.name)


def test_line_7_every_figure_of_cases_is_hidden_below_the_province(
    counted: Callable[..., Any],
    case_row: Callable[..., SaCase],
    registry: Registry,
    year: Any,
    communes: tuple[int, ...],
) -> None:
    contribution = next(c for c in registry.catalogue.contributions if c.owner == KEY)
    of_cases = [m for m in contribution.measures if issubclass(m.model, Confidential)]
    assert len(of_cases) >= 15
    assert {m.sensitivity for m in of_cases} == {DataClass.RESTRICTED}
    with counted(*(case_row() for _ in range(3))) as door:
        for measure in of_cases:
            figure = door.measure(measure.code, year, communes=frozenset({communes[0]}))
            hidden = figure.state is FigureState.SUPPRESSED
            assert hidden or figure.value == 0, measure.code
            assert hidden or measure.code != "sexual_abuse.detected"


def test_line_8_the_offender_is_a_code_and_no_text_could_hold_a_name() -> None:
    for cls in secret():
        rules = [str(k.sqltext) for k in cls.__table__.constraints if hasattr(k, "sqltext")]
        for column in cls.__table__.columns:
            if "offender" in column.name or column.name in {"relation_to_child", "party"}:
                assert isinstance(column.type, String)
                assert any(f"{column.name} IN (" in rule for rule in rules), column
        names = {c.name for c in cls.__table__.columns}
        assert not names & {"offender_name", "suspect", "suspect_name", "abuser"}


def test_line_9_projects_and_the_ministry_have_no_access_whatever(registry: Registry) -> None:
    contribution = next(c for c in registry.catalogue.contributions if c.owner == KEY)
    roles = {rights.role for rights in contribution.roles}
    assert not {role for role in roles if role.startswith(("ngo_", "ministry_"))}
    collaborator = next(r for r in contribution.roles if r.role == "collaborator")
    assert collaborator.permissions == {"sexual_abuse.intake.enter"}
    assert not collaborator.assigned | collaborator.confidential


def test_line_10_switched_off_nobody_finds_a_row_and_none_is_lost(
    given_case: tuple[TenantDoor, UUID, UUID],
) -> None:
    door, case_id, _ = given_case
    officer = Reach(communes=None, confidential=TEAM, programmes=frozenset({"orphan_care"}))
    on = Reach(communes=None, confidential=TEAM, programmes=frozenset({KEY}))
    assert [reads(door, officer, model, case_id) for model in (SaCase, SaPlan, SaService)] == [
        0,
        0,
        0,
    ]
    assert [reads(door, on, model, case_id) for model in (SaCase, SaPlan, SaService)] == [1, 1, 2]
