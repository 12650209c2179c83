"""What the register declares to the catalogue, and what each role of core may do."""

from __future__ import annotations

from core.db.base import DataClass
from core.kit.language import Text
from core.plugin_api.figures import Measure
from core.plugin_api.values import RoleRights
from core.register.forms import CHILD_FORM, HOUSEHOLD_FORM
from core.register.models import Child
from core.registry.catalogue import CORE, Contribution

CHILDREN = Measure(
    code="core.children",
    name=Text(vi="Số trẻ em trong sổ quản lý", en="Children in the register"),
    model=Child,
    kind="stock",
    date="registered_on",
    until="left_on",
    # Who left is counted up to that day; what was entered twice was never a child.
    where=Child.status.not_in(("merged", "duplicate")),
    sex="sex",
)

_READ = frozenset({"core.child.read", "core.household.read"})
_ENTER = frozenset({"core.child.enter", "core.household.enter"})
_FIGURES = frozenset({"core.figures.read"})
_EMERGENCY = frozenset({"core.emergency.open"})
_ENROL = frozenset({"core.enrolment.manage"})

# Source: domain page of the programmes, §2.11: who has the register, and how far.
ROLES = (
    # A collaborator proposes changes of the register; the commune worker enters them.
    RoleRights("collaborator", frozenset({"core.child.read"})),
    RoleRights(
        "commune_worker", _READ | _ENTER | _FIGURES | _EMERGENCY | _ENROL, reads=DataClass.SENSITIVE
    ),
    RoleRights("commune_leader", _READ | _FIGURES | _EMERGENCY, reads=DataClass.SENSITIVE),
    RoleRights("district_officer", _READ | _FIGURES),
    RoleRights(
        "province_officer",
        _READ
        | _FIGURES
        | _EMERGENCY
        | _ENROL
        | {"core.programme.switch", "core.report.build", "core.agreement.manage"},
        reads=DataClass.SENSITIVE,
    ),
    RoleRights("province_confidential_officer", _READ | _FIGURES, reads=DataClass.SENSITIVE),
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
    forms=(HOUSEHOLD_FORM, CHILD_FORM),
    measures=(CHILDREN,),
    roles=ROLES,
)
