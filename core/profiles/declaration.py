"""What a file in `tenants/` may hold, as frozen values.

A field of type ``X | None`` without a default must be given or listed in ``unknown``: the
document does not say. A field with a default may simply be left out: it does not apply.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

Count = Annotated[int, Meta(ge=0)]
Year = Annotated[int, Meta(ge=1990, le=2100)]
Month = Annotated[int, Meta(ge=1, le=12)]
Day = Annotated[int, Meta(ge=1, le=31)]
Operator = Literal[">=", "<=", "<", ">", "=", "maintain", "at_least_n_per_unit", "change_pct_vs"]
Frequency = Literal[
    "quarter", "half_year", "year", "half_year_and_year", "adhoc", "periodic_unspecified"
]
Level = Literal["district", "commune"]


class Row(Struct, frozen=True, kw_only=True):
    """Any table or row of a file; ``unknown`` names the fields that the document does not state."""

    unknown: frozenset[str] = frozenset()


class TenantSection(Row, frozen=True, kw_only=True):
    """Who the tenant is."""

    code: str
    kind: Literal["province", "aggregator"]
    name_vi: str
    name_en: str


class ProfileSection(Row, frozen=True, kw_only=True):
    """The decision that the tenant works by, and for how long."""

    code: str
    valid_from: date | None = field(name="from")
    valid_to: date | None = field(name="to")
    decision: str | None
    legal_basis: tuple[str, ...]
    source: str
    province_code: str | None = None


class DistrictUnit(Row, frozen=True, kw_only=True):
    """A district that the document names; other fields refer to it by ``code``."""

    code: str
    name_vi: str
    kind: Literal["city", "town", "rural_district"]
    area_code: str | None = None


class StructureSection(Row, frozen=True, kw_only=True):
    """How many units there are, as the document counts them."""

    districts: Count | None
    communes: Count | None
    district_units: tuple[DistrictUnit, ...] | None
    emphasis: tuple[str, ...] = ()
    source: str


class PopulationSection(Row, frozen=True, kw_only=True):
    """Children, as the document counts them."""

    children_total: Count | None
    children_ethnic_minority: Count | None


class ProgrammeRow(Row, frozen=True, kw_only=True):
    """Whether a programme is on, and its settings; ``unknown_settings`` are not in the document."""

    enabled: bool
    source: str | None
    reason: str | None = None
    requires: str | None = None
    settings: dict[str, Any] = {}
    unknown_settings: frozenset[str] = frozenset()


class Breakdown(Row, frozen=True, kw_only=True):
    """How a target is made up."""

    keep: Count
    new: Count
    keep_locations: tuple[str, ...]


class TargetRow(Row, frozen=True, kw_only=True):
    """A value that an indicator shall reach in a year."""

    code: str = field(name="id")
    indicator: str
    scope: Literal["national", "province"] = "province"
    year: Year
    operator: Operator
    value: Decimal
    unit: Literal["percent", "per_100000", "commune", "collaborators_per_commune", "points", "vnd"]
    source: str
    per: Level | None = None
    baseline_year: Year | None = None
    applies_to: str | None = None
    criteria_version: str | None = None
    breakdown: Breakdown | None = None
    note: str | None = None


class SplitRow(Row, frozen=True, kw_only=True):
    """The part of a quantity that falls to one district."""

    unit: str
    quantity: Count | None


class ActivityRow(Row, frozen=True, kw_only=True):
    """A planned activity with a quantity."""

    code: str = field(name="id")
    vi: str
    quantity: Count | None
    unit: str
    programme: str
    source: str
    operator: Literal[">="] | None = None
    participants: Count | None = None
    sites: Count | None = None
    units: tuple[str, ...] = ()
    split: tuple[SplitRow, ...] = ()
    note: str | None = None


class TextActivityRow(Row, frozen=True, kw_only=True):
    """An activity or a duty without a number, followed up by text and date."""

    code: str = field(name="id")
    vi: str
    programme: str
    source: str


class RequiredIndicator(Row, frozen=True, kw_only=True):
    """An indicator to be reported although it has no target."""

    indicator: str
    note: str
    source: str


class PlanSection(Row, frozen=True, kw_only=True):
    """Targets and activities of a province."""

    year: Year | None
    later_programmes: tuple[str, ...]
    targets: tuple[TargetRow, ...]
    required_indicators: tuple[RequiredIndicator, ...]
    activities: tuple[ActivityRow, ...]
    unquantified: tuple[TextActivityRow, ...]
    general_duties: tuple[TextActivityRow, ...]
    occasions: tuple[str, ...]


class Due(Row, frozen=True, kw_only=True):
    """A day of each year; ``before`` means that the day itself is too late."""

    month: Month
    day: Day
    rule: Literal["on", "before"]


class AfterEvent(Row, frozen=True, kw_only=True):
    """What is owed within so many days after something ended, as a children's forum."""

    event: str
    days: Count


