"""Who may do what in this programme: the role **and** an open assignment to the case.

Source: domain page of the programmes, §5.2 and §5.7. Leaders of districts and the province, other
officers, the ministry and projects have no right here. A collaborator may file an intake and
loses sight of it; a commune's worker and leader read the cases they were given, the leader
without what would tell who informed.
"""

from __future__ import annotations

from core.plugin_api import DataClass, RoleRights

KEY = "sexual_abuse"
ENTER = "sexual_abuse.intake.enter"
READ = "sexual_abuse.intake.read"
_GIVEN = frozenset({KEY})
# The approval view is without narrative and without who informed.
_NOT_TO_APPROVE = frozenset(
    f"sa_case.{name}"
    for name in (
        "hotline_ref",
        "informant_consents",
        "informant_name",
        "informant_phone",
        "informant_address",
    )
)

ROLES = (
    RoleRights("collaborator", frozenset({ENTER}), reads=DataClass.INTERNAL),
    RoleRights(
        "commune_worker", frozenset({ENTER, READ}), assigned=_GIVEN, reads=DataClass.RESTRICTED
    ),
    RoleRights(
        "commune_leader",
        frozenset({READ}),
        assigned=_GIVEN,
        reads=DataClass.RESTRICTED,
        hides=_NOT_TO_APPROVE,
    ),
    RoleRights(
        "province_confidential_officer",
        frozenset({READ}),
        confidential=_GIVEN,
        reads=DataClass.RESTRICTED,
    ),
)
