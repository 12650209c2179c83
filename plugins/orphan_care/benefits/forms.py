"""F-ORP-3: a child is entitled to a monthly allowance, by the amounts of the day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Form, Offer, Part, Roster, Text, answer
from plugins.orphan_care.asking import ask, child, commune, fixed, must, not_before, past_day, told
from plugins.orphan_care.benefits import amounts, codes
from plugins.orphan_care.benefits.models import (
    BenefitEntitlement,
    BenefitPayment,
    Dossier,
    DossierItem,
)
from plugins.orphan_care.permissions import BENEFIT_ENTER, BENEFIT_READ

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_DONG = Text(vi="đồng", en="VND")
_UNCONFIRMED = answer("category").differs(amounts.ORPHAN)


def entitlement_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Coefficient, base and amount on the first day, and when they change and end."""
    born, starts, ended = answers["born_on"], answers["starts_on"], answers["ends_on"]
    confirmed = amounts.coefficient_on(answers["category"], born, starts)
    coefficient: Any = answers["stated_coefficient"] or confirmed
    base = max(amounts.base_on(starts), answers["stated_base_vnd"] or 0)
    ends_by = amounts.ends_by(born, studying=answers["studying"])
    changes_on = amounts.birthday(born, amounts.CHANGES_AT)
    return {
        "coefficient": coefficient,
        "base_vnd": base,
        "amount_vnd": amounts.amount(base, coefficient),
        "ends_by": ends_by,
        "changes_on": changes_on if starts < changes_on else None,
        # a child too old from the first day on is counted on no day
        "counted_until": max(starts, min(ends_by, ended + timedelta(days=1) if ended else ends_by)),
    }