class ObligationRow(Row, frozen=True, kw_only=True):
    """Who owes which report to whom, how often and by which day."""

    code: str = field(name="id")
    name_vi: str
    name_en: str
    frequency: Frequency | None
    due: Due | None
    q3_due: Due | None = None
    after: AfterEvent | None = None
    from_roles: tuple[str, ...] = field(name="from")
    to_roles: tuple[str, ...] = field(name="to")
    via: str | None = None
    onward: tuple[str, ...] = ()
    with_roles: tuple[str, ...] = field(name="with", default=())
    source: str


class UrgentIncidents(Row, frozen=True, kw_only=True):
    """Whether urgent incidents are reported, and within how many hours."""

    supported: bool
    hours: Count | None
    basis: str | None = None
    source: str


class CutOff(Row, frozen=True, kw_only=True):
    """The last day whose records count in a report."""

    half_year: Due | None
    year: Due | None
    quarter: Due | None = None


class ReportingSection(Row, frozen=True, kw_only=True):
    """The reporting calendar of a province."""

    urgent_incidents: UrgentIncidents
    cut_off: CutOff
    obligations: tuple[ObligationRow, ...]


class BudgetMinimumRow(Row, frozen=True, kw_only=True):
    """The least that each unit of a level sets aside."""

    level: Level
    amount_vnd: Count
    per: Literal["year"]
    units: Count
    total_vnd: Count
    source: str


class Statement(Row, frozen=True, kw_only=True):
    """A rule in the document's own words."""

    vi: str
    source: str


class Mobilised(Row, frozen=True, kw_only=True):
    """Money to be raised for the Child Fund."""

    child_fund_target_vnd: Count
    minimum_operator: Literal[">=", ">"]
    source: str


class BudgetSection(Row, frozen=True, kw_only=True):
    """What the document says about money."""

    minimum: tuple[BudgetMinimumRow, ...]
    provincial: tuple[Statement, ...]
    rules: tuple[Statement, ...]
    mobilised: Mobilised | None = None


class Hotline(Row, frozen=True, kw_only=True):
    """The number that people call, and the one before it."""

    legacy: str
    current: str


class NetworkSection(Row, frozen=True, kw_only=True):
    """Boards, collaborators and services."""

    collaborators_per_commune: Count | None
    committee_types: tuple[str, ...]
    source: str
    collaborators_expected_total: Count | None = None
    service_points: dict[str, Count] = {}
    hotline: Hotline | None = None
    staffing_gap_noted: str | None = None


class AgencyRow(Row, frozen=True, kw_only=True):
    """An agency with duties; its role is stable, its name is not."""

    code: str
    role: str
    name_vi: str
    name_en: str
    duties: tuple[str, ...]
    source: str


class BodyRow(Row, frozen=True, kw_only=True):
    """A body that sends or receives reports."""

    code: str
    name_vi: str
    name_en: str
    source: str


class OrganisationSection(Row, frozen=True, kw_only=True):
    """Agencies and bodies of a province."""

    agencies: tuple[AgencyRow, ...]
    bodies: tuple[BodyRow, ...]


