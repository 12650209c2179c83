"""What the register declares to the catalogue, and what each role of core may do."""

from __future__ import annotations

from core.db.base import DataClass
from core.plugin_api.values import RoleRights
from core.register.circumstances.forms import CIRCUMSTANCE_FORM
from core.register.circumstances.groups import CONFIDENTIAL
from core.register.counting.measures import MEASURES
from core.register.family.forms import CAREGIVER_FORM, PARENT_FORM
from core.register.following.forms import POVERTY_FORM, SCHOOLING_FORM, STATUS_FORM
from core.register.forms import CHILD_FORM, HOUSEHOLD_FORM
from core.register.hamlets.forms import HAMLET_FORM
from core.register.support.forms import AT_RISK_FORM, DELIVERY_FORM
from core.registry.catalogue import CORE, Contribution

_READ = frozenset({"core.child.read", "core.household.read"})
_GROUPS = frozenset({"core.circumstance.read"})
_ENTER = frozenset(
    {
        "core.child.enter",
        "core.child.import",
        "core.child.merge",
        "core.child.move",
        "core.household.enter",
        "core.circumstance.enter",
    }
)
_FIGURES = frozenset({"core.figures.read"})
_EMERGENCY = frozenset({"core.emergency.open"})
_ENROL = frozenset({"core.enrolment.manage"})
# Taking whole lists away is an officer's act; a commune reads its lists here.
_EXPORT = frozenset({"core.export"})
_REVIEW = frozenset({"core.review.read"})
_KEPT = frozenset({CONFIDENTIAL})

# Source: domain page of the programmes, §2.11: who has the register, and how far; §5.7 for whose
# eyes the confidential groups are: the officer who oversees them, and whoever was given a record.
ROLES = (
    # A collaborator proposes changes of the register; the commune worker enters them.
    RoleRights("collaborator", frozenset({"core.child.read"})),
    RoleRights(
        "commune_worker",
        _READ
        | _GROUPS
        | _ENTER
        | _FIGURES
        | _EMERGENCY
        | _ENROL
        | _REVIEW
        | {"core.review.verify"},
        assigned=_KEPT,
        reads=DataClass.SENSITIVE,
    ),
    RoleRights(
        "commune_leader",
        _READ
        | _GROUPS
        | _FIGURES
        | _EMERGENCY
        | _REVIEW
        | {"core.review.confirm", "core.report.confirm"},
        reads=DataClass.SENSITIVE,
    ),
    RoleRights(
        "district_officer",
        _READ | _GROUPS | _FIGURES | _EXPORT | _REVIEW | {"core.report.confirm"},
    ),
    # Leaders of a district and of the province see aggregates, never a child (§2.11, §5.7).
    RoleRights("district_leader", _FIGURES, reads=DataClass.INTERNAL),
    RoleRights(
        "province_officer",
        _READ
        | _GROUPS
        | _FIGURES
        | _EMERGENCY
        | _ENROL
        | _EXPORT
        | _REVIEW
        | {
            "core.programme.switch",
            "core.report.build",
            "core.report.calendar",
            "core.agreement.manage",
            "core.review.lock",
        },
        reads=DataClass.SENSITIVE,
    ),
    RoleRights(
        "province_confidential_officer",
        _READ | _GROUPS | _FIGURES | {"core.circumstance.assign"},
        confidential=_KEPT,
        reads=DataClass.SENSITIVE,
    ),
    RoleRights(
        "province_leader",
        _FIGURES | {"core.report.build", "core.report.release"},
        reads=DataClass.INTERNAL,
    ),
    # Enrolled children alone, and the fields that the agreement lists (§8).
    RoleRights("ngo_manager", frozenset({"core.child.read"})),
    RoleRights("ngo_field_officer", frozenset({"core.child.read"})),
    RoleRights(
        "province_admin",
        frozenset({"core.account.manage", "core.programme.switch"}),
        reads=DataClass.INTERNAL,
    ),
)

CORE_REGISTER = Contribution(
    owner=CORE,
    forms=(
        HOUSEHOLD_FORM,
        CHILD_FORM,
        CIRCUMSTANCE_FORM,
        AT_RISK_FORM,
        DELIVERY_FORM,
        PARENT_FORM,
        CAREGIVER_FORM,
        SCHOOLING_FORM,
        STATUS_FORM,
        POVERTY_FORM,
        HAMLET_FORM,
    ),
    measures=MEASURES,
    roles=ROLES,
)
