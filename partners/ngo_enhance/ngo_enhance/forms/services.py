"""F-ENH-3: the service log. Written once; the province counts it from a copy and never twice.

Each service is copied to the child's supports in the register; what is a package of child labour
as well to the child's case there; a livelihood to the family. The project's own figures are part
of the province's, and are never added to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Field, Form, Part, Submission, Text, answer
from ngo_enhance import codes
from ngo_enhance.forms.asked import (
    CHILD,
    COMMUNE,
    VND,
    beneficiary,
    choice,
    day,
    of_beneficiary,
    words,
)
from ngo_enhance.models import (
    BeneficiaryHousehold,
    FirstLivelihood,
    FirstSchooling,
    ProjectService,
)
from ngo_enhance.permissions import ENTER_SERVICE, READ_SERVICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from core.plugin_api import Fault, Records

_LIVELIHOOD = answer("kind").equals(codes.LIVELIHOOD)
_TO_FAMILY = ("indirect_family", "referral")


def verify_service(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """To a child of the project, in its commune, since it was chosen."""
    yield from of_beneficiary(records, answers, "given_on")


def copies(records: Records, row: ProjectService) -> Iterator[Submission | FirstSchooling]:
    """What the province counts of a service, and the first schooling of the child."""
    found = beneficiary(records, row.child_id)
    if found is None:  # refused before
        return
    yield _support(row)
    package = codes.PACKAGE_OF.get(row.kind)
    if package is not None:
        yield _package(row, package, str(found["labour_case_id"]))
    if row.kind == codes.LIVELIHOOD and found["household_id"] is not None:
        yield from _to_household(row, str(found["household_id"]))
    mine = answer("child_id").equals(row.child_id)
    if row.kind in codes.SCHOOLING and not records.count(FirstSchooling, mine):
        yield FirstSchooling(child_id=row.child_id, day=row.given_on)


def _support(row: ProjectService) -> Submission:
    answers = {
        "child_id": str(row.child_id),
        "commune_id": str(row.commune_id),
        "delivered_on": _said(row.given_on),
        "support_type": codes.SUPPORT_OF[row.kind],
        "protection_level": "prevention" if row.kind in _TO_FAMILY else "intervention",
        "provider": row.provider,
        "funding_source": codes.MARK,
        "amount_vnd": row.cost_vnd,
        "programme_code": codes.MARK,
    }
    return Submission("core.support_delivery", answers, row.given_on, copy=True)


def _package(row: ProjectService, kind: str, case: str) -> Submission:
    answers = {
        "commune_id": str(row.commune_id),
        "labour_case_id": case,
        "kind": kind,
        "provider": row.provider,
        "starts_on": _said(row.given_on),
        "cost_vnd": row.cost_vnd,
        "source": "project",
    }
    return Submission("child_labour.support", answers, row.given_on, copy=True)


def _to_household(row: ProjectService, household: str) -> Iterator[Submission]:
    shared = {
        "commune_id": str(row.commune_id),
        "household_id": household,
        "kind": row.livelihood_kind,
        "given_on": _said(row.given_on),
        "value_vnd": row.cost_vnd,
    }
    yield Submission("child_labour.livelihood", shared, row.given_on, copy=True)
    own = shared | {"child_id": str(row.child_id)}
    yield Submission("ngo_enhance.household", own, row.given_on, copy=True)


def first_livelihood(records: Records, row: BeneficiaryHousehold) -> Iterator[FirstLivelihood]:
    """The family's first from the project."""
    if not records.count(FirstLivelihood, answer("household_id").equals(row.household_id)):
        yield FirstLivelihood(household_id=row.household_id, day=row.given_on)


def _said(day_: date) -> str:
    return f"{day_:%d/%m/%Y}"


SERVICE = Form(
    code="ngo_enhance.service",
    number="F-ENH-3",
    title=Text(vi="Nhật ký dịch vụ", en="Service log"),
    purpose=Text(
        vi="Ghi từng dịch vụ của dự án cho trẻ em hưởng lợi; ghi một lần, số liệu của tỉnh tự có.",
        en="Records each service to a beneficiary; written once, the province's figures follow.",
    ),
    model=ProjectService,
    parts=(
        Part(
            Text(vi="Dịch vụ", en="Service"),
            (
                CHILD,
                COMMUNE,
                choice("kind", "Loại dịch vụ", "Kind of service", codes.SERVICES),
                day("given_on", "Ngày cung cấp", "Given on"),
                words("provider", "Đơn vị cung cấp", "Given by"),
                Field(
                    name="livelihood_kind",
                    label=Text(vi="Loại hỗ trợ sinh kế", en="Kind of livelihood support"),
                    kind="choice",
                    options=codes.LIVELIHOODS,
                    required=_LIVELIHOOD,
                    relevant=_LIVELIHOOD,
                ),
                Field(
                    name="cost_vnd",
                    label=Text(vi="Chi phí", en="Cost"),
                    kind="integer",
                    required=_LIVELIHOOD,
                    least=1,
                    suffix=VND,
                ),
            ),
        ),
    ),
    columns=("kind", "commune_id", "given_on", "provider", "cost_vnd"),
    enters=ENTER_SERVICE,
    sees=READ_SERVICE,
    verify=verify_service,
    makes=copies,
    source="Domain page of the programmes, §8 F-ENH-3",
)

HOUSEHOLD = Form(
    code="ngo_enhance.household",
    number="F-ENH-3a",
    title=Text(vi="Hỗ trợ sinh kế hộ hưởng lợi", en="Livelihood of a beneficiary's family"),
    purpose=Text(
        vi="Được lập từ nhật ký dịch vụ; mỗi hộ chỉ tính một lần.",
        en="Made from the service log; each family counts once.",
    ),
    model=BeneficiaryHousehold,
    parts=(
        Part(
            Text(vi="Hộ gia đình", en="Family"),
            (
                CHILD,
                COMMUNE,
                Field(
                    name="household_id",
                    label=Text(vi="Hộ gia đình", en="Household"),
                    kind="household",
                    required=True,
                ),
                choice("kind", "Loại hỗ trợ sinh kế", "Kind", codes.LIVELIHOODS),
                day("given_on", "Ngày hỗ trợ", "Given on"),
                Field(
                    name="value_vnd",
                    label=Text(vi="Trị giá", en="Worth"),
                    kind="integer",
                    required=True,
                    least=1,
                    suffix=VND,
                ),
            ),
        ),
    ),
    columns=("kind", "commune_id", "given_on", "value_vnd"),
    enters=ENTER_SERVICE,
    sees=READ_SERVICE,
    verify=verify_service,
    makes=first_livelihood,
    takes_copies=True,
    source="Domain page of the programmes, §8 beneficiary_household",
)
