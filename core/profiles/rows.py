"""The rows that a declaration means, ready to be compared with the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.profiles.declaration import AggregatorFile, Due, ProvinceFile, Row
from core.profiles.models import (
    Agency,
    BudgetMinimum,
    PlannedActivity,
    ProfileItem,
    ProfileSetting,
    ProfileUnit,
    ReportingObligation,
    RoleNarrowing,
    Target,
)
from core.profiles.setting_values import typed_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from core.profiles.declaration import (
        CentralOrganisation,
        ObligationRow,
        OrganisationSection,
        PlanSection,
        ProgrammeRow,
        TargetRow,
        TenantFile,
    )

LEAD_MINISTRY = "lead_ministry"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row as the declaration wants it; ``values`` name every column but the keys."""

    model: type[ProfileItem]
    code: str
    values: dict[str, Any]


def wanted_rows(file: TenantFile, district_ids: Mapping[str, int]) -> Iterator[Wanted]:
    """Every row of a declaration; ``district_ids`` gives the area of each district code."""
    if isinstance(file, ProvinceFile):
        yield from _province(file, district_ids)
    else:
        yield from _aggregator(file)


def _province(file: ProvinceFile, district_ids: Mapping[str, int]) -> Iterator[Wanted]:
    for unit in file.structure.district_units or ():
        values = {"name_vi": unit.name_vi, "kind": unit.kind, "area_id": district_ids[unit.code]}
        yield _item(ProfileUnit, unit, unit.code, values, source=file.structure.source)
    yield from _organisation(file.organisation)
    yield from map(_target, file.plan.targets)
    yield from _activities(file.plan)
    yield from map(_obligation, file.reporting.obligations)
    for row in file.budget.minimum:
        values = {n: getattr(row, n) for n in ("level", "amount_vnd", "per", "units", "total_vnd")}
        yield _item(BudgetMinimum, row, row.level, values, source=row.source)
    for role, taken in file.roles.items():
        values = {"without": list(taken.without), "classes": dict(taken.classes)}
        yield _item(RoleNarrowing, taken, role, values, source=taken.source)
    yield from _province_settings(file)


def _aggregator(file: AggregatorFile) -> Iterator[Wanted]:
    yield from _lead_agencies(file.organisation)
    yield from map(_target, file.plan.targets)
    for duty in file.reporting.obligations:
        values = _no_obligation() | {
            "kind": duty.kind,
            "name_vi": duty.what_vi,
            "frequency": duty.frequency,
            "form": duty.form,
        }
        yield _item(ReportingObligation, duty, duty.code, values, source=duty.source)
    for index, unit in enumerate(file.organisation.central_units, start=1):
        named = [unit.name_vi, unit.name_en, *unit.seen_in]
        yield _setting(f"organisation.central_units.{index}", named)
    for expectation in file.plan.programme_expectations:
        key = f"plan.expectations.{expectation.year}"
        yield _setting(f"{key}.programmes", expectation.programmes, expectation.source)
        for programme, settings in expectation.settings.items():
            for name, value in settings.items():
                yield _setting(f"{key}.{programme}.{name}", value, expectation.source)
    yield from _settings("aggregation", file.aggregation, file.aggregation.source)


def _item(
    model: type[ProfileItem], row: Row, code: str, values: dict[str, Any], *, source: str | None
) -> Wanted:
    common = {"source": source, "note": None, "unknown": sorted(row.unknown), "ended_on": None}
    return Wanted(model, code, common | values)


def _organisation(section: OrganisationSection) -> Iterator[Wanted]:
    always: dict[str, Any] = {"valid_from": None, "valid_to": None}
    for agency in section.agencies:
        values = always | {
            "listed_as": "agency",
            "role": agency.role,
            "name_vi": agency.name_vi,
            "name_en": agency.name_en,
            "duties": list(agency.duties),
        }
        yield _item(Agency, agency, agency.code, values, source=agency.source)
    for body in section.bodies:
        values = always | {
            "listed_as": "body",
            "role": body.code,
            "name_vi": body.name_vi,
            "name_en": body.name_en,
            "duties": [],
        }
        yield _item(Agency, body, body.code, values, source=body.source)


def _lead_agencies(section: CentralOrganisation) -> Iterator[Wanted]:
    for agency in section.lead_agency_history:
        values: dict[str, Any] = {
            "listed_as": "agency",
            "role": LEAD_MINISTRY,
            "name_vi": agency.name_vi,
            "name_en": agency.name_en,
            "duties": [],
            "valid_from": agency.valid_from,
            "valid_to": agency.valid_to,
        }
        yield _item(Agency, agency, agency.agency, values, source=agency.source)


def _target(row: TargetRow) -> Wanted:
    names = (
        "indicator",
        "scope",
        "year",
        "operator",
        "value",
        "unit",
        "per",
        "baseline_year",
        "applies_to",
        "criteria_version",
        "note",
    )
    values = {name: getattr(row, name) for name in names}
    made_up = row.breakdown
    values["breakdown"] = made_up and {
        "keep": made_up.keep,
        "new": made_up.new,
        "keep_locations": list(made_up.keep_locations),
    }
    return _item(Target, row, row.code, values, source=row.source)


