"""Who may do what in this programme: the role **and** an open assignment to the case.

Source: domain page of the programmes, §5.2 and §5.7. Leaders of districts and the province, the
ministry and projects have no right on a case. A collaborator may file an intake and loses sight
of it; a commune's worker and leader read the cases they were given, the leader without what would
tell who informed. Whoever gives a service, and the liaison of police, justice or health, sees of
the case what that takes, and of services and proceedings the own lines alone.
"""

from __future__ import annotations

from core.plugin_api import DataClass, RoleRights
from plugins.sexual_abuse.models import SaCase

KEY = "sexual_abuse"
ENTER = "sexual_abuse.intake.enter"
READ = "sexual_abuse.intake.read"
CASE_WORK = "sexual_abuse.case.work"
DECIDE = "sexual_abuse.case.decide"
CASE_READ = "sexual_abuse.case.read"
SERVICE_ENTER = "sexual_abuse.service.enter"
SERVICE_READ = "sexual_abuse.service.read"
PROCEEDING_ENTER = "sexual_abuse.proceeding.enter"
PROCEEDING_READ = "sexual_abuse.proceeding.read"
DUTY_ENTER = "sexual_abuse.duty.enter"
DUTY_READ = "sexual_abuse.duty.read"
PREVENT_ENTER = "sexual_abuse.prevention.enter"
PREVENT_READ = "sexual_abuse.prevention.read"

LINES = "sexual_abuse.lines"
_GIVEN = frozenset({KEY})
_TEAM = frozenset({KEY, LINES})
_LINES = frozenset({SERVICE_READ, PROCEEDING_READ})
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
        "commune_worker",
        _LINES
        | {ENTER, READ, CASE_WORK, CASE_READ}
        | {SERVICE_ENTER, PROCEEDING_ENTER, PREVENT_ENTER, PREVENT_READ},
        assigned=_TEAM,
        reads=DataClass.RESTRICTED,
    ),
    RoleRights(
        "commune_leader",
        _LINES | {READ, DECIDE, CASE_READ, PREVENT_READ},
        assigned=_TEAM,
        reads=DataClass.RESTRICTED,
        hides=_NOT_TO_APPROVE,
    ),
    RoleRights(
        "service_staff",
        frozenset({READ, SERVICE_ENTER, SERVICE_READ}),
        assigned=_GIVEN,
        reads=DataClass.RESTRICTED,
        hides=_NOT_TO_SERVE,
    ),
    RoleRights(
        "agency_reporter",
        frozenset({READ, PROCEEDING_ENTER, PROCEEDING_READ}),
        assigned=_GIVEN,
        reads=DataClass.RESTRICTED,
        hides=_NOT_TO_SERVE,
    ),
    RoleRights(
        "province_confidential_officer",
        _LINES | {READ, CASE_READ, DUTY_ENTER, DUTY_READ, PREVENT_READ},
        confidential=_TEAM,
        reads=DataClass.RESTRICTED,
    ),
    RoleRights(
        "district_officer",
        frozenset({PREVENT_ENTER, PREVENT_READ}),
        reads=DataClass.INTERNAL,
    ),
    RoleRights(
        "province_officer",
        frozenset({PREVENT_ENTER, PREVENT_READ}),
        reads=DataClass.INTERNAL,
    ),
)
