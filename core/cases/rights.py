"""What each role may do with cases, as data.

Who supervises reads states, clocks and codes of cases that are not confidential, never narratives
or names. Source: domain page of the programmes, §2.11, §5.7.
"""

from __future__ import annotations

from core.cases.kinds import CONFIDENTIAL_KEYS
from core.cases.models import READ, RECEIVE
from core.cases.papers.models import APPROVE, FILE, WORK
from core.db.base import DataClass
from core.plugin_api.values import RoleRights

ASSIGN = "core.case.assign"

CASE_ROLES = (
    RoleRights("collaborator", frozenset({FILE})),
    RoleRights(
        "commune_worker",
        frozenset({FILE, READ, WORK, RECEIVE}),
        assigned=CONFIDENTIAL_KEYS,
        reads=DataClass.RESTRICTED,
    ),
    RoleRights(
        "commune_leader",
        frozenset({FILE, READ, APPROVE, ASSIGN}),
        assigned=CONFIDENTIAL_KEYS,
        reads=DataClass.RESTRICTED,
    ),
    RoleRights("district_officer", frozenset({READ})),
    RoleRights("province_officer", frozenset({READ})),
    RoleRights(
        "province_confidential_officer",
        frozenset({FILE, READ, WORK, APPROVE, ASSIGN}),
        confidential=CONFIDENTIAL_KEYS,
        reads=DataClass.RESTRICTED,
    ),
    RoleRights(
        "service_staff",
        frozenset({RECEIVE}),
        assigned=CONFIDENTIAL_KEYS,
        reads=DataClass.RESTRICTED,
    ),
    RoleRights(
        "agency_reporter",
        frozenset({RECEIVE}),
        assigned=CONFIDENTIAL_KEYS,
        reads=DataClass.RESTRICTED,
    ),
)
# Whom a case may be assigned to, and whom a referral may be sent to.
WORKING_ROLES = ("commune_worker", "commune_leader", "province_confidential_officer")
RECEIVING_ROLES = tuple(role.role for role in CASE_ROLES if RECEIVE in role.permissions)