def _activities(plan: PlanSection) -> Iterator[Wanted]:
    for row in plan.activities:
        values = {
            "kind": "quantified",
            "year": plan.year,
            "title_vi": row.vi,
            "programme": row.programme,
            "quantity": row.quantity,
            "operator": row.operator,
            "unit": row.unit,
            "participants": row.participants,
            "sites": row.sites,
            "units": list(row.units),
            "split": [{"unit": p.unit, "quantity": p.quantity} for p in row.split] or None,
            "note": row.note,
        }
        yield _item(PlannedActivity, row, row.code, values, source=row.source)
    plain = dict.fromkeys(("quantity", "operator", "unit", "participants", "sites", "split"))
    for kind, rows in (("unquantified", plan.unquantified), ("general_duty", plan.general_duties)):
        for text in rows:
            values = plain | {
                "kind": kind,
                "year": plan.year,
                "title_vi": text.vi,
                "programme": text.programme,
                "units": [],
            }
            yield _item(PlannedActivity, text, text.code, values, source=text.source)


def _no_obligation() -> dict[str, Any]:
    """An obligation of which nothing is known but that it is there."""
    empty = (
        "name_en frequency due_month due_day due_rule q3_due_month q3_due_day q3_due_rule "
        "event event_days via form"
    )
    lists: dict[str, Any] = {
        name: [] for name in ("from_roles", "to_roles", "onward", "with_roles")
    }
    return lists | dict.fromkeys(empty.split())


def _obligation(row: ObligationRow) -> Wanted:
    values = _no_obligation() | {
        "kind": "report",
        "name_vi": row.name_vi,
        "name_en": row.name_en,
        "frequency": row.frequency,
        "from_roles": list(row.from_roles),
        "to_roles": list(row.to_roles),
        "via": row.via,
        "onward": list(row.onward),
        "with_roles": list(row.with_roles),
    }
    for prefix, due in (("due", row.due), ("q3_due", row.q3_due)):
        if due is not None:
            values[f"{prefix}_month"] = due.month
            values[f"{prefix}_day"] = due.day
            values[f"{prefix}_rule"] = due.rule
    if row.after is not None:
        values |= {"event": row.after.event, "event_days": row.after.days}
    return _item(ReportingObligation, row, row.code, values, source=row.source)


def _province_settings(file: ProvinceFile) -> Iterator[Wanted]:
    structure, plan, reporting = file.structure, file.plan, file.reporting
    yield from _settings("structure", structure, structure.source, leave=("district_units",))
    yield from _settings("population", file.population)
    for key, programme in file.programmes.items():
        yield from _programme_settings(key, programme)
    yield _setting("plan.later_programmes", plan.later_programmes)
    yield _setting("plan.occasions", plan.occasions)
    for required in plan.required_indicators:
        key = f"plan.required_indicators.{required.indicator}"
        yield _setting(key, required.note, required.source)
    urgent = reporting.urgent_incidents
    yield from _settings("reporting.urgent_incidents", urgent, urgent.source)
    yield from _settings("reporting.cut_off", reporting.cut_off)
    for name, statements in (("provincial", file.budget.provincial), ("rules", file.budget.rules)):
        for index, statement in enumerate(statements, start=1):
            yield _setting(f"budget.{name}.{index}", statement.vi, statement.source)
    if file.budget.mobilised is not None:
        mobilised = file.budget.mobilised
        yield from _settings("budget.mobilised", mobilised, mobilised.source)
    yield from _settings("network", file.network, file.network.source)
    if file.inspection is not None:
        yield from _settings("inspection", file.inspection, file.inspection.source)
    if file.cases is not None:
        yield from _settings("cases", file.cases, file.cases.source)
    if file.alerts is not None:
        yield from _settings("alerts", file.alerts, file.alerts.source)


def _programme_settings(key: str, row: ProgrammeRow) -> Iterator[Wanted]:
    prefix = f"programmes.{key}"
    yield _setting(f"{prefix}.declared_on", row.enabled, row.source)
    if row.reason is not None:
        yield _setting(f"{prefix}.reason", row.reason, row.source)
    for name, value in row.settings.items():
        yield _setting(f"{prefix}.{name}", value, row.source)
    for name in sorted(row.unknown_settings):
        yield _unknown_setting(f"{prefix}.{name}", row.source)


def _settings(
    prefix: str, row: Row, source: str | None = None, *, leave: Iterable[str] = ()
) -> Iterator[Wanted]:
    """One setting for each field of a section; what is not stated is kept as unknown."""
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if name in {"unknown", "source", *leave}:
            continue
        if value is None and name in row.unknown:
            yield _unknown_setting(f"{prefix}.{name}", source)
        elif isinstance(value, Row) and not isinstance(value, Due):
            yield from _settings(f"{prefix}.{name}", value, source)
        elif isinstance(value, dict):
            for key, item in value.items():
                yield _setting(f"{prefix}.{name}.{key}", item, source)
        elif value is not None:
            yield _setting(f"{prefix}.{name}", value, source)


def _setting(key: str, value: Any, source: str | None = None) -> Wanted:
    kind, text = typed_text(value)
    values = {"value_type": kind, "value": text, "source": source}
    return Wanted(ProfileSetting, key, {"note": None, "unknown": [], "ended_on": None} | values)


def _unknown_setting(key: str, source: str | None) -> Wanted:
    values = {"value_type": None, "value": None, "source": source}
    return Wanted(
        ProfileSetting, key, {"note": None, "unknown": ["value"], "ended_on": None} | values
    )
