"""What a report takes from the province's declaration: agencies, targets, planned quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

from core.areas.models import COMMUNE, DISTRICT
from core.areas.repository import communes_of, districts_of, find_area
from core.indicators.protection import Protection
from core.kit.language import Text
from core.planning.service import activities_of
from core.profiles import repository as profiles
from core.reports.document import ActivityLine, Letterhead, TargetLine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from uuid import UUID

    from core.areas.repository import AreaView
    from core.kit.periods import Period
    from core.profiles.models import Agency, ReportingObligation
    from core.registry.catalogue import Catalogue
    from core.tenancy.models import AnyTenant
    from core.tenancy.session import TenantSession

LEAD = "province_lead_agency"
GENERATED = Text(
    vi="Dữ liệu minh họa do máy tạo; không phải số liệu thật của địa phương.",
    en="Generated data for demonstration; not real figures of the province.",
)
_UNITS = {
    "percent": Text("%", "%"),
    "commune": Text("xã", "communes"),
    "points": Text("điểm", "points"),
    "vnd": Text("đồng", "VND"),
    "collaborators_per_commune": Text("người/xã", "per commune"),
    "point": Text("điểm", "points"),
    "model": Text("mô hình", "models"),
    "club": Text("câu lạc bộ", "clubs"),
    "facility": Text("cơ sở", "facilities"),
    "swim_cage": Text("lồng bơi", "swim cages"),
    "district": Text("huyện", "districts"),
    "forum": Text("diễn đàn", "forums"),
    "contest": Text("hội thi", "contests"),
    "talk": Text("buổi", "talks"),
    "child": Text("trẻ em", "children"),
    "person": Text("người", "people"),
    "panel": Text("biển", "panels"),
    "case": Text("ca", "cases"),
    "event": Text("cuộc", "events"),
    "criterion": Text("tiêu chí", "criteria"),
    "class": Text("lớp", "classes"),
}
_FREQUENCY = {"year": "year", "half_year": "half_year", "quarter": "quarter"}


def nothing_planned(_activity: str) -> int | None:
    """For a tenant without a plan."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSource:
    """What a report is made of besides its figures; the same for a draft and for its release.

    ``catalogue`` holds every installed plugin. ``targets`` are those of the period's year; with
    none the report has no table of targets. ``notice`` stands above a report on generated records.
    """

    catalogue: Catalogue
    letterhead: Letterhead
    targets: tuple[TargetLine, ...] = ()
    activities: tuple[ActivityLine, ...] = ()
    planned: Callable[[str], int | None] = nothing_planned
    has_districts: bool = False
    notice: Text | None = None
    protection: Protection = field(default_factory=Protection)


def source_for(
    session: TenantSession,
    tenant: AnyTenant,
    catalogue: Catalogue,
    period: Period,
    *,
    generated: bool = False,
) -> ReportSource:
    """The source of a report of one period, by the profile in force at the period's end.

    A province without a profile for the period gets a report without targets and with the
    tenant's name alone at its head; nothing is invented.
    """
    notice = GENERATED if generated else None
    profile = profiles.profile_on(session, period.window.end)
    if profile is None:
        name = Text(tenant.name_vi, tenant.name_en)
        return ReportSource(
            catalogue=catalogue,
            letterhead=_letterhead(name, _bare(tenant.name_vi), None, (), {}),
            notice=notice,
        )
    province = find_area(session, profile.area_id) if profile.area_id else None
    agencies = profiles.agencies(session, profile.id)
    names = {a.role: Text(a.name_vi, a.name_en) for a in agencies}
    names |= {a.code: Text(a.name_vi, a.name_en) for a in agencies}
    quantities = {a.code: a.quantity for a in profiles.activities(session, profile.id)}
    added = _added(session, period.year, known=quantities)
    quantities |= {line.code: line.quantity for line in added}
    return ReportSource(
        catalogue=catalogue,
        letterhead=_letterhead(
            Text(tenant.name_vi, tenant.name_en),
            _bare(province.name if province else tenant.name_vi),
            _lead(agencies),
            _receivers(profiles.obligations(session, profile.id), period),
            names,
        ),
        targets=_targets(session, profile.id, period, _size(session, province, period)),
        activities=(*_activities(session, profile.id, period), *added),
        planned=quantities.get,
        has_districts=_has_districts(session, province, period),
        notice=notice,
    )