def check_entitlement(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Young enough on the first day, and no other allowance in force."""
    starts = answers["starts_on"]
    if amounts.ends_by(answers["born_on"], studying=answers["studying"]) <= starts:
        yield Fault(
            "starts_on",
            Text(
                vi="Ngày hưởng sau khi trẻ đã hết tuổi hưởng.",
                en="By that day the child is too old for it.",
            ),
        )
    same = answer("child_id").equals(answers["child_id"])
    in_force = answer("starts_on").at_most(starts) & answer("counted_until").above(starts)
    if records.count(BenefitEntitlement, same & in_force):
        yield Fault(
            "child_id",
            Text(
                vi="Trẻ đang hưởng một khoản trợ cấp khác; hãy ghi ngày thôi hưởng trước.",
                en="The child has another allowance; record its end first.",
            ),
        )


def missing_items(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The required papers that were not received, by what they are called."""
    received = {row["item"] for row in answers["items"]}
    names = {one.value: one.label.vi for one in codes.ITEMS}
    needed = codes.REQUIRED[answers["kind"]]
    return tuple(names[item] for item in needed if item not in received)


def dossier_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Complete when every required paper is there."""
    return {"complete": not missing_items(answers)}


def check_dossier(_records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Not submitted while a required paper is missing; each paper once."""
    missing = missing_items(answers)
    if answers["submitted_on"] is not None and missing:
        yield Fault(
            "submitted_on",
            Text(
                vi=f"Chưa thể nộp, còn thiếu: {'; '.join(missing)}.",
                en=f"It cannot be submitted: {len(missing)} required papers are missing.",
            ),
        )
    seen: set[str] = set()
    for number, row in enumerate(answers["items"]):
        if row["item"] in seen:
            message = Text(vi="Giấy tờ này đã có ở dòng trên.", en="This paper stands above.")
            yield Fault(f"items.{number}.item", message)
        seen.add(row["item"])


def payment_of(records: Records, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Where the child lives, and what is paid a month."""
    found = records.get(BenefitEntitlement, answers.get("entitlement_id"))
    return {k: found[k] for k in ("commune_id", "amount_vnd")} if found else {}


def payment_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """A month is its first day."""
    return {"month": answers["month"].replace(day=1)}


def check_payment(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """While entitled, once for each month."""
    found = records.get(BenefitEntitlement, answers["entitlement_id"])
    month = answers["month"].replace(day=1)
    if found is None:
        return
    if found["commune_id"] != answers["commune_id"]:
        yield Fault("commune_id", Text(vi="Hãy chọn đúng xã của trẻ.", en="Not the child's."))
    if not found["starts_on"].replace(day=1) <= month < found["counted_until"]:
        yield Fault(
            "month",
            Text(
                vi="Trẻ không được hưởng trợ cấp trong tháng này.",
                en="The child is not entitled in that month.",
            ),
        )
    same = answer("entitlement_id").equals(found["id"]) & answer("month").equals(month)
    if records.count(BenefitPayment, same):
        message = Text(vi="Tháng này đã được ghi.", en="That month is recorded already.")
        yield Fault("month", message)


_WHO = Part(
    Text(vi="Trẻ em và đối tượng", en="The child and the category"),
    (
        fixed(commune("Nơi trẻ đang sống (cấp xã)", "Commune where the child lives")),
        fixed(child()),
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
            "decimal",
            "stated_coefficient",
            "Hệ số ghi trong quyết định",
            "Coefficient of the decision",
            required=_UNCONFIRMED,
            relevant=_UNCONFIRMED,
            least=0,
            most=10,
            places=1,
            checks=(
                must(
                    answer("stated_coefficient").above(0),
                    "Hệ số phải lớn hơn 0.",
                    "The coefficient must be more than 0.",
                ),
            ),
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
        told("decimal", "coefficient", "Hệ số", "Coefficient", places=1),
        told("integer", "base_vnd", "Mức chuẩn", "Base level", suffix=_DONG),
        told("integer", "amount_vnd", "Mức hưởng hằng tháng", "Amount a month", suffix=_DONG),
        told("date", "changes_on", "Đổi hệ số vào ngày", "Coefficient changes on"),
        told("date", "ends_by", "Hết tuổi hưởng vào ngày", "Ends by age on"),
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
    editable=True,
    enters=BENEFIT_ENTER,
    sees=BENEFIT_READ,
    compute=entitlement_columns,
    verify=check_entitlement,
    called="decision_no",
    source="Domain page of the programmes, §6.5 F-ORP-3 and §7",
)

DOSSIER = Form(
    code="orphan_care.dossier",
    number="F-ORP-2",
    title=Text(vi="Hồ sơ của trẻ em", en="A child's dossier"),
    purpose=Text(
        vi="Theo dõi thành phần hồ sơ: đã nhận gì, còn thiếu gì, nộp và được giải quyết khi nào.",
        en="Which papers are there and which are missing, when it was submitted and decided.",
    ),
    model=Dossier,
    parts=(
        Part(
            Text(vi="Hồ sơ", en="The dossier"),
            (
                commune("Nơi trẻ đang sống (cấp xã)", "Commune where the child lives"),
                child(),
                ask("choice", "kind", "Loại hồ sơ", "Kind", options=codes.DOSSIERS),
                past_day("opened_on", "Ngày lập", "Begun on"),
                told("yes_no", "complete", "Đủ thành phần bắt buộc", "Complete"),
            ),
        ),
        Part(
            Text(vi="Nộp và giải quyết", en="Submitted and decided"),
            (
                past_day(
                    "submitted_on",
                    "Ngày nộp",
                    "Submitted on",
                    required=answer("decided_on").answered(),
                    checks=(
                        not_before(
                            "submitted_on",
                            "opened_on",
                            "Ngày nộp không thể trước ngày lập.",
                            "It is not submitted before it is begun.",
                        ),
                    ),
                ),
                past_day(
                    "decided_on",
                    "Ngày quyết định",
                    "Decided on",
                    required=False,
                    checks=(
                        not_before(
                            "decided_on",
                            "submitted_on",
                            "Ngày quyết định không thể trước ngày nộp.",
                            "It is not decided before it is submitted.",
                        ),
                    ),
                ),
                ask(
                    "text",
                    "decision_no",
                    "Số quyết định",
                    "Decision no.",
                    required=answer("decided_on").answered(),
                    relevant=answer("decided_on").answered(),
                    max_length=50,
                ),
                ask(
                    "choice",
                    "result",
                    "Kết quả",
                    "Result",
                    options=codes.RESULTS,
                    required=answer("decided_on").answered(),
                    relevant=answer("decided_on").answered(),
                ),
            ),
        ),
    ),
    rosters=(
        Roster(
            name="items",
            title=Text(vi="Giấy tờ đã nhận", en="Papers received"),
            model=DossierItem,
            parent="dossier_id",
            most=len(codes.ITEMS),
            fields=(
                ask("choice", "item", "Giấy tờ", "Paper", options=codes.ITEMS),
                past_day("received_on", "Nhận ngày", "Received on"),
            ),
        ),
    ),
    columns=("opened_on", "commune_id", "kind", "complete"),
    editable=True,
    enters=BENEFIT_ENTER,
    sees=BENEFIT_READ,
    compute=dossier_columns,
    verify=check_dossier,
    offers=(
        Offer(
            form="orphan_care.entitlement",
            label=Text(vi="Ghi việc hưởng trợ cấp", en="Record the allowance"),
            when=answer("kind").equals(codes.ALLOWANCE) & answer("result").equals(codes.GRANTED),
            carry={
                "child_id": "child_id",
                "commune_id": "commune_id",
                "decision_no": "decision_no",
                "decided_on": "decided_on",
            },
        ),
    ),
    source="Domain page of the programmes, §6.5 F-ORP-2",
)

PAYMENT = Form(
    code="orphan_care.payment",
    number="",
    title=Text(vi="Chi trả trợ cấp hằng tháng", en="Payment of an allowance"),
    purpose=Text(
        vi="Ghi việc chi trả của từng tháng; tháng chưa chi trả cũng được ghi.",
        en="What was paid for a month; a month that was not paid is recorded too.",
    ),
    model=BenefitPayment,
    parts=(
        Part(
            Text(vi="Chi trả", en="The payment"),
            (
                fixed(
                    ask(
                        "record",
                        "entitlement_id",
                        "Trợ cấp (số quyết định)",
                        "Allowance, by its decision",
                        of="orphan_care.entitlement",
                    )
                ),
                fixed(commune("Nơi trẻ đang sống (cấp xã)", "Commune where the child lives")),
                fixed(past_day("month", "Của tháng (một ngày trong tháng)", "For the month of")),
                ask("integer", "amount_vnd", "Số tiền", "Amount", least=1, suffix=_DONG),
                ask("choice", "status", "Tình trạng", "Status", options=codes.PAYMENTS),
                past_day(
                    "paid_on",
                    "Chi trả ngày",
                    "Paid on",
                    required=answer("status").equals(codes.PAID),
                    relevant=answer("status").equals(codes.PAID),
                ),
                ask("text", "receipt", "Số chứng từ", "Receipt", required=False, max_length=50),
            ),
        ),
    ),
    columns=("month", "commune_id", "amount_vnd", "status"),
    editable=True,
    enters=BENEFIT_ENTER,
    sees=BENEFIT_READ,
    prefill=payment_of,
    compute=payment_columns,
    verify=check_payment,
    source="Domain page of the programmes, §6.4 benefit_payment",
)

FORMS = (DOSSIER, ENTITLEMENT, PAYMENT)
