"""A second person confirms the category of a screening, or overrides it with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Field, Form, Part, Text, answer
from plugins.child_labour import codes
from plugins.child_labour.forms.asked import COMMUNE, day
from plugins.child_labour.forms.worst_forms import NOT_HERE
from plugins.child_labour.models import ClassificationStep, LabourClassification
from plugins.child_labour.permissions import ENTER_CONFIRM, READ

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_SCREENING = "child_labour.screening"
_HARMFUL = (codes.HAZARDOUS, codes.WORST_FORM)


def verify(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """One for each screening, in its commune; another category than the rules' has a reason."""
    screening = records.get(_SCREENING, answers["screening_id"])
    if screening is None:
        return
    if records.count(CLASSIFICATION.code, answer("screening_id").equals(screening["id"])):
        yield Fault(
            "screening_id",
            Text(
                vi="Lượt rà soát này đã được xác nhận.", en="This screening was confirmed already."
            ),
        )
    if screening["commune_id"] != answers["commune_id"]:
        yield Fault(
            "commune_id",
            Text(
                vi="Lượt rà soát này thuộc xã khác.", en="This screening lies in another commune."
            ),
        )
    if answers["category"] != screening["category"] and not answers["override_reason"]:
        yield Fault(
            "override_reason",
            Text(
                vi="Phân loại khác với kết quả tự động: hãy ghi lý do.",
                en="It departs from the automatic category: give the reason.",
            ),
        )


def steps(records: Records, row: LabourClassification) -> Iterator[ClassificationStep]:
    """What another category than the rules' changes in the figures of the screening."""
    screening = records.get(_SCREENING, row.screening_id)
    if screening is None or screening["category"] == row.category:
        return
    was, now = screening["category"], row.category
    yield ClassificationStep(
        commune_id=screening["commune_id"],
        screening_id=row.screening_id,
        screened_on=screening["screened_on"],
        sex=screening["sex"],
        age=screening["age_at_screening"],
        age_group=screening["age_group"],
        sector=screening["sector"],
        labour=(now in codes.AGAINST_THE_LAW) - (was in codes.AGAINST_THE_LAW),
        hazardous=(now in _HARMFUL) - (was in _HARMFUL),
        at_risk=(now == codes.AT_RISK) - (was == codes.AT_RISK),
    )


CLASSIFICATION = Form(
    code="child_labour.classification",
    number="F-LAB-1a",
    title=Text(vi="Phiếu xác nhận phân loại", en="Confirmation of a category"),
    purpose=Text(
        vi="Cán bộ cấp huyện xác nhận kết quả phân loại của lượt rà soát, hoặc phân loại khác kèm "
        "lý do.",
        en="A district officer confirms the category of a screening, or gives another with a "
        "reason.",
    ),
    model=LabourClassification,
    parts=(
        Part(
            Text(vi="Lượt rà soát và kết luận", en="Screening and conclusion"),
            (
                COMMUNE,
                Field(
                    name="screening_id",
                    label=Text(vi="Lượt rà soát", en="Screening"),
                    kind="record",
                    of=_SCREENING,
                    required=True,
                ),
                day("decided_on", "Ngày xác nhận", "Confirmed on"),
                Field(
                    name="category",
                    label=Text(vi="Phân loại", en="Category"),
                    kind="choice",
                    options=codes.MAY_CONCLUDE,
                    required=True,
                    help=NOT_HERE,
                ),
                Field(
                    name="override_reason",
                    label=Text(
                        vi="Lý do nếu khác kết quả tự động", en="Why it departs from the rules"
                    ),
                    kind="textarea",
                    max_length=500,
                ),
            ),
        ),
    ),
    columns=("decided_on", "commune_id", "category"),
    enters=ENTER_CONFIRM,
    sees=READ,
    verify=verify,
    makes=steps,
    source="Domain page of the programmes, §4.3 F-LAB-1 (override) and §4.6",
)
