"""Who may do what in this programme: the role **and** an open assignment to the case.

Source: domain page of the programmes, §5.2 and §5.7. Leaders of districts and the province, other
officers, the ministry and projects have no right here. A collaborator may file an intake and
loses sight of it; a commune's worker and leader read the cases they were given, the leader
without what would tell who informed. Whoever gives a service sees what the service needs.
"""

from __future__ import annotations

from core.plugin_api import DataClass, RoleRights
from plugins.sexual_abuse.models import SaCase

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
# Named by what is shown, so that a new column is hidden from a service until it is needed there.
_NEEDED_TO_SERVE = frozenset(
    {"opaque_code", "commune_id", "sex", "estimated_age", "child_safe_now"}
)
_NOT_TO_SERVE = frozenset(
    f"sa_case.{column.name}"
    for column in SaCase.__table__.columns
    if column.name not in _NEEDED_TO_SERVE
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
        "service_staff",
        frozenset({READ}),
        assigned=_GIVEN,
        reads=DataClass.RESTRICTED,
        hides=_NOT_TO_SERVE,
    ),
    RoleRights(
        "province_confidential_officer",
        frozenset({READ}),
        confidential=_GIVEN,
        reads=DataClass.RESTRICTED,
    ),
)
