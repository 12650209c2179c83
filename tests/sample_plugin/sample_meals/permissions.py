"""Who may do what in this programme."""

from __future__ import annotations

from core.plugin_api import RoleRights

ENTER = "sample_meals.meal_round.enter"
READ = "sample_meals.meal_round.read"

ROLES = (
    RoleRights("collaborator", frozenset({ENTER})),
    RoleRights("commune_worker", frozenset({ENTER, READ})),
    RoleRights("province_officer", frozenset({READ})),
)
