"""F-ORP-1: a child found to be orphaned, abandoned or without support."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from core.plugin_api import Check, Fault, Field, Form, Offer, Part, Text, answer
from plugins.orphan_care import codes
from plugins.orphan_care.asking import (
    ask,
    child,
    commune,
    fixed,
    not_before,
    past_day,
    told,
    when,
)
from plugins.orphan_care.ending import ENDING
from plugins.orphan_care.models import OrphanCareRecord, OrphanVerification
from plugins.orphan_care.permissions import ENTER, READ, VERIFY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records, Rule

_LAST_DAY_OF_QD647 = date(2020, 12, 31)

_MOTHER, _FATHER = answer("mother_status"), answer("father_status")
_GROUP, _SUB_GROUP = answer("group_code"), answer("sub_group")
_HAS_SUB_GROUPS = _GROUP.one_of(*codes.LEGAL_GROUPS)


def detection_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Which list of groups was in force on the day, and whether the child is still followed.

    Source: programmes §6.1, §6.2, §6.4.
    """
    old = answers["detected_on"] <= _LAST_DAY_OF_QD647
    return {
        "group_scheme": codes.QD647 if old else codes.LAW2016,
        "status": codes.ACTIVE if answers["ended_on"] is None else codes.ENDED,
    }


def _parents(one: str, *others: str) -> Rule:
    """One parent has the first status and the other one of the others."""
    return (_MOTHER.equals(one) & _FATHER.one_of(*others)) | (
        _FATHER.equals(one) & _MOTHER.one_of(*others)
    )


def _sub_group_is(sub_group: str, rule: Rule, message: Text) -> Check:
    return Check(when(_SUB_GROUP.equals(sub_group), rule), message)


_GROUP_CHECKS = (
    Check(
        when(
            _GROUP.one_of(codes.ORPHAN, codes.UNSUPPORTED),
            ~(_MOTHER.equals(codes.ALIVE_PRESENT) | _FATHER.equals(codes.ALIVE_PRESENT)),
        ),
        Text(
            vi="Cha hoặc mẹ còn sống và đang ở cùng trẻ thì không thuộc nhóm a hoặc nhóm c.",
            en="A child with a parent who is alive and present is not in group a or c.",
        ),
    ),
    Check(
        when(
            _GROUP.equals(codes.ORPHAN),
            _MOTHER.equals(codes.DECEASED) & _FATHER.equals(codes.DECEASED),
        ),
        Text(
            vi="Nhóm a chỉ gồm trẻ có cả cha và mẹ đã chết.",
            en="Group a is for children whose parents are both dead.",
        ),
    ),
)

_SUB_GROUP_CHECKS = (
    *(
        Check(
            when(
                _GROUP.equals(group),
                _SUB_GROUP.one_of(
                    *(o.value for o in codes.SUB_GROUPS if o.value.startswith(group))
                ),
            ),
            Text(
                vi=f"Hãy chọn một phân nhóm của nhóm {group}.",
                en=f"Choose a sub-group of group {group}.",
            ),
        )
        for group in codes.LEGAL_GROUPS
    ),
    _sub_group_is(
        "c1_other_missing",
        _parents(codes.DECEASED, codes.MISSING),
        Text(
            vi="Phân nhóm c1: một người đã chết, người còn lại mất tích.",
            en="c1: one parent is dead and the other missing.",
        ),
    ),
    _sub_group_is(
        "c2_other_incapable",
        _parents(codes.DECEASED, codes.IN_FACILITY, codes.INCAPABLE),
        Text(
            vi="Phân nhóm c2: một người đã chết, người còn lại ở cơ sở trợ giúp xã hội hoặc không "
            "còn khả năng chăm sóc.",
            en="c2: one parent is dead and the other in a facility or unable to care.",
        ),
    ),
    _sub_group_is(
        "c3_other_detained",
        _parents(codes.DECEASED, codes.DETAINED),
        Text(
            vi="Phân nhóm c3: một người đã chết, người còn lại chấp hành án phạt tù hoặc ở cơ sở "
            "giáo dục, cai nghiện bắt buộc.",
            en="c3: one parent is dead and the other in prison or compulsory education or "
            "treatment.",
        ),
    ),
    _sub_group_is(
        "c4_both_missing",
        _MOTHER.equals(codes.MISSING) & _FATHER.equals(codes.MISSING),
        Text(vi="Phân nhóm c4: cả cha và mẹ mất tích.", en="c4: both parents are missing."),
    ),
    _sub_group_is(
        "c5_missing_and_facility",
        _MOTHER.equals(codes.MISSING) | _FATHER.equals(codes.MISSING),
        Text(vi="Phân nhóm c5: cha hoặc mẹ mất tích.", en="c5: one of the parents is missing."),
    ),
)

