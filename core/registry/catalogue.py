"""What core and the plugins declare, checked once at start-up and indexed by code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from core.db.base import DataClass
from core.plugin_api.figures import (
    UNIT_FORMULAS,
    AllUnits,
    Average,
    Change,
    Count,
    Indicator,
    Measure,
    Sum,
    Units,
    measures_in,
)
from core.plugin_api.handovers import Gives, Takes
from core.registry.errors import PluginError
from core.registry.handing import alerts_of, fault_of, takers_in
from core.tenancy.models import AreaScoped, Confidential, PartlyConfidential
from core.vault.columns import is_sealed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.plugin_api.alerts import Alert
    from core.plugin_api.exports import Export
    from core.plugin_api.forms import Form, Roster
    from core.plugin_api.values import Job, ReportSection, RoleRights, Route
    from core.tenancy.models import TenantOwned

CORE = "core"
_WITH_CODES = (
    "forms",
    "measures",
    "indicators",
    "report_sections",
    "routes",
    "jobs",
    "exports",
    "alerts",
    "handovers",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """Everything one owner (core or a plugin) declares."""

    owner: str
    forms: tuple[Form, ...] = ()
    measures: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    report_sections: tuple[ReportSection, ...] = ()
    routes: tuple[Route, ...] = ()
    roles: tuple[RoleRights, ...] = ()
    jobs: tuple[Job, ...] = ()
    exports: tuple[Export, ...] = ()
    alerts: tuple[Alert, ...] = ()
    handovers: tuple[Gives | Takes, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Declarations by code, each with its owner; immutable after start-up."""

    contributions: tuple[Contribution, ...]
    installed_takers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(init=False)
    measures: Mapping[str, Measure] = field(init=False)
    indicators: Mapping[str, Indicator] = field(init=False)
    report_sections: Mapping[str, ReportSection] = field(init=False)
    routes: Mapping[str, Route] = field(init=False)
    jobs: Mapping[str, Job] = field(init=False)
    exports: Mapping[str, Export] = field(init=False)
    handovers: Mapping[str, Gives | Takes] = field(init=False)
    alerts: Mapping[str, Alert] = field(init=False)
    owner_of: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Index, and refuse what clashes.

        Raises:
            PluginError: a code is declared twice, does not begin with its owner's key, names a
                measure that nobody declares; a list or figure reads a sealed column; papers
                would hang on confidential records; rows be less protected than their record; or an
                alert or a hand-over is about another owner's records.
        """
        owner_of: dict[str, str] = {}
        for name in _WITH_CODES:
            index: dict[str, Any] = {}
            for contribution in self.contributions:
                for item in getattr(contribution, name):
                    _claim(index, owner_of, contribution.owner, name, item)
            object.__setattr__(self, name, index)
        object.__setattr__(self, "owner_of", owner_of)
        made = {alert.code: alert for alert in alerts_of(self.handovers, self.installed_takers)}
        object.__setattr__(self, "alerts", {**self.alerts, **made})
        self._check_formulas()
        self._check_roles()
        self._check_sealed()
        self._check_attachments()
        self._check_rosters()
        self._check_alerts()

    def of(self, owners: frozenset[str]) -> Catalogue:
        """Core's declarations and those of the given plugins; the others do not exist."""
        return Catalogue(
            tuple(c for c in self.contributions if c.owner == CORE or c.owner in owners),
            takers_in(self.handovers),
        )

    def rights(self, role: str) -> tuple[tuple[str, RoleRights], ...]:
        """What core and the plugins give a role: one entry for each owner that gives anything."""
        given = (
            (contribution.owner, [r for r in contribution.roles if r.role == role])
            for contribution in self.contributions
        )
        return tuple((owner, reduce(_together, listed)) for owner, listed in given if listed)

    def measures_of(self, indicator: Indicator) -> tuple[str, ...]:
        """The codes of the measures an indicator is derived from, in the order it names them."""
        formula = indicator.formula
        if isinstance(formula, Change):
            return measures_in(self.indicators[formula.indicator].formula)
        return measures_in(formula)

    def _check_formulas(self) -> None:
        for indicator in self.indicators.values():
            wrong = self._fault_of(indicator)
            if wrong is not None:
                raise PluginError(
                    self.owner_of[indicator.code], f"indicator {indicator.code} {wrong}."
                )

    def _fault_of(self, indicator: Indicator) -> str | None:
        formula = indicator.formula
        if isinstance(formula, Change):
            base = self.indicators.get(formula.indicator)
            if base is None:
                return f"is the change of {formula.indicator}, which nobody declares"
            if not isinstance(base.formula, Count | Sum | Units):
                return f"is the change of {base.code}, which is no count; percents do not add up"
        for code in self.measures_of(indicator):
            if code not in self.measures:
                return f"names the measure {code}, which nobody declares"
        return self._fault_of_units(indicator) if self.rests_on_units(indicator) else None

    def rests_on_units(self, indicator: Indicator) -> bool:
        """Whether it counts places, so that no part of a breakdown adds up to it."""
        formula = indicator.formula
        base = self.indicators[formula.indicator] if isinstance(formula, Change) else indicator
        return isinstance(base.formula, UNIT_FORMULAS) or (
            isinstance(base.formula, Average) and isinstance(base.formula.count, AllUnits)
        )

    def _fault_of_units(self, indicator: Indicator) -> str | None:
        """Places are not parted by sex, and a number of places would tell of single ones."""
        if indicator.breakdowns:
            return "counts units, which have no breakdowns"
        measures = [self.measures[code] for code in self.measures_of(indicator)]
        classes = {indicator.sensitivity, *(measure.sensitivity for measure in measures)}
        if DataClass.RESTRICTED in classes:
            return "counts units by a restricted measure, which would tell of single places"
        return None

    def _check_roles(self) -> None:
        for contribution in self.contributions:
            for rights in contribution.roles:
                for permission in rights.permissions:
                    if not permission.startswith(f"{contribution.owner}."):
                        raise PluginError(
                            contribution.owner,
                            f"permission {permission} must begin with {contribution.owner}.",
                        )

    def _check_sealed(self) -> None:
        """What only the program can read is neither listed nor counted by the database."""
        read: list[tuple[Form | Measure, tuple[str, ...]]] = [
            *((form, form.columns) for form in self.forms.values()),
            *((measure, columns_of(measure)) for measure in self.measures.values()),
        ]
        for item, columns in read:
            for name in columns:
                if is_sealed(getattr(item.model, name, None)):
                    raise PluginError(
                        self.owner_of[item.code],
                        f"{item.code} lists or counts {name}, which is sealed.",
                    )

    def _check_attachments(self) -> None:
        """Never to confidential records: no photographs, no medical images, no recordings.

        Source: domain page of the programmes, §5.2, rule 4.
        """
        for form in self.forms.values():
            if not form.attachments:
                continue
            if issubclass(form.model, Confidential):
                raise PluginError(
                    self.owner_of[form.code],
                    f"form {form.code} is over confidential records and may take no attachments.",
                )
            if not issubclass(form.model, AreaScoped):
                raise PluginError(
                    self.owner_of[form.code],
                    f"form {form.code} takes attachments, so its model must lie in a commune.",
                )

    def _check_rosters(self) -> None:
        """Rows are bounded as their record is: by its commune, and by the right it takes."""
        for form in self.forms.values():
            for roster in form.rosters:
                if not _as_protected(form, roster):
                    raise PluginError(
                        self.owner_of[form.code],
                        f"the rows of {roster.name} in {form.code} are less protected than their "
                        "record: they lie in a commune and are confidential as it is, granted by "
                        f"{roster.parent} or by what the record is granted by.",
                    )

    def _check_alerts(self) -> None:
        for contribution in self.contributions:
            owner = contribution.owner
            for alert in contribution.alerts:
                wrong = _fault_of_alert(owner, alert, self.forms)
                if wrong is not None:
                    raise PluginError(owner, f"alert {alert.code} {wrong}.")
            for one in contribution.handovers:
                wrong = fault_of(owner, one) or self._fault_of_leading(one)
                if wrong is not None:
                    raise PluginError(owner, f"hand-over {one.code} {wrong}.")

    def _fault_of_leading(self, one: Gives | Takes) -> str | None:
        if isinstance(one, Gives):
            return _fault_of_address(one.leads_to, one.model, self.forms)
        if not one.opens.startswith("/") and one.opens not in self.forms:
            return f"opens {one.opens}, which is no form"
        return None


