"""The forms of money."""

from __future__ import annotations

from typing import Any

from core.kit.language import Text
from core.money import models, options, rules
from core.organisation.fields import COMMUNE, SEAT, choice, fixed
from core.organisation.forms import LEVEL
from core.plugin_api.forms import Field, Form, Part
from core.plugin_api.rules import answer
from core.register.fields import day, line

_VND = Text(vi="đồng", en="VND")
_MONEY: dict[str, Any] = {
    "enters": models.ENTER,
    "sees": models.READ,
    "source": "programmes §2.7",
}


def _amount(vi: str, en: str) -> Field:
    return Field(
        name="amount_vnd",
        label=Text(vi=vi, en=en),
        kind="integer",
        required=True,
        least=1,
        suffix=_VND,
    )


SOURCE_FORM = Form(
    code="core.funding_source",
    number="F-COR-NK",
    title=Text(vi="Nguồn kinh phí", en="Funding source"),
    purpose=Text(
        vi="Ghi nguồn kinh phí; nguồn có mục tiêu chỉ được chi đúng nội dung, đúng đối tượng.",
        en="Record a source of money; an earmarked one is spent on its purposes alone.",
    ),
    model=models.FundingSource,
    parts=(
        Part(
            Text(vi="Nguồn", en="Source"),
            (
                line("name", "Tên nguồn", "Name", required=True, max_length=200),
                choice("source_type", "Loại nguồn", "Kind", options.SOURCE),
                Field(
                    name="earmarked",
                    label=Text(vi="Chi theo mục tiêu", en="Earmarked"),
                    kind="yes_no",
                    required=True,
                ),
                Field(
                    name="purposes",
                    label=Text(vi="Nội dung được chi", en="May be spent on"),
                    kind="choices",
                    options=options.PURPOSE.options,
                    relevant=answer("earmarked").equals(True),
                ),
                Field(
                    name="beneficiaries",
                    label=Text(vi="Đối tượng được chi", en="May be spent for"),
                    kind="choices",
                    options=options.BENEFICIARY.options,
                    required=~answer("purposes").answered(),
                    relevant=answer("earmarked").equals(True),
                ),
                line("restriction", "Quy định về sử dụng", "Rule of its use", max_length=250),
            ),
        ),
    ),
    columns=("name", "source_type", "earmarked"),
    called="name",
    editable=True,
    **_MONEY,
)

LINE_FORM = Form(
    code="core.budget_line",
    number="F-COR-6",
    title=Text(vi="Dòng kinh phí", en="Budget line"),
    purpose=Text(
        vi="Ghi kinh phí bố trí cho đơn vị trong năm; hệ thống đối chiếu với mức tối thiểu.",
        en="Record what is set aside for a unit in a year; it is held against the minimum.",
    ),
    model=models.BudgetLine,
    parts=(
        Part(
            Text(vi="Dòng kinh phí", en="Budget line"),
            (
                Field(
                    name="year",
                    label=Text(vi="Năm ngân sách", en="Budget year"),
                    kind="integer",
                    required=True,
                    least=2000,
                    most=2100,
                    fixed=True,
                ),
                fixed(LEVEL),
                fixed(SEAT),
                Field(
                    name="source_id",
                    label=Text(vi="Nguồn", en="Source"),
                    kind="record",
                    of="core.funding_source",
                    required=True,
                ),
                _amount("Số tiền", "Amount"),
                line("decision_no", "Số quyết định", "Decision", required=True, max_length=60),
                Field(
                    name="activity_id",
                    label=Text(vi="Cho hoạt động", en="For the activity"),
                    kind="record",
                    of="core.plan_activity",
                ),
                line("programme_code", "Cho chương trình", "For the programme", max_length=60),
            ),
        ),
    ),
    columns=("decision_no", "year", "level", "commune_id", "source_id", "amount_vnd"),
    called="decision_no",
    editable=True,
    **_MONEY,
)

EXPENDITURE_FORM = Form(
    code="core.expenditure",
    number="F-COR-7",
    title=Text(vi="Khoản chi", en="Expenditure"),
    purpose=Text(
        vi="Ghi khoản chi của một dòng kinh phí; không ghi tên người hưởng.",
        en="Record what was spent of a line; name nobody who received it.",
    ),
    model=models.Expenditure,
    parts=(
        Part(
            Text(vi="Khoản chi", en="Expenditure"),
            (
                Field(
                    name="line_id",
                    label=Text(vi="Dòng kinh phí", en="Budget line"),
                    kind="record",
                    of="core.budget_line",
                    required=True,
                ),
                _amount("Số tiền", "Amount"),
                day("spent_on", "Ngày chi", "Spent on"),
                choice("purpose", "Nội dung chi", "Purpose", options.PURPOSE),
                choice("beneficiary_type", "Đối tượng", "For whom", options.BENEFICIARY),
                line("voucher_no", "Số chứng từ", "Voucher", max_length=60),
                Field(
                    name="case_ref",
                    label=Text(vi="Mã hồ sơ trường hợp", en="Case code"),
                    kind="text",
                    max_length=20,
                    help=Text(vi="Chỉ ghi mã, không ghi họ tên.", en="The code, never a name."),
                ),
                Field(
                    name="commune_id",
                    label=COMMUNE.label,
                    kind="commune",
                    computed=True,
                ),
            ),
        ),
    ),
    columns=("line_id", "commune_id", "amount_vnd", "spent_on", "purpose"),
    verify=rules.spending_faults,
    **_MONEY,  # not to be corrected: who keeps the books is not shown the code of a case again
)

DONATION_FORM = Form(
    code="core.donation",
    number="F-COR-VD",
    title=Text(vi="Khoản vận động, tài trợ", en="Donation"),
    purpose=Text(
        vi="Ghi tiền, hiện vật vận động cho Quỹ Bảo trợ trẻ em và quỹ khác vì trẻ em.",
        en="Record money and goods given to the Child Fund and other funds for children.",
    ),
    model=models.Donation,
    parts=(
        Part(
            Text(vi="Khoản tài trợ", en="Donation"),
            (
                line("fund", "Quỹ tiếp nhận", "Fund", required=True, max_length=120),
                line("donor", "Nhà tài trợ", "Donor", required=True, max_length=200),
                choice("kind", "Hình thức", "Kind", options.DONATION),
                _amount("Số tiền hoặc trị giá", "Amount or worth"),
                day("donated_on", "Ngày tiếp nhận", "Received on"),
                COMMUNE,
                Field(
                    name="earmark",
                    label=Text(vi="Dành cho nội dung", en="Given for"),
                    kind="choice",
                    options=options.PURPOSE.options,
                ),
                line("receipt_no", "Số biên nhận", "Receipt", max_length=60),
            ),
        ),
    ),
    columns=("fund", "kind", "commune_id", "amount_vnd", "donated_on", "earmark"),
    **_MONEY,  # nor is the donor
)

FORMS = (SOURCE_FORM, LINE_FORM, EXPENDITURE_FORM, DONATION_FORM)
