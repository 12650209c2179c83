"""The two forms of the register."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.kit.language import Text
from core.kit.text import fold, vi_sort_key
from core.plugin_api.forms import Field, Form, Part
from core.plugin_api.rules import answer
from core.register import options
from core.register.models import Child, Household

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMMUNE = Field(
    name="commune_id",
    label=Text(vi="Xã, phường, thị trấn", en="Commune"),
    kind="commune",
    required=True,
)
_RESIDENCE = Field(
    name="residence_status",
    label=Text(vi="Tình trạng cư trú", en="Residence"),
    kind="choice",
    required=True,
    options=options.RESIDENCE.options,
)


def household_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored beside the answers of the household form."""
    return {"head_fold": fold(answers["head_name"])}


def child_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored beside the answers of the child form."""
    return {
        "name_unknown": bool(answers["name_unknown"]),
        "name_sort": vi_sort_key(answers["full_name"] or ""),
    }


_HOUSEHOLD_FIELDS = (
    Field(
        name="household_code",
        label=Text(vi="Mã hộ", en="Household code"),
        kind="text",
        computed=True,
    ),
    replace(_COMMUNE, fixed=True),  # a household moves with its children
    Field(
        name="address",
        label=Text(vi="Địa chỉ", en="Address"),
        kind="text",
        required=True,
        max_length=250,
        help=Text(
            vi="Số nhà, đường, khóm, ấp, thôn, bản.",
            en="House number, street, hamlet or village.",
        ),
    ),
    Field(
        name="hamlet_id",
        label=Text(vi="Khóm, ấp, thôn, bản", en="Hamlet"),
        kind="hamlet",
    ),
    Field(
        name="head_name",
        label=Text(vi="Họ và tên chủ hộ", en="Name of the head of the household"),
        kind="text",
        required=True,
        max_length=120,
    ),
    Field(
        name="head_ethnicity",
        label=Text(vi="Dân tộc của chủ hộ", en="Ethnic group of the head"),
        kind="choice",
        options=options.ETHNICITY.options,
    ),
    _RESIDENCE,
)
_LIVING_FIELDS = (
    Field(
        name="poverty_status",
        label=Text(vi="Phân loại hộ theo chuẩn nghèo", en="Poverty classification"),
        kind="choice",
        required=True,
        options=options.POVERTY.options,
    ),
    Field(
        name="poverty_year",
        label=Text(vi="Năm phân loại", en="Year of the classification"),
        kind="integer",
        required=True,
        relevant=answer("poverty_status").differs("unknown"),
        least=2000,
        most=2100,
        help=Text(vi="Hộ được phân loại lại mỗi năm.", en="Households are classified every year."),
    ),
    Field(
        name="policy_family",
        label=Text(vi="Là gia đình chính sách", en="Policy family (merit or war invalid)"),
        kind="yes_no",
    ),
)

HOUSEHOLD_FORM = Form(
    code="core.household",
    code_column="household_code",
    number="F-COR-HH",
    title=Text(vi="Phiếu hộ gia đình", en="Household"),
    purpose=Text(
        vi="Ghi hộ gia đình có trẻ em vào sổ để theo dõi và hỗ trợ đúng đối tượng.",
        en="Enter a household with children, so that help reaches those entitled to it.",
    ),
    model=Household,
    parts=(
        Part(Text(vi="Hộ gia đình", en="Household"), _HOUSEHOLD_FIELDS),
        Part(Text(vi="Đời sống", en="Living conditions"), _LIVING_FIELDS),
    ),
    columns=("household_code", "commune_id", "poverty_status", "residence_status"),
    editable=True,
    enters="core.household.enter",
    sees="core.household.read",
    compute=household_columns,
)

_KNOWN_NAME = ~answer("name_unknown").equals(True)
_IN_HOUSEHOLD = answer("relation_to_head").differs("no_household")

_PERSON_FIELDS = (
    Field(
        name="child_code",
        label=Text(vi="Mã trẻ em", en="Child code"),
        kind="text",
        computed=True,
    ),
    Field(
        name="name_unknown",
        label=Text(vi="Chưa biết họ tên của trẻ", en="The child's name is not known"),
        kind="yes_no",
        help=Text(
            vi="Chỉ chọn «Có» với trẻ bị bỏ rơi hoặc chưa xác định được danh tính.",
            en="Only for abandoned children or those whose identity is not known yet.",
        ),
    ),
    Field(
        name="full_name",
        label=Text(vi="Họ và tên trẻ", en="Full name of the child"),
        kind="text",
        required=True,
        relevant=_KNOWN_NAME,
        max_length=120,
    ),
    Field(
        name="sex",
        label=Text(vi="Giới tính", en="Sex"),
        kind="choice",
        required=True,
        options=options.SEX.options,
    ),
    Field(
        name="date_of_birth",
        label=Text(vi="Ngày sinh", en="Date of birth"),
        kind="date",
        required=True,
        not_future=True,
        help=Text(
            vi="Nếu chỉ biết năm sinh, hãy ghi ngày 01/01 của năm đó và chọn bên dưới.",
            en="If only the year is known, write 01/01 of that year and say so below.",
        ),
    ),
    Field(
        name="dob_precision",
        label=Text(vi="Mức chính xác của ngày sinh", en="How exact the date of birth is"),
        kind="choice",
        required=True,
        options=options.PRECISION.options,
    ),
    Field(
        name="ethnicity",
        label=Text(vi="Dân tộc", en="Ethnic group"),
        kind="choice",
        required=True,
        options=options.ETHNICITY.options,
    ),
    Field(
        name="birth_registration",
        label=Text(vi="Đăng ký khai sinh", en="Birth registration"),
        kind="choice",
        required=True,
        options=options.BIRTH_REGISTRATION.options,
    ),
    Field(
        name="not_registered_reason",
        label=Text(vi="Lý do chưa đăng ký khai sinh", en="Why the birth is not registered"),
        kind="text",
        required=True,
        relevant=answer("birth_registration").equals("not_registered"),
        max_length=250,
    ),
)
_FAMILY_FIELDS = (
    replace(_COMMUNE, fixed=True),  # a child moves by a move, with all that is known of it
    Field(
        name="relation_to_head",
        label=Text(vi="Quan hệ với chủ hộ", en="Relation to the head of the household"),
        kind="choice",
        required=True,
        options=options.RELATION.options,
    ),
    Field(
        name="household_id",
        label=Text(vi="Hộ gia đình", en="Household"),
        kind="household",
        required=True,
        relevant=_IN_HOUSEHOLD,
        help=Text(
            vi="Ghi mã hộ, ví dụ HO-7KM3Q9XA. Nếu hộ chưa có trong sổ, hãy lập phiếu hộ trước.",
            en="The code of the household, such as HO-7KM3Q9XA. Enter a new household first.",
        ),
    ),
    _RESIDENCE,
)
_CARE_FIELDS = (
    Field(
        name="schooling",
        label=Text(vi="Tình trạng học tập", en="Schooling"),
        kind="choice",
        required=True,
        options=options.SCHOOLING.options,
    ),
    Field(
        name="health_insurance_card",
        label=Text(vi="Số thẻ bảo hiểm y tế", en="Health-insurance card"),
        kind="text",
        max_length=15,
        help=Text(
            vi="Trẻ dưới 6 tuổi phải có thẻ; nếu chưa có, hãy để trống.",
            en="Every child under six is to have one; leave empty if there is none yet.",
        ),
    ),
    Field(
        name="health_insurance_until",
        label=Text(vi="Thẻ có giá trị đến ngày", en="The card is valid until"),
        kind="date",
        relevant=answer("health_insurance_card").answered(),
        help=Text(
            vi="Để trống nếu thẻ không ghi ngày hết hạn.", en="Leave empty if none is given."
        ),
    ),
    Field(
        name="disability_types",
        label=Text(vi="Dạng khuyết tật", en="Disability"),
        kind="choices",
        options=options.DISABILITY.options,
        help=Text(
            vi="Không chọn nếu trẻ không khuyết tật.", en="Choose none if the child has none."
        ),
    ),
    Field(
        name="disability_severity",
        label=Text(vi="Mức độ khuyết tật", en="Degree of the disability"),
        kind="choice",
        required=True,
        relevant=answer("disability_types").answered(),
        options=options.SEVERITY.options,
        help=Text(
            vi="Theo giấy xác nhận khuyết tật; chưa có giấy thì chọn «Chưa xác định mức độ».",
            en="By the certificate of disability; without one: not determined yet.",
        ),
    ),
    Field(
        name="source",
        label=Text(vi="Nguồn thông tin", en="How the child became known"),
        kind="choice",
        required=True,
        options=options.SOURCE.options,
    ),
    Field(
        name="status",
        label=Text(vi="Tình trạng quản lý", en="Status"),
        kind="choice",
        options=options.CHILD_STATUS.options,
        computed=True,
    ),
)

CHILD_FORM = Form(
    code="core.child",
    code_column="child_code",
    number="F-COR-TE",
    title=Text(vi="Phiếu trẻ em", en="Child"),
    purpose=Text(
        vi="Ghi trẻ em vào sổ quản lý trẻ em của xã, phường, thị trấn.",
        en="Enter a child in the commune's register of children.",
    ),
    model=Child,
    parts=(
        Part(Text(vi="Trẻ em", en="The child"), _PERSON_FIELDS),
        Part(Text(vi="Nơi ở và gia đình", en="Home and family"), _FAMILY_FIELDS),
        Part(Text(vi="Học tập và chăm sóc", en="School and care"), _CARE_FIELDS),
    ),
    columns=("child_code", "commune_id", "sex", "date_of_birth", "schooling", "status"),
    editable=True,
    enters="core.child.enter",
    sees="core.child.read",
    compute=child_columns,
)
