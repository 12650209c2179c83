"""F-ORP-3: a child is entitled to a monthly allowance, by the amounts of the day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Form, Part, Text, answer
from plugins.orphan_care.asking import ask, child, commune, must, not_before, past_day, told
from plugins.orphan_care.benefits import amounts, codes
from plugins.orphan_care.benefits.models import BenefitEntitlement
from plugins.orphan_care.permissions import BENEFIT_ENTER, BENEFIT_READ

if TYPE_CHECKING:
    from collections.abc import Mapping

_DONG = Text(vi="đồng", en="VND")
_UNCONFIRMED = answer("category").differs(amounts.ORPHAN)


def entitlement_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Coefficient, base and amount on the first day, and when they change and end."""
    born, starts, ended = answers["born_on"], answers["starts_on"], answers["ends_on"]
    confirmed = amounts.coefficient_on(answers["category"], born, starts)
    tenths: Any = answers["stated_tenths"] or confirmed
    base = max(amounts.base_on(starts), answers["stated_base_vnd"] or 0)
    ends_by = amounts.ends_by(born, studying=answers["studying"])
    changes_on = amounts.birthday(born, amounts.CHANGES_AT)
    return {
        "coefficient_tenths": tenths,
        "base_vnd": base,
        "amount_vnd": amounts.amount(base, tenths),
        "ends_by": ends_by,
        "changes_on": changes_on if starts < changes_on else None,
        # a child too old from the first day on is counted on no day
        "counted_until": max(starts, min(ends_by, ended + timedelta(days=1) if ended else ends_by)),
    }


_WHO = Part(
    Text(vi="Trẻ em và đối tượng", en="The child and the category"),
    (
        commune("Nơi trẻ đang sống (cấp xã)", "Commune where the child lives"),
        child(),
        past_day("born_on", "Ngày sinh của trẻ", "Child's date of birth"),
        ask("choice", "category", "Nhóm đối tượng", "Category", options=amounts.CATEGORIES),
        ask(
            "yes_no",
            "studying",
            "Đang đi học (được hưởng tiếp sau 16 tuổi, đến 22 tuổi)",
            "In education, so that it goes on after 16 and up to 22",
        ),
    ),
)

_DECISION = Part(
    Text(vi="Quyết định và mức hưởng", en="The decision and the amount"),
    (
        ask("text", "decision_no", "Số quyết định", "Decision no.", max_length=50),
        past_day("decided_on", "Ngày quyết định", "Decided on"),
        ask(
            "date",
            "starts_on",
            "Hưởng từ ngày",
            "From",
            checks=(
                not_before(
                    "starts_on",
                    "born_on",
                    "Ngày hưởng không thể trước ngày sinh.",
                    "It cannot begin before the child is born.",
                ),
            ),
        ),
        ask(
            "date",
            "ends_on",
            "Đến hết ngày (nếu đã thôi hưởng)",
            "Last day, if it was ended",
            required=False,
            checks=(
                not_before(
                    "ends_on",
                    "starts_on",
                    "Ngày thôi hưởng không thể trước ngày hưởng.",
                    "It cannot end before it begins.",
                ),
            ),
        ),
        ask(
            "integer",
            "stated_tenths",
            "Hệ số ghi trong quyết định, tính bằng phần mười (15 là 1,5)",
            "Coefficient of the decision, in tenths (15 is 1.5)",
            required=_UNCONFIRMED,
            relevant=_UNCONFIRMED,
            least=1,
            most=100,
            help=Text(
                vi="Nhóm trẻ em mồ côi đã có hệ số: 2,5 khi dưới 4 tuổi; 1,5 từ đủ 4 tuổi.",
                en="For orphans it is known: 2.5 under 4 years, 1.5 from 4 years on.",
            ),
        ),
        ask(
            "integer",
            "stated_base_vnd",
            "Mức chuẩn của tỉnh (nếu cao hơn mức chung)",
            "The province's base level, if it is higher",
            required=False,
            least=1,
            suffix=_DONG,
            checks=(
                must(
                    answer("stated_base_vnd").at_least(amounts.BASE_LEVELS[0].base_vnd),
                    "Mức chuẩn của tỉnh không thể thấp hơn mức chung của Nhà nước.",
                    "The province's base cannot be below the state's.",
                ),
            ),
        ),
        ask(
            "choice",
            "payment_method",
            "Hình thức chi trả",
            "How it is paid",
            options=codes.METHODS,
        ),
        told("coefficient_tenths", "Hệ số (phần mười)", "Coefficient (tenths)"),
        told("base_vnd", "Mức chuẩn (đồng)", "Base level (VND)"),
        told("amount_vnd", "Mức hưởng hằng tháng (đồng)", "Amount a month (VND)"),
        told("changes_on", "Đổi hệ số vào ngày", "Coefficient changes on"),
        told("ends_by", "Hết tuổi hưởng vào ngày", "Ends by age on"),
    ),
)

ENTITLEMENT = Form(
    code="orphan_care.entitlement",
    number="F-ORP-3",
    title=Text(vi="Hưởng trợ cấp xã hội hằng tháng", en="Monthly allowance"),
    purpose=Text(
        vi="Ghi quyết định trợ cấp; chương trình tính mức hưởng theo mức chuẩn và hệ số của ngày "
        "bắt đầu hưởng.",
        en="The decision on an allowance; the amount follows from base and coefficient of its "
        "first day.",
    ),
    model=BenefitEntitlement,
    parts=(_WHO, _DECISION),
    columns=("starts_on", "commune_id", "category", "amount_vnd"),
    enters=BENEFIT_ENTER,
    sees=BENEFIT_READ,
    compute=entitlement_columns,
    source="Domain page of the programmes, §6.5 F-ORP-3 and §7",
)

FORMS = (ENTITLEMENT,)
