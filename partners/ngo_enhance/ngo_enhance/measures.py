"""What the project counts: subtotals of the province's figures, never added to them.

Source: domain page of the programmes, §8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Measure, Text
from ngo_enhance import codes
from ngo_enhance.models import (
    BeneficiaryChild,
    BeneficiaryExit,
    CapacityEvent,
    FirstLivelihood,
    FirstSchooling,
    Outcome,
    ProjectMaterial,
    ProjectService,
    ProjectSite,
)

if TYPE_CHECKING:
    from core.plugin_api import Option

BENEFICIARIES = "ngo_enhance.beneficiaries"
SERVICES = "ngo_enhance.services"
SERVICE_COST = "ngo_enhance.service_vnd"
SCHOOLED = "ngo_enhance.children_in_schooling"
OUTCOMES = "ngo_enhance.children_out_of_hazard"
FAMILIES = "ngo_enhance.families_supported"
EXITS = "ngo_enhance.exits"
TRAINED = "ngo_enhance.persons_trained"
MATERIALS = "ngo_enhance.materials"
SITES = "ngo_enhance.sites"


def measures() -> tuple[Measure, ...]:
    """Beneficiaries and what they were given; training, material, communes."""
    return (*_children(), *_given(), *_around())


def _children() -> tuple[Measure, ...]:
    return (
        Measure(
            code=BENEFICIARIES,
            name=Text(vi="Trẻ em hưởng lợi có hồ sơ", en="Beneficiary children with a file"),
            model=BeneficiaryChild,
            kind="flow",
            date="selected_on",
            where=BeneficiaryChild.consented.is_(True),
            sex="sex",
            age="age",
            source="F-ENH-1",
        ),
        _once(SCHOOLED, "Trẻ tiếp cận học tập, học nghề", "Children in schooling", FirstSchooling),
        Measure(
            code=OUTCOMES,
            name=Text(vi="Trẻ rút khỏi, giảm lao động nguy hiểm", en="Children out of hazard"),
            model=Outcome,
            kind="flow",
            date="day",
            detail="kind",
            detail_options=codes.OUTCOMES,
            source="F-ENH-2",
        ),
        _once(FAMILIES, "Hộ được hỗ trợ sinh kế", "Families with a livelihood", FirstLivelihood),
        Measure(
            code=EXITS,
            name=Text(vi="Trẻ kết thúc tham gia", en="Children who left"),
            model=BeneficiaryExit,
            kind="flow",
            date="left_on",
            detail="reason",
            detail_options=codes.EXITS,
            source="F-ENH-6",
        ),
    )


def _once(code: str, vi: str, en: str, model: type[FirstSchooling | FirstLivelihood]) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=model,
        kind="flow",
        date="day",
        source="F-ENH-3",
    )


def _given() -> tuple[Measure, ...]:
    return (
        Measure(
            code=SERVICES,
            name=Text(vi="Lượt dịch vụ của dự án", en="Services of the project"),
            model=ProjectService,
            kind="flow",
            date="given_on",
            detail="kind",
            detail_options=codes.SERVICES,
            source="F-ENH-3",
        ),
        Measure(
            code=SERVICE_COST,
            name=Text(vi="Kinh phí dịch vụ", en="Money spent on services"),
            model=ProjectService,
            kind="flow",
            date="given_on",
            where=ProjectService.cost_vnd.is_not(None),
            sums="cost_vnd",
            detail="kind",
            detail_options=codes.SERVICES,
            source="F-ENH-3",
        ),
    )


def _around() -> tuple[Measure, ...]:
    return (
        _summed(
            TRAINED,
            Text(vi="Lượt người được dự án tập huấn", en="Persons trained by the project"),
            CapacityEvent,
            ("held_on", "participants", "audience"),
            codes.TRAINED,
        ),
        _summed(
            MATERIALS,
            Text(vi="Pa-nô, áp phích, tờ rơi của dự án", en="Material of the project"),
            ProjectMaterial,
            ("put_up_on", "quantity", "kind"),
            codes.MATERIALS,
        ),
        Measure(
            code=SITES,
            name=Text(vi="Xã dự án", en="Communes of the project"),
            model=ProjectSite,
            kind="stock",
            date="from_day",
            until="until_day",
            source="F-ENH-0a",
        ),
    )


def _summed(
    code: str,
    name: Text,
    model: type[CapacityEvent | ProjectMaterial],
    columns: tuple[str, str, str],
    options: tuple[Option, ...],
) -> Measure:
    """``columns`` are the day, what is added up, and the kind."""
    day, sums, detail = columns
    return Measure(
        code=code,
        name=name,
        model=model,
        kind="flow",
        date=day,
        sums=sums,
        detail=detail,
        detail_options=options,
        source="F-ENH-4",
    )