def _letterhead(
    tenant: Text,
    place: str,
    lead: Agency | None,
    receivers: tuple[str, ...],
    names: Mapping[str, Text],
) -> Letterhead:
    committee = Text(vi=f"Ủy ban nhân dân {_lowered(tenant.vi)}", en=f"{tenant.en} PPC")
    agency = Text(lead.name_vi, lead.name_en) if lead else committee
    known = {"peoples_committee": committee} | dict(names)
    addressees = tuple(known[role] for role in receivers if role in known and role != LEAD)
    return Letterhead(
        parent_agency=committee if lead else None,
        agency=agency,
        place=place,
        number_symbol=f"BC-{initials(agency.vi)}",
        addressees=addressees or (committee,),
        recipients=(Text("Như trên", "As above"), Text("Lưu: VT", "File")),
        signer=(Text("Giám đốc", "Director"),),
    )


def initials(agency: str) -> str:
    """The symbol of an agency: the first letters of its words, joining words left out.

    ``Sở Lao động - Thương binh và Xã hội`` gives ``SLĐTBXH``, as in document 400/TTr-SLĐTBXH; a
    first letter loses its marks, so that ``Ủy ban nhân dân`` gives ``UBND``.
    """
    words = [word for word in agency.replace("-", " ").split() if word.lower() != "và"]
    return "".join(normalize("NFD", word)[0].upper() for word in words)


def _lead(agencies: Sequence[Agency]) -> Agency | None:
    return next((agency for agency in agencies if agency.role == LEAD), None)


def _receivers(obligations: Sequence[ReportingObligation], period: Period) -> tuple[str, ...]:
    """Where the lead agency's report of this kind of period goes, in the order of the document."""
    frequency = _FREQUENCY.get(period.kind)
    for obligation in obligations:
        if obligation.frequency == frequency and obligation.due_month is not None:
            roles = (*obligation.to_roles, *obligation.onward)
            return tuple(dict.fromkeys(roles))
    return ()


def _size(session: TenantSession, province: AreaView | None, period: Period) -> Mapping[str, int]:
    """How many units of each level the province has at the end of the period."""
    if province is None:
        return {}
    day = period.window.end
    return {
        DISTRICT: len(districts_of(session, province.id, day)),
        COMMUNE: len(communes_of(session, province.id, day)),
    }


def _activities(
    session: TenantSession, profile_id: UUID, period: Period
) -> tuple[ActivityLine, ...]:
    """What the plan of the period's year gives a quantity for, in the order of the document."""
    rows = profiles.activities(session, profile_id)
    planned = [row for row in rows if row.quantity is not None and row.year == period.year]
    return tuple(
        ActivityLine(
            code=row.code,
            title=Text(row.title_vi, row.title_vi),
            unit=_UNITS.get(row.unit or "", Text(row.unit or "–", row.unit or "–")),
            quantity=row.quantity or 0,
            operator=row.operator or "=",
        )
        for row in sorted(planned, key=lambda row: _in_order(row.code))
    )


def _added(
    session: TenantSession, year: int, *, known: Collection[str]
) -> tuple[ActivityLine, ...]:
    """What was added to the plan of the year since the declaration, if it has a quantity."""
    return tuple(
        ActivityLine(
            code=row.code,
            title=Text(row.title, row.title),
            unit=_UNITS.get(row.unit or "", Text(row.unit or "–", row.unit or "–")),
            quantity=row.planned_quantity,
        )
        for row in activities_of(session, year)
        if row.planned_quantity is not None and row.code not in known
    )


def _targets(
    session: TenantSession, profile_id: UUID, period: Period, size: Mapping[str, int]
) -> tuple[TargetLine, ...]:
    rows = sorted(
        profiles.targets(session, profile_id, period.year),
        key=lambda row: _in_order(row.code),
    )
    return tuple(
        TargetLine(
            indicator=row.indicator,
            operator=row.operator,
            value=row.value,
            unit=_UNITS.get(row.unit, Text(row.unit, row.unit)),
            per=None if row.per is None else _UNITS.get(row.per, Text(row.per, row.per)),
            units=None if row.per is None else size.get(row.per),
        )
        for row in rows
    )


def _in_order(code: str) -> tuple[tuple[int, str], ...]:
    """AG-T2 before AG-T10, as the document numbers them."""
    parts = re.split(r"(\d+)", code)
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _has_districts(session: TenantSession, province: AreaView | None, period: Period) -> bool:
    return province is not None and bool(districts_of(session, province.id, period.window.end))


def _bare(name: str) -> str:
    """The place a document is dated at: the province's name without its kind."""
    for kind in ("Tỉnh ", "Thành phố "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
