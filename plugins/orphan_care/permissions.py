"""Who may do what in this programme.

Source: domain page of the programmes, §6.8. Collaborators and workers detect; benefits are the
district's (to 2025) and the commune's; the province supervises; finance reads amounts and no
child; children with HIV are the confidential team's alone.
"""

from __future__ import annotations

from core.plugin_api import DataClass, RoleRights

ENTER = "orphan_care.detection.enter"
READ = "orphan_care.detection.read"
VERIFY = "orphan_care.detection.verify"
CARE_ENTER = "orphan_care.care.enter"
CARE_READ = "orphan_care.care.read"
BENEFIT_ENTER = "orphan_care.benefit.enter"
BENEFIT_READ = "orphan_care.benefit.read"
FACILITY_ENTER = "orphan_care.facility.enter"
FACILITY_READ = "orphan_care.facility.read"
RELIEF_ENTER = "orphan_care.relief.enter"
RELIEF_READ = "orphan_care.relief.read"
HIV_ENTER = "orphan_care.hiv.enter"
HIV_READ = "orphan_care.hiv.read"
HIV = "orphan_care.hiv"

_ALL_READ = frozenset({READ, CARE_READ, BENEFIT_READ, FACILITY_READ, RELIEF_READ})
_COMMUNE_ENTERS = frozenset({ENTER, CARE_ENTER, BENEFIT_ENTER, FACILITY_ENTER, RELIEF_ENTER})
# Who pays is told amounts and papers, and no child.
_NOT_TO_PAY = frozenset(
    {"benefit_entitlement.child_id", "benefit_entitlement.born_on", "dossier.child_id"}
)

ROLES = (
    # A collaborator reports and does not browse: the list shows children of the whole commune.
    RoleRights("collaborator", frozenset({ENTER})),
    RoleRights(
        "commune_worker",
        _ALL_READ | _COMMUNE_ENTERS | {HIV_ENTER, HIV_READ},
        assigned=frozenset({HIV}),
        reads=DataClass.RESTRICTED,
    ),
    RoleRights("commune_leader", _ALL_READ | {VERIFY}, reads=DataClass.SENSITIVE),
    RoleRights(
        "district_officer", _ALL_READ | {BENEFIT_ENTER, RELIEF_ENTER}, reads=DataClass.SENSITIVE
    ),
    RoleRights("province_officer", _ALL_READ | {FACILITY_ENTER}, reads=DataClass.SENSITIVE),
    RoleRights(
        "province_confidential_officer",
        frozenset({HIV_ENTER, HIV_READ}),
        confidential=frozenset({HIV}),
        reads=DataClass.RESTRICTED,
    ),
    RoleRights(
        "finance_officer",
        frozenset({BENEFIT_READ}),
        reads=DataClass.PERSONAL,
        hides=_NOT_TO_PAY,
    ),
)
