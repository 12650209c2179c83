"""Who may do what in this programme.

Source: domain page of the programmes, §4.6. Teachers have no role of their own yet. The labour
inspectorate reads workplaces and its inspections, never a family's file; finance reads what
support cost, not whom it was given to.
"""

from __future__ import annotations

from core.plugin_api import DataClass, RoleRights

_KEY = "child_labour"
ENTER = f"{_KEY}.screening.enter"
READ = f"{_KEY}.screening.read"
ENTER_CONFIRM = f"{_KEY}.classification.enter"
ENTER_CASE = f"{_KEY}.case.enter"
READ_CASE = f"{_KEY}.case.read"
ENTER_SUPPORT = f"{_KEY}.support.enter"
READ_SUPPORT = f"{_KEY}.support.read"
ENTER_CLASS = f"{_KEY}.class.enter"
READ_CLASS = f"{_KEY}.class.read"
ENTER_WORKPLACE = f"{_KEY}.workplace.enter"
READ_WORKPLACE = f"{_KEY}.workplace.read"
ENTER_INSPECTION = f"{_KEY}.inspection.enter"
READ_INSPECTION = f"{_KEY}.inspection.read"
ENTER_TOTAL = f"{_KEY}.total.enter"
READ_TOTAL = f"{_KEY}.total.read"

_READS = frozenset(
    {READ, READ_CASE, READ_SUPPORT, READ_CLASS, READ_WORKPLACE, READ_INSPECTION, READ_TOTAL}
)
_WORKER = frozenset(
    {ENTER, ENTER_CASE, ENTER_SUPPORT, ENTER_CLASS, ENTER_WORKPLACE, ENTER_TOTAL} | _READS
)

ROLES = (
    # A partner's field officer screens and reads the project's own beneficiaries (§4.6, §8).
    RoleRights("ngo_field_officer", frozenset({ENTER, READ})),
    RoleRights("ngo_manager", frozenset({READ})),
    # A collaborator reports and does not browse: the list shows children of the whole commune.
    RoleRights("collaborator", frozenset({ENTER, READ_WORKPLACE})),
    RoleRights("commune_worker", _WORKER, reads=DataClass.SENSITIVE),
    # The second person of a category that departs from the rules.
    RoleRights(
        "district_officer",
        _READS | {ENTER_CONFIRM, ENTER_CLASS, ENTER_TOTAL},
        reads=DataClass.SENSITIVE,
    ),
    RoleRights("province_officer", _READS | {ENTER_CLASS, ENTER_TOTAL}, reads=DataClass.SENSITIVE),
    RoleRights(
        "inspector",
        frozenset({ENTER_WORKPLACE, READ_WORKPLACE, ENTER_INSPECTION, READ_INSPECTION}),
        reads=DataClass.INTERNAL,
    ),
    RoleRights("finance_officer", frozenset({READ_SUPPORT}), reads=DataClass.INTERNAL),
)