class InspectionSection(Row, frozen=True, kw_only=True):
    """Where inspections are planned."""

    districts: tuple[str, ...]
    friendly_commune_scope: Count
    source: str


class CasesSection(Row, frozen=True, kw_only=True):
    """The deadlines of case management where the province sets its own; else the decree's."""

    emergency_hours: Count | None = None
    plan_draft_working_days: Count | None = None
    plan_approval_working_days: Count | None = None
    plan_clock_start: Literal["received", "initial_assessed", "detailed_assessed"] | None = None
    source: str


class AlertsSection(Row, frozen=True, kw_only=True):
    """The days of core's alerts where the province sets its own."""

    birth_registration_days: Count | None = None
    birthday_notice_days: Count | None = None
    profile_notice_days: Count | None = None
    handover_days: Count | None = None
    target_notice_from_month: Annotated[int, Meta(ge=1, le=12)] | None = None
    source: str


class RoleRow(Row, frozen=True, kw_only=True):
    """What is taken away from a role; ``classes`` gives the most careful class by schema."""

    without: tuple[str, ...] = ()
    classes: dict[str, Literal["public", "internal", "personal", "sensitive"]] = {}
    source: str


class ProvinceFile(Row, frozen=True, kw_only=True):
    """``tenant.toml`` of a province."""

    tenant: TenantSection
    profile: ProfileSection
    structure: StructureSection
    population: PopulationSection
    programmes: dict[str, ProgrammeRow]
    plan: PlanSection
    reporting: ReportingSection
    budget: BudgetSection
    network: NetworkSection
    organisation: OrganisationSection
    inspection: InspectionSection | None = None
    cases: CasesSection | None = None
    alerts: AlertsSection | None = None
    roles: dict[str, RoleRow] = {}


class LeadAgency(Row, frozen=True, kw_only=True):
    """A ministry in charge of children, and for how long."""

    agency: str
    name_vi: str
    name_en: str
    valid_from: date | None = field(name="from")
    valid_to: date | None = field(name="to")
    source: str


class CentralUnit(Row, frozen=True, kw_only=True):
    """A department's name and the years in which a source uses it."""

    name_vi: str
    name_en: str
    seen_in: tuple[Year, ...]


class CentralOrganisation(Row, frozen=True, kw_only=True):
    """Who leads at the centre."""

    lead_agency_history: tuple[LeadAgency, ...]
    central_units: tuple[CentralUnit, ...]


class ProgrammeExpectation(Row, frozen=True, kw_only=True):
    """What a letter asks provinces to run; it switches nothing on."""

    year: Year
    programmes: tuple[str, ...]
    settings: dict[str, dict[str, Any]] = {}
    source: str


class NationalPlan(Row, frozen=True, kw_only=True):
    """National targets and expectations."""

    targets: tuple[TargetRow, ...]
    programme_expectations: tuple[ProgrammeExpectation, ...]


class AggregationSection(Row, frozen=True, kw_only=True):
    """How provinces' figures are added up."""

    minimum_cell: Count
    distinguish: tuple[str, ...]
    show_contributing_provinces: bool
    show_cut_off_per_province: bool
    source: str


class ProvinceDuty(Row, frozen=True, kw_only=True):
    """What a letter of the ministry asks provinces to send."""

    code: str = field(name="id")
    what_vi: str
    kind: Literal["plan_submission", "periodic_and_adhoc", "evaluation", "adhoc", "data_review"]
    source: str
    form: str | None = None
    frequency: Frequency | None = None


class CentralReporting(Row, frozen=True, kw_only=True):
    """What provinces owe to the centre."""

    obligations: tuple[ProvinceDuty, ...]


class AggregatorFile(Row, frozen=True, kw_only=True):
    """``tenant.toml`` of the ministry."""

    tenant: TenantSection
    profile: ProfileSection
    organisation: CentralOrganisation
    plan: NationalPlan
    aggregation: AggregationSection
    reporting: CentralReporting


TenantFile = ProvinceFile | AggregatorFile
