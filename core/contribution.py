"""What core itself declares: forms and measures of its rooms, its indicators, its roles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.alerts.contribution import ALERTS
from core.alerts.handovers import HANDOVERS
from core.alerts.handovers import ROLES as ALERT_ROLES
from core.cases.measures import CASE_MEASURES
from core.cases.rights import CASE_ROLES
from core.db.base import DataClass
from core.events import contribution as events
from core.indicators.definitions import CORE_INDICATORS
from core.money import contribution as money
from core.organisation import contribution as organisation
from core.planning import contribution as planning
from core.plugin_api.values import RoleRights
from core.register.contribution import CORE_REGISTER
from core.reports.sections import CORE_SECTIONS
from core.reports.work_sections import WORK_SECTIONS
from core.reports.year import punctuality

if TYPE_CHECKING:
    from core.registry.catalogue import Contribution

# Source: domain page of the programmes, §2.11: the audit trail and nothing else.
AUDIT_ROLES = (
    RoleRights("auditor", frozenset({"core.audit.read"}), reads=DataClass.INTERNAL),
    RoleRights(
        "data_protection_officer",
        frozenset({"core.audit.read", "core.emergency.review"}),
        reads=DataClass.INTERNAL,
    ),
    RoleRights("province_confidential_officer", frozenset({"core.emergency.review"})),
)
MINISTRY_ROLES = (
    RoleRights("ministry_analyst", frozenset({"core.national.read"})),
    RoleRights("ministry_admin", frozenset({"core.account.manage"})),
)


def core_contribution() -> Contribution:
    """Core's declarations, put together once."""
    return replace(
        CORE_REGISTER,
        forms=(
            *CORE_REGISTER.forms,
            *organisation.FORMS,
            *planning.FORMS,
            *money.FORMS,
            *events.FORMS,
        ),
        measures=(
            *CORE_REGISTER.measures,
            *organisation.MEASURES,
            *planning.MEASURES,
            *money.MEASURES,
            *events.MEASURES,
            *CASE_MEASURES,
            *punctuality.MEASURES,
        ),
        indicators=CORE_INDICATORS,
        report_sections=(*CORE_SECTIONS, *WORK_SECTIONS),
        roles=(
            *CORE_REGISTER.roles,
            *organisation.ROLES,
            *events.ROLES,
            *planning.ROLES,
            *money.ROLES,
            *CASE_ROLES,
            *AUDIT_ROLES,
            *MINISTRY_ROLES,
            *ALERT_ROLES,
        ),
        alerts=ALERTS,
        handovers=HANDOVERS,
    )
