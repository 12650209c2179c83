"""Whether what a declaration refers to exists, and whether its parts agree with each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.areas.book import AreaBook
from core.areas.models import DISTRICT
from core.profiles.announced import announced
from core.profiles.declaration import AggregatorFile, Due, ObligationRow, ProvinceFile
from core.profiles.faults import Findings, expected, unknown_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.profiles.declaration import (
        ActivityRow,
        AgencyRow,
        BodyRow,
        DistrictUnit,
        ProfileSection,
        RequiredIndicator,
        TargetRow,
        TenantFile,
        TextActivityRow,
    )

CORE = "core"
LEAD_ROLE = "province_lead_agency"
_CHOICES_OF_OURS = {"design", "derived"}
_ORDINARY_YEAR = 2001  # a due day must exist in every year


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What declarations may refer to: installed programmes, indicators, areas, roles' rights."""

    indicators: frozenset[str]
    programmes: frozenset[str]
    areas: AreaBook
    roles: Mapping[str, frozenset[str]]

    @classmethod
    def none(cls) -> References:
        """Nothing to refer to."""
        return cls(indicators=frozenset(), programmes=frozenset(), areas=AreaBook(()), roles={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Checks one file against the references and the registers beside it."""

    references: References
    legal_documents: frozenset[str]
    sources: frozenset[str]
    findings: Findings

    def check(self, file: TenantFile, folder: str) -> None:
        """All checks of a tenant's file."""
        add = self.findings.add_at
        if file.tenant.code != folder:
            add(file.tenant, "code", f"is {file.tenant.code!r} but the folder is {folder!r}")
        self._profile(file.profile)
        if isinstance(file, ProvinceFile):
            self._province(file)
        else:
            self._aggregator(file)

    def source(self, row: object, source: str | None) -> None:
        """Every document or page that a source names is known."""
        before = ""
        for part in (source or "").split(";"):
            first, _, rest = part.strip().partition(" ")
            name = rest.split(" ")[0] if first == "public" else first
            known = name in self.sources or (name in _CHOICES_OF_OURS and not before)
            if source is not None and not known:
                hint = expected(name, self.sources)
                self.findings.add_at(row, "source", f"no document or page {name!r}; {hint}")
            before = name

    def legal_document(self, row: object, field: str, code: str | None) -> None:
        """A cited document is in the register."""
        if code is not None and code not in self.legal_documents:
            message = unknown_word("legal document", code, self.legal_documents)
            self.findings.add_at(row, field, message)

    def programme(self, row: object, field: str, key: str | None) -> None:
        """A named programme is installed, announced, or the core."""
        known = self.references.programmes | announced().programmes | {CORE}
        if key is not None and key not in known:
            self.findings.add_at(row, field, unknown_word("programme", key, known))

    def unique(self, rows: Sequence[object], codes: Sequence[str], field: str) -> None:
        """No two rows have one id."""
        seen: set[str] = set()
        for row, code in zip(rows, codes, strict=True):
            if code in seen:
                self.findings.add_at(row, field, f"{code!r} is used twice; ids are unique")
            seen.add(code)

    def due(self, due: Due | None) -> None:
        """A due day exists in every year."""
        if due is not None and not _exists(due.month, due.day):
            self.findings.add_at(due, "day", f"month {due.month} has no day {due.day}")

    def _profile(self, profile: ProfileSection) -> None:
        start, end = profile.valid_from, profile.valid_to
        if start is not None and end is not None and end < start:
            self.findings.add_at(profile, "to", f"{end} is before {start} (from)")
        self.legal_document(profile, "decision", profile.decision)
        for code in profile.legal_basis:
            self.legal_document(profile, "legal_basis", code)
        self.source(profile, profile.source)

    def _indicator(self, row: TargetRow | RequiredIndicator) -> None:
        known = self.references.indicators | announced().indicators
        if row.indicator not in known:
            message = unknown_word("indicator", row.indicator, known)
            self.findings.add_at(row, "indicator", message)

    def _targets(self, targets: Sequence[TargetRow], scope: str) -> None:
        self.unique(targets, [target.code for target in targets], "id")
        for target in targets:
            self._indicator(target)
            self.source(target, target.source)
            self.legal_document(target, "criteria_version", target.criteria_version)
            if target.scope != scope:
                self.findings.add_at(target, "scope", f"expected {scope!r} in this tenant's file")
            for field, value, operator in (
                ("baseline_year", target.baseline_year, "change_pct_vs"),
                ("per", target.per, "at_least_n_per_unit"),
            ):
                if (value is not None) != (target.operator == operator):
                    needs = "needs" if value is None else "is only for"
                    self.findings.add_at(
                        target, field, f"{needs} operator {operator!r}: give both or none"
                    )

    def _aggregator(self, file: AggregatorFile) -> None:
        self._targets(file.plan.targets, "national")
        for expectation in file.plan.programme_expectations:
            self.source(expectation, expectation.source)
            for key in (*expectation.programmes, *expectation.settings):
                self.programme(expectation, "programmes", key)
        for agency in file.organisation.lead_agency_history:
            self.source(agency, agency.source)
        duties = file.reporting.obligations
        self.unique(duties, [duty.code for duty in duties], "id")
        for duty in duties:
            self.source(duty, duty.source)
        self.source(file.aggregation, file.aggregation.source)

    def _province(self, file: ProvinceFile) -> None:
        districts = self._structure(file)
        self._programmes(file, districts)
        self._plan(file, districts)
        self._reporting(file)
        self._budget(file)
        self._roles(file)
        if file.inspection is not None:
            self._named(file.inspection, "districts", file.inspection.districts, districts)
            self.source(file.inspection, file.inspection.source)

    def _structure(self, file: ProvinceFile) -> frozenset[str]:
        """Resolve the province and its districts; gives the codes that other fields may use."""
        structure, profile = file.structure, file.profile
        self.source(structure, structure.source)
        units = structure.district_units or ()
        self.unique(units, [unit.code for unit in units], "code")
        if structure.districts is not None and units and len(units) != structure.districts:
            self.findings.add_at(
                structure, "districts", f"is {structure.districts}, but {len(units)} are named"
            )
        day = profile.valid_from or profile.valid_to
        if profile.province_code is None:
            self.findings.add_at(profile, "province_code", "is missing; a province has one")
        elif day is None:
            self.findings.add_at(profile, "from", "give a first or a last day: codes are reused")
        else:
            self._districts(file, day)
        return frozenset(unit.code for unit in units)

    def _districts(self, file: ProvinceFile, day: date) -> None:
        areas, code = self.references.areas, file.profile.province_code or ""
        province = areas.province(code, day)
        if province is None:
            codes = {unit.key.code for unit in areas.provinces(day)}
            message = f"no province {code!r} on {day}; {expected(code, codes)}"
            self.findings.add_at(file.profile, "province_code", message)
            return
        if province.name != file.tenant.name_vi:
            self.findings.add_at(
                file.profile,
                "province_code",
                f"{code!r} was {province.name} on {day}, not {file.tenant.name_vi}",
            )
        for unit in file.structure.district_units or ():
            found = areas.named(province, DISTRICT, unit.name_vi, day)
            found = [f for f in found if unit.area_code in {None, f.key.code}]
            if len(found) != 1:
                names = (u.name for u in areas.inside(province, day, level=DISTRICT))
                self._unresolved(unit, [f.key.code for f in found], names)

    def _unresolved(self, unit: DistrictUnit, codes: list[str], names: Iterable[str]) -> None:
        if codes:
            message = f"{unit.name_vi!r} may be any of {', '.join(codes)}; give area_code"
            self.findings.add_at(unit, "area_code", message)
        else:
            self.findings.add_at(unit, "name_vi", unknown_word("district", unit.name_vi, names))

    def _programmes(self, file: ProvinceFile, districts: frozenset[str]) -> None:
        on = {key for key, row in file.programmes.items() if row.enabled}
        allowed = self.references.programmes | announced().may_be_declared_on
        for key, row in file.programmes.items():
            self.source(row, row.source)
            if key not in allowed | announced().programmes:
                self.findings.add_at(row, "enabled", unknown_word("programme", key, allowed))
            elif row.enabled and key not in allowed:
                self.findings.add_at(
                    row,
                    "enabled",
                    f"no installed plugin brings {key!r}; name it in plan.later_programmes",
                )
            if row.enabled and row.requires is not None and row.requires not in on:
                message = f"{key!r} needs {row.requires!r}, which is not switched on here"
                self.findings.add_at(row, "requires", message)
            self._named(row, "settings", row.settings.get("districts", ()), districts)
            for name in row.unknown_settings & row.settings.keys():
                message = f"{name!r} is given and listed as unknown; do one of both"
                self.findings.add_at(row, "unknown_settings", message)

    def _roles(self, file: ProvinceFile) -> None:
        """A misspelt right would take nothing away, and everybody would believe it did."""
        for code, row in file.roles.items():
            self.source(row, row.source)
            rights = self.references.roles.get(code)
            if rights is None:
                self.findings.add_at(
                    row, "without", unknown_word("role", code, self.references.roles)
                )
                continue
            for permission in row.without:
                if permission not in rights:
                    message = unknown_word("right", permission, rights)
                    self.findings.add_at(row, "without", message)

    def _plan(self, file: ProvinceFile, districts: frozenset[str]) -> None:
        plan = file.plan
        self._targets(plan.targets, "province")
        for target in plan.targets:
            if target.breakdown is not None:
                named = target.breakdown.keep_locations
                self._named(target.breakdown, "keep_locations", named, districts)
        for required in plan.required_indicators:
            self._indicator(required)
            self.source(required, required.source)
        rows: list[ActivityRow | TextActivityRow] = [
            *plan.activities,
            *plan.unquantified,
            *plan.general_duties,
        ]
        self.unique(rows, [row.code for row in rows], "id")
        for row in rows:
            self.programme(row, "programme", row.programme)
            self.source(row, row.source)
        for activity in plan.activities:
            self._named(activity, "units", activity.units, districts)
            for part in activity.split:
                self._named(part, "unit", [part.unit], districts)
        for key in plan.later_programmes:
            self.programme(plan, "later_programmes", key)

    def _reporting(self, file: ProvinceFile) -> None:
        organisation, reporting = file.organisation, file.reporting
        listed: list[AgencyRow | BodyRow] = [*organisation.agencies, *organisation.bodies]
        self.unique(listed, [row.code for row in listed], "code")
        for row in listed:
            self.source(row, row.source)
        leads = [agency for agency in organisation.agencies if agency.role == LEAD_ROLE]
        if len(leads) != 1:
            message = f"{len(leads)} agencies have role {LEAD_ROLE!r}; exactly one leads"
            self.findings.add_at(organisation, "agencies", message)
        known = {row.code for row in listed} | {agency.role for agency in organisation.agencies}
        rows = reporting.obligations
        self.unique(rows, [row.code for row in rows], "id")
        for obligation in rows:
            self._obligation(obligation, known)
        self.source(reporting.urgent_incidents, reporting.urgent_incidents.source)
        cut_off = reporting.cut_off
        for due in (cut_off.quarter, cut_off.half_year, cut_off.year):
            self.due(due)

    def _obligation(self, row: ObligationRow, known: set[str]) -> None:
        self.source(row, row.source)
        self.due(row.due)
        self.due(row.q3_due)
        stated = row.q3_due is not None or "q3_due" in row.unknown
        if row.frequency == "quarter" and not stated:
            self.findings.add_at(row, "q3_due", "is missing; give it or list it in `unknown`")
        for field, roles in (
            ("from", row.from_roles),
            ("to", row.to_roles),
            ("via", (row.via,) if row.via else ()),
            ("onward", row.onward),
            ("with", row.with_roles),
        ):
            for role in set(roles) - known:
                self.findings.add_at(row, field, unknown_word("agency or role", role, known))

    def _budget(self, file: ProvinceFile) -> None:
        end = file.profile.valid_to
        self.unique(file.budget.minimum, [row.level for row in file.budget.minimum], "level")
        for row in file.budget.minimum:
            self.source(row, row.source)
            if row.amount_vnd * row.units != row.total_vnd:
                message = f"is {row.total_vnd}, but {row.units} times {row.amount_vnd} is "
                self.findings.add_at(row, "total_vnd", message + str(row.amount_vnd * row.units))
            if row.level == DISTRICT and not self._has_districts(file.profile, end):
                self.findings.add_at(
                    row, "level", "there is no district level at the profile's end"
                )
        for statement in (*file.budget.provincial, *file.budget.rules):
            self.source(statement, statement.source)
        self._network(file)

    def _has_districts(self, profile: ProfileSection, day: date | None) -> bool:
        province = self.references.areas.province(profile.province_code or "", day) if day else None
        if day is None or province is None:
            return False
        return bool(self.references.areas.inside(province, day, level=DISTRICT))

    def _network(self, file: ProvinceFile) -> None:
        network = file.network
        self.source(network, network.source)
        each, communes = network.collaborators_per_commune, file.structure.communes
        total = network.collaborators_expected_total
        if None not in {each, communes, total} and (each or 0) * (communes or 0) != total:
            message = f"is {total}, but {communes} times {each} is {(each or 0) * (communes or 0)}"
            self.findings.add_at(network, "collaborators_expected_total", message)

    def _named(
        self, row: object, field: str, names: Iterable[str], districts: frozenset[str]
    ) -> None:
        """Districts are named by the codes of ``structure.district_units``."""
        for name in names:
            if name not in districts:
                self.findings.add_at(row, field, unknown_word("district", name, districts))


def _exists(month: int, day: int) -> bool:
    try:
        date(_ORDINARY_YEAR, month, day)
    except ValueError:
        return False
    return True