_CARER_CHECKS = tuple(
    Check(
        when(_SUB_GROUP.equals(sub_group), answer("current_carer").one_of(*carers)),
        Text(
            vi="Người đang chăm sóc không khớp với phân nhóm đã chọn.",
            en="The carer does not fit the sub-group that was chosen.",
        ),
    )
    for sub_group, carers in (
        ("a1_no_carer", ("none",)),
        ("a2_facility", ("facility",)),
        ("a3_kin", ("kin",)),
        ("a4_foster", ("foster",)),
        ("b2_in_care", ("kin", "foster", "facility")),
    )
)

_CHILD = Part(
    Text(vi="Trẻ em", en="The child"),
    (
        fixed(past_day("detected_on", "Ngày phát hiện", "Date of detection")),
        fixed(commune("Nơi trẻ đang sống (cấp xã)", "Commune where the child lives")),
        fixed(child()),
        ask("choice", "sex", "Giới tính", "Sex", options=codes.SEXES),
        ask(
            "integer",
            "age_at_detection",
            "Tuổi khi phát hiện",
            "Age at detection",
            least=0,
            most=17,
            suffix=Text(vi="tuổi", en="years"),
        ),
        ask("choice", "detected_by", "Ai phát hiện", "Detected by", options=codes.DETECTORS),
    ),
)

_PARENTS = Part(
    Text(vi="Cha, mẹ và người chăm sóc", en="Parents and carer"),
    (
        Field(
            name="mother_status",
            label=Text(vi="Tình trạng của mẹ", en="The mother"),
            kind="choice",
            options=codes.PARENT_STATUSES,
            required=True,
        ),
        Field(
            name="father_status",
            label=Text(vi="Tình trạng của cha", en="The father"),
            kind="choice",
            options=codes.PARENT_STATUSES,
            required=True,
        ),
        Field(
            name="has_siblings",
            label=Text(
                vi="Có anh chị em ruột cùng hoàn cảnh", en="Siblings in the same circumstances"
            ),
            kind="yes_no",
            help=Text(
                vi="Không tách anh chị em ruột khi sắp xếp chăm sóc thay thế.",
                en="Do not part siblings when arranging alternative care.",
            ),
        ),
        Field(
            name="current_carer",
            label=Text(vi="Người đang chăm sóc trẻ", en="Who cares for the child now"),
            kind="choice",
            options=codes.CARERS,
            required=True,
            checks=_CARER_CHECKS,
            help=Text(
                vi="Nếu không có ai chăm sóc trẻ, hãy báo ngay Chủ tịch UBND cấp xã và Tổng đài "
                "111.",
                en="If nobody cares for the child, tell the chair of the commune's People's "
                "Committee and hotline 111 at once.",
            ),
        ),
    ),
)

_GROUPING = Part(
    Text(vi="Phân nhóm và nhu cầu", en="Group and needs"),
    (
        Field(
            name="group_code",
            label=Text(vi="Nhóm", en="Group"),
            kind="choice",
            options=codes.GROUPS,
            required=True,
            checks=_GROUP_CHECKS,
            help=Text(
                vi="Không ghi vào phiếu này việc trẻ em nhiễm HIV/AIDS; thông tin đó được bảo mật "
                "riêng.",
                en="Do not record here that a child has HIV/AIDS; that is kept in confidence "
                "elsewhere.",
            ),
        ),
        Field(
            name="sub_group",
            label=Text(vi="Phân nhóm", en="Sub-group"),
            kind="choice",
            options=codes.SUB_GROUPS,
            required=_HAS_SUB_GROUPS,
            relevant=_HAS_SUB_GROUPS,
            checks=_SUB_GROUP_CHECKS,
        ),
        told(
            "choice", "group_scheme", "Danh mục phân nhóm", "List of groups", options=codes.SCHEMES
        ),
        ask("yes_no", "disability", "Trẻ khuyết tật", "Has a disability", required=False),
        ask(
            "yes_no",
            "toxic_chemical",
            "Trẻ là nạn nhân của chất độc hóa học",
            "Victim of toxic chemicals",
            required=False,
        ),
        past_day(
            "supported_from",
            "Được hỗ trợ, chăm sóc tại cộng đồng từ ngày",
            "Supported in the community since",
            required=False,
            checks=(
                not_before(
                    "supported_from",
                    "detected_on",
                    "Việc hỗ trợ không thể bắt đầu trước ngày phát hiện.",
                    "Support cannot begin before the child is detected.",
                ),
            ),
            help=Text(
                vi="Để trống nếu trẻ chưa được hỗ trợ, hoặc đang sống trong cơ sở.",
                en="Leave empty if there is no support yet, or the child lives in a facility.",
            ),
        ),
        Field(
            name="needs",
            label=Text(vi="Nhu cầu của trẻ", en="What the child needs"),
            kind="choices",
            options=codes.NEEDS,
            required=True,
        ),
    ),
)

