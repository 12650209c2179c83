"""The forms of parents and caregivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.kit.language import Text
from core.kit.text import fold
from core.plugin_api.forms import Field, Form, Part
from core.plugin_api.rules import answer
from core.register.family import options
from core.register.family.models import Caregiver, ParentRecord
from core.register.fields import CHILD, COMMUNE, day, line

if TYPE_CHECKING:
    from collections.abc import Mapping

_BIRTH_YEAR = Field(
    name="birth_year",
    label=Text(vi="Năm sinh", en="Year of birth"),
    kind="integer",
    least=1900,
    most=2100,
)


def parent_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored beside the answers on a parent."""
    return {"name_fold": fold(answers["full_name"] or "")}


PARENT_FORM = Form(
    code="core.parent",
    number="F-COR-CM",
    title=Text(vi="Cha, mẹ của trẻ", en="Mother or father"),
    purpose=Text(
        vi="Ghi tình trạng của cha, mẹ để biết ai có thể chăm sóc trẻ.",
        en="Record a parent's situation, to know who can care for the child.",
    ),
    model=ParentRecord,
    parts=(
        Part(
            Text(vi="Cha hoặc mẹ", en="Parent"),
            (
                CHILD,
                COMMUNE,
                Field(
                    name="kind",
                    label=Text(vi="Là", en="Which parent"),
                    kind="choice",
                    required=True,
                    options=options.PARENT.options,
                ),
                line("full_name", "Họ và tên", "Full name", max_length=120),
                _BIRTH_YEAR,
                Field(
                    name="life_status",
                    label=Text(vi="Còn sống hay đã mất", en="Alive or dead"),
                    kind="choice",
                    required=True,
                    options=options.LIFE.options,
                ),
                Field(
                    name="availability",
                    label=Text(vi="Khả năng chăm sóc trẻ", en="Availability"),
                    kind="choice",
                    required=True,
                    relevant=answer("life_status").equals("alive"),
                    options=options.AVAILABILITY.options,
                ),
                day("as_of", "Tình trạng vào ngày", "As found on"),
            ),
        ),
    ),
    columns=("kind", "commune_id", "life_status", "availability", "as_of"),
    enters="core.child.enter",
    sees="core.child.read",
    compute=parent_columns,
    editable=True,
    source="programmes §2.2",
)

CAREGIVER_FORM = Form(
    code="core.caregiver",
    number="F-COR-CS",
    title=Text(vi="Người chăm sóc trẻ", en="Caregiver"),
    purpose=Text(
        vi="Ghi người đang chăm sóc trẻ, khi cha mẹ không chăm sóc hoặc cùng chăm sóc.",
        en="Record who takes care of the child, beside or in place of the parents.",
    ),
    model=Caregiver,
    parts=(
        Part(
            Text(vi="Người chăm sóc", en="Caregiver"),
            (
                CHILD,
                COMMUNE,
                line("full_name", "Họ và tên", "Full name", required=True, max_length=120),
                Field(
                    name="relation",
                    label=Text(vi="Quan hệ với trẻ", en="Relation to the child"),
                    kind="choice",
                    required=True,
                    options=options.CARER.options,
                ),
                _BIRTH_YEAR,
                line("phone", "Điện thoại", "Telephone", max_length=20),
                Field(
                    name="is_primary",
                    label=Text(vi="Là người chăm sóc chính", en="Is the main caregiver"),
                    kind="yes_no",
                    required=True,
                ),
                day("from_date", "Từ ngày", "From"),
            ),
        ),
    ),
    columns=("relation", "commune_id", "is_primary", "from_date"),
    enters="core.child.enter",
    sees="core.child.read",
    editable=True,
    source="programmes §2.2",
)