def _fault_of_alert(owner: str, alert: Alert, forms: Mapping[str, Form]) -> str | None:
    """It is about its owner's records, for people of its owner's rights, and leads to them."""
    if alert.model.__table__.schema != owner:  # type: ignore[attr-defined]
        return "is about records of another owner"
    if not alert.acts or not all(right.startswith(f"{owner}.") for right in alert.acts):
        return f"is for nobody: it needs permissions that begin with {owner}"
    if alert.looks is None and owner != CORE:
        return "does not say where to look"
    return _fault_of_address(alert.leads_to, alert.model, forms)


def _fault_of_address(
    to: str | None, model: type[TenantOwned], forms: Mapping[str, Form]
) -> str | None:
    if to is None or to.startswith("/"):
        return None
    if to not in forms or forms[to].model is not model:
        return f"leads to {to}, which is no form of its records"
    return None


def _as_protected(form: Form, roster: Roster) -> bool:
    """Rows of a record that is itself part of a case are read with that case, as the record is."""
    record, rows = form.model, roster.model
    if issubclass(record, AreaScoped) and not issubclass(rows, AreaScoped):
        return False
    if issubclass(record, PartlyConfidential):
        return issubclass(rows, PartlyConfidential) and rows.granted_by in {
            roster.parent,
            record.granted_by,
        } - {"id"}
    if not issubclass(record, Confidential):
        return True
    return (
        issubclass(rows, Confidential)
        and rows.confidential_key == record.confidential_key
        and rows.granted_by == (roster.parent if record.granted_by == "id" else record.granted_by)
    )


