"""Who may do what in this programme.

Source: domain page of the programmes, §5.7. In this version nobody is assigned to a case yet, so
reading is for the province's confidential officer alone; whoever files an intake loses sight of
it. Leaders, other officers, the ministry and projects have no right here.
"""

from __future__ import annotations

from core.plugin_api import RoleRights

ENTER = "sexual_abuse.intake.enter"
READ = "sexual_abuse.intake.read"

ROLES = (
    RoleRights("collaborator", frozenset({ENTER})),
    RoleRights("commune_worker", frozenset({ENTER})),
    RoleRights(
        "province_confidential_officer",
        frozenset({READ}),
        confidential=frozenset({"sexual_abuse"}),
    ),
)