DETECTION = Form(
    code="orphan_care.detection",
    number="F-ORP-1",
    title=Text(
        vi="Phiếu phát hiện, xác minh trẻ em mồ côi, bị bỏ rơi, không nơi nương tựa",
        en="Detection of an orphaned, abandoned or unsupported child",
    ),
    purpose=Text(
        vi="Ghi nhận trẻ em cần được chăm sóc, xác định nhóm theo quy định và nhu cầu để có kế "
        "hoạch hỗ trợ.",
        en="Records a child in need of care, the legal group and the needs, so that support can be "
        "planned.",
    ),
    model=OrphanCareRecord,
    version=3,
    editable=True,
    compute=detection_columns,
    parts=(_CHILD, _PARENTS, _GROUPING, ENDING),
    columns=("detected_on", "commune_id", "group_code", "current_carer"),
    enters=ENTER,
    sees=READ,
    source="Domain page of the programmes, §6.5 F-ORP-1; Decision 647/QĐ-TTg; Law on Children 2016",
    attachments=True,
    offers=(
        Offer(
            form="core.case_intake",
            label=Text(
                vi="Không có ai chăm sóc trẻ: lập phiếu tiếp nhận khẩn cấp",
                en="Nobody cares for the child: open an intake",
            ),
            when=answer("current_carer").equals("none"),
        ),
        Offer(
            form="orphan_care.arrangement",
            label=Text(vi="Ghi việc nhận chăm sóc thay thế", en="Record alternative care"),
            when=answer("current_carer").one_of("kin", "foster", "facility"),
            carry={"child_id": "child_id", "commune_id": "commune_id"},
        ),
        Offer(
            form="orphan_care.dossier",
            label=Text(vi="Lập hồ sơ", en="Begin a dossier"),
            carry={"child_id": "child_id", "commune_id": "commune_id"},
        ),
    ),
)


def known_of_detection(records: Records, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The commune follows from the detection."""
    found = records.get(OrphanCareRecord, answers.get("detection_id"))
    return {"commune_id": found["commune_id"]} if found else {}


def check_verification(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Once for each detection, not before it, in its commune."""
    found = records.get(OrphanCareRecord, answers["detection_id"])
    if found is None:
        return
    if found["commune_id"] != answers["commune_id"]:
        yield Fault("commune_id", Text(vi="Hãy chọn đúng xã của trẻ.", en="Not the child's."))
    if answers["verified_on"] < found["detected_on"]:
        yield Fault(
            "verified_on",
            Text(
                vi="Ngày xác nhận không thể trước ngày phát hiện.",
                en="It is not confirmed before it is detected.",
            ),
        )
    if records.count(OrphanVerification, answer("detection_id").equals(found["id"])):
        message = Text(vi="Phiếu này đã được xác nhận.", en="It was confirmed already.")
        yield Fault("detection_id", message)


VERIFICATION = Form(
    code="orphan_care.verification",
    number="F-ORP-1",
    title=Text(vi="Xác nhận của lãnh đạo UBND cấp xã", en="Confirmation by the commune's leader"),
    purpose=Text(
        vi="Lãnh đạo UBND cấp xã xác nhận kết quả phát hiện, xác minh.",
        en="The commune's leader confirms what was detected.",
    ),
    model=OrphanVerification,
    parts=(
        Part(
            Text(vi="Xác nhận", en="Confirmation"),
            (
                ask(
                    "record",
                    "detection_id",
                    "Phiếu phát hiện",
                    "Detection",
                    of="orphan_care.detection",
                ),
                commune("Nơi trẻ đang sống (cấp xã)", "Commune where the child lives"),
                past_day("verified_on", "Ngày xác nhận", "Confirmed on"),
                ask("yes_no", "confirmed", "Đúng như phiếu phát hiện", "Is it as detected"),
                ask(
                    "text",
                    "reason",
                    "Lý do chưa xác nhận",
                    "Why it is not",
                    required=answer("confirmed").equals(other=False),
                    relevant=answer("confirmed").equals(other=False),
                    max_length=250,
                ),
            ),
        ),
    ),
    columns=("verified_on", "commune_id", "confirmed"),
    enters=VERIFY,
    sees=READ,
    prefill=known_of_detection,
    verify=check_verification,
    source="Domain page of the programmes, §6.5 F-ORP-1, §6.8",
)

FORMS = (DETECTION, VERIFICATION)
