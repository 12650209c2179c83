"""The register's tenant with a profile that plans, and forms that know each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from core.areas.models import PROVINCE
from core.areas.repository import ancestors
from core.forms import service as forms
from core.forms.context import FormContext
from core.forms.lookups import SessionLookups
from core.identity.principal import Principal
from core.profiles.models import Agency, BudgetMinimum, PlannedActivity, TenantProfile
from core.register.service import find_child, find_household
from core.tenancy.reach import Reach
from tests.core.register.conftest import NOW, ON, Register, communes, register

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["communes", "register"]


@dataclass(frozen=True)
class Office:
    """Enters forms that name records of other forms, as a person with every right."""

    register: Register

    def enter(self, code: str, /, **answers: Any) -> UUID:
        """Store one record in this office's commune, unless another is said."""
        answers = {"commune_id": str(self.register.here)} | answers
        every = self.register.catalogue.forms
        form = every[f"core.{code}"]
        reach = Reach.whole_tenant()
        principal = Principal(
            account_id=None,
            tenant_id=self.register.tenant,
            tenant_slug="tinh",
            display_name="",
            roles=(),
            permissions=frozenset(
                {one.enters for one in every.values()} | {one.sees for one in every.values()}
            ),
            reach=reach,
        )
        with self.register.open(reach) as session:
            return forms.submit(
                session,
                form,
                answers,
                key=f"key-{next(_NUMBERS):06}",
                principal=principal,
                context=FormContext(
                    today=ON,
                    communes={self.register.here: "Đây", self.register.there: "Kia"},
                    find_child=lambda text: find_child(session, text),
                    find_household=lambda text: find_household(session, text),
                    lookups=SessionLookups(session, principal, every, ON),
                    forms=every,
                ),
                now=NOW,
            ).record_id


_NUMBERS = iter(range(1_000_000))


@pytest.fixture(scope="module")
def office(register: Register) -> Office:
    """A tenant whose profile of 2018 plans four activities and sets two minimums."""
    with register.open() as session:
        province = next(a.id for a in ancestors(session, register.here) if a.level == PROVINCE)
        profile = TenantProfile(
            code="p", valid_from=date(2018, 1, 1), area_id=province, legal_basis=[], source="test"
        )
        session.add(profile)
        session.flush()
        common = {"profile_id": profile.id, "source": "B.I.1"}
        session.add_all(
            PlannedActivity(
                code=code,
                kind=kind,
                title_vi=title,
                programme="core",
                year=year,
                quantity=quantity,
                unit=unit,
                units=[],
                **common,
            )
            for code, kind, title, year, quantity, unit in (
                ("T-A1", "quantified", "Mở điểm", 2018, 4, "point"),
                ("T-A2", "quantified", "Tập huấn", 2018, 100, "person"),
                ("T-B1", "unquantified", "Tuyên truyền", 2018, None, None),
                ("T-G1", "general_duty", "Quản lý", None, None, None),
                ("T-OLD", "quantified", "Năm khác", 2019, 1, "point"),
            )
        )
        session.add_all(
            BudgetMinimum(
                code=level,
                level=level,
                amount_vnd=amount,
                per="year",
                units=1,
                total_vnd=amount,
                **common,
            )
            for level, amount in (("district", 150_000_000), ("commune", 20_000_000))
        )
        session.add(
            Agency(
                code="health",
                listed_as="agency",
                role="agency",
                name_vi="Sở Y tế",
                name_en="Health",
                **common,
            )
        )
    return Office(register)
