"""Applying a declaration: told first, done in one transaction, nothing left the second time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from core.profiles import repository
from core.profiles.apply import Change, Programmes, apply, load_legal_documents, plan_changes
from core.profiles.models import Agency, PlannedActivity, ProfileUnit, Target, TenantProfile
from core.profiles.read import read_declarations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.profiles.checks import References
    from core.profiles.declaration import TenantFile
    from core.profiles.read import Declarations
    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

TODAY = date(2026, 11, 22)
PROVINCE, OTHER = 1, 2
INSTALLED = frozenset({"child_labour", "drowning_prevention", "orphan_care", "sexual_abuse"})


class Switches:
    """Stands for the registry: remembers which programmes were switched, and from when."""

    def __init__(self) -> None:
        self.on: set[str] = set()
        self.calls: list[tuple[str, bool, date]] = []

    def set(self, key: str, on: bool, since: date) -> None:  # noqa: FBT001  the callable's shape
        """Switch one programme."""
        self.calls.append((key, on, since))
        (self.on.add if on else self.on.discard)(key)

    def programmes(self) -> Programmes:
        """What the registry would say."""
        return Programmes(installed=INSTALLED, enabled=frozenset(self.on))


@pytest.fixture(autouse=True)
def _register(database: TestDatabase, declared: Declarations) -> None:
    with database.owner.begin() as connection:
        load_legal_documents(connection, declared.legal_documents)


@pytest.fixture
def session(door: TenantDoor) -> Iterator[TenantSession]:
    """A transaction that is rolled back."""
    session = door.open(PROVINCE)
    with session:
        yield session


@pytest.fixture
def switches() -> Switches:
    return Switches()


def _apply(
    session: TenantSession, file: TenantFile, references: References, switches: Switches
) -> list[Change]:
    arguments = {
        "areas": references.areas,
        "programmes": switches.programmes(),
        "today": TODAY,
    }
    planned = plan_changes(session, file, **arguments)
    done = apply(session, file, set_programme=switches.set, **arguments)
    assert [(c.action, c.kind, c.code) for c in planned] == [
        (c.action, c.kind, c.code) for c in done
    ]
    return done


def _edited(folder: Path, references: References, slug: str, *edits: tuple[str, str]) -> TenantFile:
    path = folder / slug / "tenant.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return read_declarations(folder, references).tenants[slug]


def test_a_first_apply_adds_every_fact(
    session: TenantSession, declared: Declarations, references: References, switches: Switches
) -> None:
    changes = _apply(session, declared.tenants["an_giang"], references, switches)
    counted = Counter(change.kind for change in changes if change.action == "add")
    assert counted["profile"] == 1
    assert counted["district"] == 11
    assert counted["agency"] == 11 + 4
    assert counted["target"] == 11
    assert counted["activity"] == 32 + 37
    assert counted["obligation"] == 6
    assert counted["minimum"] == 2


def test_planning_writes_nothing(
    session: TenantSession, declared: Declarations, references: References, switches: Switches
) -> None:
    changes = plan_changes(
        session,
        declared.tenants["an_giang"],
        areas=references.areas,
        programmes=switches.programmes(),
        today=TODAY,
    )
    assert changes
    assert not session.new
    assert session.scalar(select(func.count()).select_from(TenantProfile)) == 0


@pytest.mark.parametrize("slug", ["an_giang", "lao_cai", "ministry"])
def test_a_second_apply_changes_nothing(
    session: TenantSession,
    declared: Declarations,
    references: References,
    switches: Switches,
    slug: str,
) -> None:
    _apply(session, declared.tenants[slug], references, switches)
    session.expunge_all()
    again = _apply(session, declared.tenants[slug], references, switches)
    assert [str(change) for change in again if change.alters] == []


def test_what_is_not_stated_stays_unknown_in_the_tables(
    session: TenantSession, declared: Declarations, references: References, switches: Switches
) -> None:
    _apply(session, declared.tenants["an_giang"], references, switches)
    profile = repository.profile_on(session, date(2018, 5, 20))
    assert profile is not None
    activities = {row.code: row for row in repository.activities(session, profile.id)}
    assert (activities["AG-A13"].quantity, activities["AG-A13"].unknown) == (None, ["quantity"])
    assert (activities["AG-B01"].quantity, activities["AG-B01"].unknown) == (None, [])
    settings = repository.settings(session, profile.id)
    assert not settings["reporting.urgent_incidents.hours"].stated
    assert not settings["programmes.ngo_enhance.communes"].stated
    assert settings["network.hotline.current"].value == "111"
    assert settings["programmes.drowning_prevention.injury_causes"].value == ["drowning", "all"]
    (quarterly,) = [r for r in repository.obligations(session, profile.id) if r.code == "AG-R1"]
    assert (quarterly.due_month, quarterly.due_day, quarterly.due_rule) == (3, 20, "on")
    assert (quarterly.q3_due_month, quarterly.unknown) == (None, ["q3_due"])


def test_a_province_without_targets_works(
    session: TenantSession, declared: Declarations, references: References, switches: Switches
) -> None:
    _apply(session, declared.tenants["lao_cai"], references, switches)
    profile = repository.profile_on(session, date(2018, 6, 14))
    assert profile is not None
    assert repository.targets(session, profile.id) == []
    (lead,) = repository.agencies(session, profile.id, role="province_lead_agency")
    assert lead.name_vi == "Sở Lao động - Thương binh và Xã hội"
    assert switches.on == {"drowning_prevention", "child_labour", "sexual_abuse"}


def test_districts_point_at_the_areas_of_their_time(
    session: TenantSession, declared: Declarations, references: References, switches: Switches
) -> None:
    from core.areas.repository import find_area

    _apply(session, declared.tenants["an_giang"], references, switches)
    unit = session.scalars(select(ProfileUnit).where(ProfileUnit.code == "tinh_bien")).one()
    area = find_area(session, unit.area_id)
    assert area is not None
    assert (area.name, area.valid_to) == ("Thị xã Tịnh Biên", date(2025, 6, 30))


def test_programmes_are_switched_from_the_first_day_of_the_profile(
    session: TenantSession, declared: Declarations, references: References, switches: Switches
) -> None:
    changes = _apply(session, declared.tenants["an_giang"], references, switches)
    assert {key for key, on, _ in switches.calls if on} == INSTALLED
    assert {since for *_, since in switches.calls} == {date(2018, 1, 1)}
    waiting = [change.code for change in changes if change.action == "wait"]
    assert waiting == ["ngo_enhance"]


def test_a_programme_that_the_file_switches_off_is_switched_off(
    session: TenantSession, folder: Path, references: References, switches: Switches
) -> None:
    switches.on = {"orphan_care"}
    changes = _apply(session, _edited(folder, references, "lao_cai"), references, switches)
    assert next((c.action, c.code) for c in changes if c.kind == "programme") == (
        "off",
        "orphan_care",
    )
    assert "orphan_care" not in switches.on


def test_a_change_is_told_with_before_and_after(
    session: TenantSession,
    declared: Declarations,
    folder: Path,
    references: References,
    switches: Switches,
) -> None:
    _apply(session, declared.tenants["an_giang"], references, switches)
    edited = _edited(
        folder,
        references,
        "an_giang",
        ('operator = ">=", value = 85', 'operator = ">=", value = 87.5'),
    )
    (change,) = [c for c in _apply(session, edited, references, switches) if c.alters]
    assert (change.action, change.kind, change.code) == ("change", "target", "AG-T4")
    assert change.text.vi == "sửa chỉ tiêu AG-T4: value 85 → 87.5"
    target = session.scalars(select(Target).where(Target.code == "AG-T4")).one()
    assert target.value == Decimal("87.5")


def test_a_target_that_left_the_file_is_ended_and_said_and_may_come_back(
    session: TenantSession,
    declared: Declarations,
    folder: Path,
    references: References,
    switches: Switches,
) -> None:
    whole = declared.tenants["an_giang"]
    _apply(session, whole, references, switches)
    text = (folder / "an_giang" / "tenant.toml").read_text("utf-8")
    line = next(line for line in text.splitlines() if '"AG-T9"' in line)
    without = _edited(folder, references, "an_giang", (line + "\n", ""))
    (ended,) = [c for c in _apply(session, without, references, switches) if c.alters]
    assert ended.text.en == "end target AG-T9: COR-15 >= 5000000000 vnd (2018)"
    profile = repository.profile_on(session, date(2018, 1, 1))
    assert profile is not None
    assert len(repository.targets(session, profile.id)) == 10
    row = session.scalars(select(Target).where(Target.code == "AG-T9")).one()
    assert row.ended_on == TODAY
    (back,) = [c for c in _apply(session, whole, references, switches) if c.alters]
    assert (back.action, row.ended_on) == ("restore", None)


def test_a_new_profile_ends_the_one_before_and_keeps_its_rows(
    session: TenantSession,
    declared: Declarations,
    folder: Path,
    references: References,
    switches: Switches,
) -> None:
    _apply(session, declared.tenants["lao_cai"], references, switches)
    newer = _edited(
        folder,
        references,
        "lao_cai",
        ('code = "lao_cai_2017"', 'code = "lao_cai_2021"'),
        ("from = 2017-01-01", "from = 2021-01-01"),
    )
    changes = _apply(session, newer, references, switches)
    assert [(c.action, c.code) for c in changes if c.kind == "profile"] == [
        ("end", "lao_cai_2017"),
        ("add", "lao_cai_2021"),
    ]
    before = repository.profile_on(session, date(2020, 12, 31))
    after = repository.profile_on(session, date(2021, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.code, after.code) == ("lao_cai_2017", "lao_cai_2021")
    assert before.valid_to == date(2020, 12, 31)
    assert len(repository.agencies(session, before.id)) == len(
        repository.agencies(session, after.id)
    )


def test_two_tenants_do_not_see_each_other_s_plans(
    door: TenantDoor, declared: Declarations, references: References
) -> None:
    with door.open(PROVINCE) as mine, door.open(OTHER) as other:
        _apply(mine, declared.tenants["an_giang"], references, Switches())
        _apply(other, declared.tenants["lao_cai"], references, Switches())
        assert mine.scalar(select(func.count()).select_from(Target)) == 11
        assert other.scalar(select(func.count()).select_from(Target)) == 0
        assert mine.scalar(select(func.count()).select_from(Agency)) == 15
        assert other.scalar(select(func.count()).select_from(PlannedActivity)) == 8


def test_the_register_of_documents_is_loaded_once(
    database: TestDatabase, declared: Declarations
) -> None:
    with database.owner.begin() as connection:
        assert load_legal_documents(connection, declared.legal_documents) == 0
