"""A generated partner with its agreement and a few enrolled children.

Nine communes, as the project in the domain page of the programmes, §8, has; which ones the document
does not say, so these are the demonstration's own choice.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.access.agreements import MANAGE, Terms, add_partner, conclude
from core.demo.accounts import PARTNER_ROLE
from core.identity.principal import Principal
from core.kit.clock import local_date
from core.kit.language import Text
from core.partners.service import ENROL, Consent, enrol
from core.registry.catalogue import CORE
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.plugin_api.values import DemoChild
    from core.registry.service import EnabledProgrammes
    from core.tenancy.models import Tenant
    from core.tenancy.session import TenantSession

COMMUNES = 9
ENROLLED = 12
YEARS_AHEAD = 1
FIELDS = frozenset(
    {"core.child.full_name", "core.child.sex", "core.child.date_of_birth", "core.child.schooling"}
)


def make_partnership(
    session: TenantSession,
    tenant: Tenant,
    *,
    communes: Sequence[int],
    children: Sequence[DemoChild],
    programmes: EnabledProgrammes,
    now: datetime,
) -> UUID | None:
    """The partner's id; ``None`` where no programme that is on has work for a partner."""
    owners = [owner for owner, _ in programmes.catalogue.rights(PARTNER_ROLE) if owner != CORE]
    if not owners:
        return None
    by = _province(tenant)
    today = local_date(now)
    partner = add_partner(
        session,
        code="doi_tac_minh_hoa",
        name=Text("Đối tác minh họa", "A generated partner"),
        now=now,
        generated=True,
    )
    chosen = _with_most_children(communes, children)
    terms = Terms(
        number="01/TT-MH",
        programme=owners[0],
        purpose="Quản lý trường hợp trẻ em hưởng lợi (minh họa)",
        fields=FIELDS,
        areas=frozenset(chosen),
        valid_from=date(2018, 1, 1),
        valid_to=today.replace(year=today.year + YEARS_AHEAD, day=1),
    )
    agreement = conclude(session, partner.id, terms, programmes=programmes.keys, by=by, now=now)
    there = [child for child in children if child.commune_id in chosen]
    consent = Consent(guardian_on=today, child_on=today)
    for child in there[:ENROLLED]:
        enrol(session, agreement.id, child.id, consent, by=by, today=today, now=now)
    return partner.id


def _with_most_children(communes: Sequence[int], children: Sequence[DemoChild]) -> list[int]:
    """The communes of the project: where the generated register holds most children."""
    count = dict.fromkeys(communes, 0)
    for child in children:
        count[child.commune_id] = count.get(child.commune_id, 0) + 1
    return sorted(count, key=lambda commune: (-count[commune], commune))[:COMMUNES]


def _province(tenant: Tenant) -> Principal:
    return Principal(
        account_id=None,
        tenant_id=tenant.id,
        tenant_slug=tenant.slug,
        display_name="demonstration",
        roles=(),
        permissions=frozenset({MANAGE, ENROL}),
        reach=Reach.whole_tenant(),
    )