def columns_of(measure: Measure) -> tuple[str, ...]:
    """The columns that a measure names."""
    named = (measure.date, measure.until, measure.sums, measure.sex, measure.age, measure.detail)
    return tuple(name for name in named if name is not None)


def _together(one: RoleRights, other: RoleRights) -> RoleRights:
    """What the same owner gives a role in two places."""
    return replace(
        one,
        permissions=one.permissions | other.permissions,
        confidential=one.confidential | other.confidential,
        assigned=one.assigned | other.assigned,
        reads=max(one.reads, other.reads, key=lambda data_class: data_class.rank),
        hides=one.hides | other.hides,
    )


def _claim(
    index: dict[str, Any], owner_of: dict[str, str], owner: str, kind: str, item: Any
) -> None:
    code = getattr(item, "code", None)
    if not isinstance(code, str):
        raise PluginError(owner, f"{kind}: {item!r} is not a declaration with a code.")
    if code in owner_of:
        raise PluginError(owner, f"{kind}: the id {code} is already declared by {owner_of[code]}.")
    if kind != "indicators" and not code.startswith(f"{owner}."):
        raise PluginError(owner, f"{kind}: the id {code} must begin with {owner}.")
    index[code] = item
    owner_of[code] = owner


def ordered(items: Sequence[ReportSection]) -> tuple[ReportSection, ...]:
    """Sections in the order of a report; ties by code, so that order never depends on chance."""
    return tuple(sorted(items, key=lambda item: (item.order, item.code)))
