"""A province with children and two programmes of the tests' own, ready to be reported on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from core.identity.principal import Principal
from core.indicators.stale import marker
from core.kit.language import Text
from core.kit.periods import Period
from core.plugin_api.documents import Figure, Heading, Paragraph, Table
from core.plugin_api.values import ReportSection, SectionContext
from core.register.counting.measures import CHILDREN
from core.register.models import Child
from core.registry.catalogue import Catalogue, Contribution
from core.reports.document import Letterhead
from core.reports.sections import CORE_SECTIONS
from core.reports.source import ReportSource
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.testing.database import vault_of_tests
from tests.core.indicators import sample

if TYPE_CHECKING:
    from collections.abc import Iterator


HALF = Period.parse("2018-H1")
NOW = datetime(2018, 7, 3, 2, tzinfo=UTC)
START = datetime(2017, 12, 31, 17, tzinfo=UTC)


def write_sample(context: SectionContext) -> list[Any]:
    """A section that uses every way of asking."""
    seen = context.indicator("SAM-01")
    before = context.indicator("SAM-01", last_year=True)
    plan = context.planned("AG-A11")
    by_kind = context.by("sample.seen", "detail")
    return [
        Heading(Text(vi="Kết quả", en="Results")),
        Paragraph(
            Text(
                vi=f"Trong kỳ ghi nhận {seen.count} lượt; kế hoạch {plan}.",
                en=f"{seen.count} sightings in the period; planned {plan}.",
            ),
            (seen, before),
        ),
        Table(
            caption=Text(vi="Theo loại", en="By kind"),
            columns=(Text(vi="Loại", en="Kind"), Text(vi="Số lượt", en="Sightings")),
            rows=(
                *((key, figure) for key, figure in by_kind.items()),
                ("boys", context.measure("sample.seen", sex="male")),
                ("share", context.indicator("SAM-02")),
                ("nothing", context.indicator("SAM-03")),
            ),
        ),
    ]


def write_quiet(context: SectionContext) -> list[Any]:
    """A section on a restricted figure."""
    figure: Figure = context.indicator("QUI-01")
    return [Paragraph(Text(vi=f"Có {figure.count} vụ.", en=f"{figure.count} cases."), (figure,))]


def _section(code: str, write: Any, order: int) -> ReportSection:
    title = Text(vi=f"Mục {code} <thử>", en=f"Part {code}")
    return ReportSection(code=code, title=title, write=write, order=order)


def _catalogue() -> Catalogue:
    core = Contribution(owner="core", measures=(CHILDREN,), report_sections=CORE_SECTIONS)
    small, quiet = sample.CATALOGUE.contributions
    parted = replace(quiet.indicators[0], breakdowns=("sex",))
    yearly = replace(quiet.indicators[1], frequency=("Y",))
    return Catalogue(
        (
            core,
            replace(small, report_sections=(_section("sample.section", write_sample, 20),)),
            replace(
                quiet,
                indicators=(parted, yearly),
                report_sections=(_section("quiet.section", write_quiet, 10),),
            ),
        )
    )


CATALOGUE = _catalogue()
LETTERHEAD = Letterhead(
    parent_agency=Text(vi="Ủy ban nhân dân tỉnh Một", en="People's Committee of Một Province"),
    agency=Text(vi="Sở Lao động <thử>", en="Department of Labour"),
    place="Tỉnh Một",
    number_symbol="BC-SLĐ",
    addressees=(Text(vi="Bộ Thử nghiệm", en="Ministry of Tests"),),
    recipients=(Text(vi="Như trên", en="As above"), Text(vi="Lưu: VT", en="Archive")),
    signer=(Text(vi="KT. Giám đốc", en="For the Director"), Text(vi="Phó Giám đốc", en="Deputy")),
)
SOURCE = ReportSource(
    catalogue=CATALOGUE,
    letterhead=LETTERHEAD,
    planned={"AG-A11": 7}.get,
    notice=Text(vi="Số liệu sinh ra để thử", en="Generated for tests"),
)
LEADER = Principal(
    account_id=uuid4(),
    tenant_id=1,
    tenant_slug="tinh_mot",
    display_name="Lãnh đạo",
    roles=("province_leader",),
    permissions=frozenset({"core.report.build", "core.report.release"}),
    reach=Reach.whole_tenant(),
)


@dataclass(frozen=True)
class Reporting:
    """A world with what a report needs."""

    world: Any
    source: ReportSource = SOURCE
    leader: Principal = LEADER
    period: Period = HALF
    now: datetime = NOW

    @property
    def door(self) -> TenantDoor:
        """The way to sessions."""
        door: TenantDoor = self.world.door
        return door

    def leader_of(self, tenant: int) -> Principal:
        """The same person's like in another province."""
        return replace(self.leader, tenant_id=tenant)

    def child(self, sex: str, since: date, tenant: int = 1) -> None:
        """Register one child."""
        child = Child(
            commune_id=self.world.communes[0],
            full_name="Trẻ Thử",
            name_sort="thu",
            sex=sex,
            date_of_birth=date(2012, 1, 1),
            dob_precision="day",
            ethnicity="kinh",
            birth_registration="registered",
            relation_to_head="child",
            residence_status="permanent",
            schooling="preschool",
            source="survey",
            registered_on=since,
            generated=True,
        )
        self.world.add(child, tenant=tenant)

    def fill(self, tenant: int = 1, *, quiet: bool = True, seen: int = 3) -> None:
        """Two programmes (or one), sightings, a stock of four, and quiet cases."""
        world, here = self.world, self.world.communes[0]
        world.switch_on("sample", START, tenant)
        if quiet:
            world.switch_on("quiet", START, tenant)
        noon = datetime(2018, 2, 3, 5, tzinfo=UTC)
        rows = [
            world.sighting(
                seen_on=date(2018, 3, 1 + number),
                commune_id=here,
                status="kept",
                amount=1,
                sex="male" if number else "female",
                kind="river",
            )
            for number in range(seen)
        ]
        rows += [world.stay(came_on=date(2018, 1, 2), commune_id=here) for _ in range(4)]
        rows += [
            world.secret(detected_at=noon, commune_id=here, sex="female" if n else "male")
            for n in range(12)
        ]
        world.add(*rows, tenant=tenant)
        world.count(tenant)


@pytest.fixture
def reporting(database: Any, sample_tables: None) -> Iterator[Reporting]:
    """An empty province that counts children and the sample programme."""
    measures = tuple(CATALOGUE.measures.values())
    door = TenantDoor(database.runtime, [marker(measures)], vault_of_tests())
    with database.owner.connect() as connection:
        communes = tuple(
            connection.scalars(
                text("SELECT id FROM core.area WHERE level = 'commune' ORDER BY id LIMIT 4")
            )
        )
    world = sample.World(database, door, communes, measures=measures, catalogue=CATALOGUE)
    yield Reporting(world)
    with database.admin.begin() as connection:
        for table in (
            "released_figure, core.officer_text, core.report_figure, core.report_step",
            "report CASCADE",
            "report_confirmation, core.report_exception, core.report_request, core.report_reminder",
            "unit_punctuality",
            "tenant_profile CASCADE",
            "report_standing, core.published_count",
            "figure_cell, core.figure_stale, core.programme_enablement, core.audit_entry",
            "child CASCADE",
        ):
            connection.execute(text(f"TRUNCATE core.{table}"))
        connection.execute(text("TRUNCATE sample.sighting, sample.stay, sample.secret"))
