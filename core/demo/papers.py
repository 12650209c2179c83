"""The demonstration's documents: two provinces' reports and the ministry's sum, from records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.aggregate.national import as_table, due_codes, national
from core.aggregate.page import national_document
from core.aggregate.scope import ministry_scope
from core.demo.service import NOON, recount_everything
from core.identity.principal import Principal
from core.kit.language import Text
from core.kit.periods import Period
from core.reports.build import build_report
from core.reports.formats import FORMATS, render
from core.reports.models import PERIODIC
from core.reports.service import open_report
from core.reports.source import GENERATED, source_for
from core.reports.year.calendar import duty_for
from core.reports.year.confirmations import confirm_all
from core.reports.year.punctuality import settle_duties
from core.reports.year.states import BUILD, CONFIRM, RELEASE
from core.reports.year.steps import release
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.areas.repository import AreaView
    from core.platform import Platform
    from core.reports.document import ReportDocument
    from core.reports.year.calendar import Duty
    from core.tenancy.models import Tenant
    from core.tenancy.session import TenantSession

PERIODS = ("2018-H1", "2018")
_LATE_ONE_OF = 12
_DAYS_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Papers:
    """What was written, and the national figures as plain values."""

    files: tuple[Path, ...]
    national: dict[str, Any]


def write_papers(platform: Platform, folder: Path) -> Papers:
    """Build and release each province's reports, then add them up; files of the same names."""
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    provinces = [tenant for tenant in platform.tenants() if tenant.kind == "province"]
    for tenant in provinces:
        _stand_by_figures(platform, tenant)
        recount_everything(platform, tenant.id)
        for code in PERIODS:
            document = released_report(platform, tenant, Period.parse(code))
            files += _written(document, folder / f"{tenant.slug}-{code}")
    sums = {}
    for code in PERIODS:
        period = Period.parse(code)
        codes = due_codes(platform.registry.catalogue, period)
        with ministry_scope(platform.ministry_engine, "demonstration: the national sum") as session:
            table = national(session, period, codes)
        catalogue = platform.registry.catalogue
        document = national_document(
            as_table(table, catalogue), period, ministry=ministry_name(platform), notice=GENERATED
        )
        files += _written(document, folder / f"ministry-{code}")
        sums[code] = {
            row.code: {
                "state": row.figure.state.value,
                "value": None if row.figure.value is None else str(row.figure.value),
                "contributing": row.contributing,
                "provinces": {
                    p.slug: None if p.figure.value is None else str(p.figure.value)
                    for p in row.provinces
                },
            }
            for row in table.rows
        }
    return Papers(tuple(files), sums)


def _written(document: ReportDocument, path: Path) -> list[Path]:
    """One document in every format; what is half written never bears the file's name."""
    files = []
    for form in FORMATS:
        paper = render(document, form)
        target = path.with_name(f"{path.name}.{paper.extension}")
        partial = target.with_suffix(".part")
        partial.write_bytes(paper.content)
        files.append(partial.replace(target))
    return files


def _stand_by_figures(platform: Platform, tenant: Tenant) -> None:
    """Every unit confirms each report once, most of them in time, and how it stood is settled."""
    now = platform.clock.now()
    with platform.door.tenant_session(tenant.id) as session:
        duties = [_confirm(session, tenant, Period.parse(code), now) for code in PERIODS]
        settle_duties(session, [duty for duty in duties if duty is not None], now)


def _confirm(session: TenantSession, tenant: Tenant, period: Period, now: datetime) -> Duty | None:
    """Each unit stands by its figures, unless they are frozen; the duty that asks for them."""
    report, duty = open_report(session, period), duty_for(session, PERIODIC, period)
    if not report.is_frozen:
        confirm_all(session, report, principal=the_program(tenant), when=_moment(duty, now))
    return duty


def _moment(duty: Duty | None, now: datetime) -> Callable[[AreaView], datetime]:
    """When a unit of the demonstration confirms: up to eight days ahead, each twelfth too late."""

    def when(unit: AreaView) -> datetime:
        if duty is None or duty.due is None:
            return now
        late = unit.id % _LATE_ONE_OF == 0
        day = duty.due.last + timedelta(days=2 if late else -(unit.id % _DAYS_AHEAD))
        return min(now, datetime.combine(day, NOON))

    return when


def released_report(platform: Platform, tenant: Tenant, period: Period) -> ReportDocument:
    """The released report of a province; taken through every step now if it was not."""
    now = platform.clock.now()
    with platform.door.tenant_session(tenant.id) as session:
        source = source_for(
            session,
            tenant,
            platform.registry.catalogue,
            period,
            generated=platform.settings.generated_data,
        )
        _confirm(session, tenant, period, now)
        report = open_report(session, period)
        if not report.is_frozen:
            release(session, report, source, principal=the_program(tenant), now=now)
        return build_report(session, report, source)


def the_program(tenant: Tenant) -> Principal:
    """The program itself, when a command or the demonstration works on reports."""
    return Principal(
        account_id=None,
        tenant_id=tenant.id,
        tenant_slug=tenant.slug,
        display_name="program",
        roles=(),
        permissions=frozenset({BUILD, RELEASE, CONFIRM}),
        reach=Reach.whole_tenant(),
    )


def ministry_name(platform: Platform) -> Text:
    """The ministry as its own file names it."""
    tenants = [tenant for tenant in platform.tenants() if tenant.kind == "aggregator"]
    if not tenants:
        return Text("Cơ quan trung ương", "The ministry")
    return Text(tenants[0].name_vi, tenants[0].name_en)


def indicators_with_formula(platform: Platform) -> tuple[str, ...]:
    """The codes of the indicators that the program can compute, in order."""
    indicators = platform.registry.catalogue.indicators.values()
    return tuple(i.code for i in indicators if i.formula is not None)
