"""What money declares, and what each role may do with it. Source: programmes §2.11."""

from __future__ import annotations

from core.db.base import DataClass
from core.money.forms import FORMS
from core.money.measures import MEASURES
from core.money.models import ENTER, READ
from core.plugin_api.values import RoleRights

_READ = frozenset({READ})

ROLES = (
    RoleRights("commune_worker", _READ),
    RoleRights("commune_leader", _READ),
    RoleRights("district_officer", _READ | {ENTER}),
    RoleRights("province_officer", _READ),
    RoleRights("province_leader", _READ, reads=DataClass.INTERNAL),
    # amounts and receipts, and who gave; it has no right to any record of a child
    RoleRights(
        "finance_officer",
        _READ | {ENTER, "core.plan.read", "core.figures.read"},
        reads=DataClass.INTERNAL,
    ),
)

__all__ = ["FORMS", "MEASURES", "ROLES"]
