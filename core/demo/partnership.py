"""A generated partner with its agreement and a few enrolled children.

Nine communes, as the project in the domain page of the programmes, §8, has; which ones the document
does not say, so these are the demonstration's own choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.access.agreements import (
    MANAGE,
    Terms,
    add_partner,
    conclude,
    fields_to_agree_on,
    find_agreement,
)
from core.demo.accounts import PARTNER_ROLE
from core.identity.principal import Principal
from core.kit.clock import local_date
from core.kit.language import Text
from core.partners.service import ENROL, Consent, enrol, enrolled
from core.registry.catalogue import CORE
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Partnership:
    """The generated partner, and by programme its agreement's id and communes."""

    partner_id: UUID
    agreements: Mapping[str, UUID]
    communes: tuple[int, ...]

    @property
    def agreed(self) -> Mapping[str, tuple[int, ...]]:
        """The communes of the agreement on each programme."""
        return dict.fromkeys(self.agreements, self.communes)


def make_partnership(
    session: TenantSession,
    tenant: Tenant,
    *,
    communes: Sequence[int],
    children: Sequence[DemoChild],
    programmes: EnabledProgrammes,
    now: datetime,
) -> Partnership | None:
    """A partner with an agreement on each programme that has work for one; ``None`` without any.

    A partner's own project shows it the personal fields of its own records as well.
    """
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
    projects = {info.key for info in programmes.infos if info.project}
    agreements = {}
    for number, owner in enumerate(owners, start=1):
        own = {f for f in fields_to_agree_on(owner) if f.startswith(f"{owner}.")}
        terms = Terms(
            number=f"{number:02}/TT-MH",
            programme=owner,
            purpose="Quản lý trường hợp trẻ em hưởng lợi (minh họa)",
            fields=FIELDS | own if owner in projects else FIELDS,
            areas=frozenset(chosen),
            valid_from=date(2018, 1, 1),
            valid_to=today.replace(year=today.year + YEARS_AHEAD, day=1),
        )
        agreement = conclude(session, partner.id, terms, programmes=programmes.keys, by=by, now=now)
        agreements[owner] = agreement.id
    return Partnership(partner.id, agreements, tuple(chosen))


def enrol_some(
    session: TenantSession,
    tenant: Tenant,
    partnership: Partnership,
    *,
    children: Sequence[DemoChild],
    now: datetime,
) -> None:
    """Enrol a few children under each agreement that the programme's own records left empty."""
    by, today = _province(tenant), local_date(now)
    there = [child for child in children if child.commune_id in partnership.communes]
    consent = Consent(guardian_on=today, child_on=today)
    for agreement_id in partnership.agreements.values():
        if enrolled(session, find_agreement(session, agreement_id)):
            continue
        for child in there[:ENROLLED]:
            enrol(session, agreement_id, child.id, consent, by=by, today=today, now=now)


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
