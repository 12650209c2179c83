"""The provinces, as every view of the ministry lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.kit.language import Text
from core.tenancy.models import Tenant

if TYPE_CHECKING:
    from core.aggregate.scope import MinistrySession

PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Province:
    """A province that reports, in the order in which provinces are listed."""

    tenant_id: int
    slug: str
    name: Text


def provinces(session: MinistrySession) -> tuple[Province, ...]:
    """Every province that is on the platform."""
    rows = session.execute(
        select(Tenant.id, Tenant.slug, Tenant.name_vi, Tenant.name_en)
        .where(Tenant.kind == PROVINCE)
        .order_by(Tenant.id)
    )
    return tuple(Province(tenant, slug, Text(vi=vi, en=en)) for tenant, slug, vi, en in rows)
