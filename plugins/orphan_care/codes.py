"""Code lists of detection; a code is permanent, its label may be improved.

Groups a, b, c and their sub-groups are those of the Law on Children; together with the others they
are the groups of Decision 647/QĐ-TTg. Children with HIV are left out on purpose: their records are
restricted and need a team of their own.
Source: domain page of the programmes, §6.2 and §6.3.
"""

from __future__ import annotations

from core.plugin_api import Option, Text

ORPHAN, ABANDONED, UNSUPPORTED = "a", "b", "c"
LEGAL_GROUPS = (ORPHAN, ABANDONED, UNSUPPORTED)

ALIVE_PRESENT = "alive_present"
DECEASED = "deceased"
MISSING = "missing"
DETAINED = "detained"
IN_FACILITY = "in_facility"
INCAPABLE = "incapable"

GROUPS = (
    Option(ORPHAN, Text(vi="Nhóm a: mồ côi cả cha và mẹ", en="Group a: orphaned of both parents")),
    Option(ABANDONED, Text(vi="Nhóm b: bị bỏ rơi", en="Group b: abandoned")),
    Option(
        UNSUPPORTED, Text(vi="Nhóm c: không nơi nương tựa", en="Group c: with no one to rely on")
    ),
    Option(
        "toxic_chemical",
        Text(vi="Nạn nhân của chất độc hóa học", en="Victim of toxic chemicals"),
    ),
    Option("severe_disability", Text(vi="Khuyết tật nặng", en="Severe disability")),
    Option(
        "disaster",
        Text(vi="Bị ảnh hưởng bởi thiên tai, thảm họa", en="Affected by disaster"),
    ),
)

SUB_GROUPS = (
    Option("a1_no_carer", Text(vi="a1: không có người chăm sóc", en="a1: no carer")),
    Option(
        "a2_facility",
        Text(
            vi="a2: nuôi dưỡng trong cơ sở bảo vệ trẻ em, cơ sở trợ giúp xã hội",
            en="a2: in a protection or social assistance facility",
        ),
    ),
    Option("a3_kin", Text(vi="a3: sống với người thân thích", en="a3: with relatives")),
    Option(
        "a4_foster",
        Text(
            vi="a4: được người không phải thân thích chăm sóc thay thế",
            en="a4: in alternative care by people who are not relatives",
        ),
    ),
    Option(
        "b1_no_care",
        Text(vi="b1: chưa được chăm sóc thay thế", en="b1: not yet in alternative care"),
    ),
    Option("b2_in_care", Text(vi="b2: được chăm sóc thay thế", en="b2: in alternative care")),
    Option(
        "c1_other_missing",
        Text(
            vi="c1: mồ côi cha hoặc mẹ, người còn lại mất tích",
            en="c1: one parent dead, the other missing",
        ),
    ),
    Option(
        "c2_other_incapable",
        Text(
            vi="c2: mồ côi cha hoặc mẹ, người còn lại ở cơ sở trợ giúp xã hội hoặc không còn khả "
            "năng chăm sóc",
            en="c2: one parent dead, the other in a facility or unable to care",
        ),
    ),
    Option(
        "c3_other_detained",
        Text(
            vi="c3: mồ côi cha hoặc mẹ, người còn lại chấp hành án phạt tù hoặc ở cơ sở giáo dục, "
            "cai nghiện bắt buộc",
            en="c3: one parent dead, the other in prison or compulsory education or treatment",
        ),
    ),
    Option("c4_both_missing", Text(vi="c4: cả cha và mẹ mất tích", en="c4: both parents missing")),
    Option(
        "c5_missing_and_facility",
        Text(
            vi="c5: cha hoặc mẹ mất tích, người còn lại đang hưởng trợ cấp hoặc ở cơ sở",
            en="c5: one parent missing, the other on allowance or in a facility",
        ),
    ),
)

PARENT_STATUSES = (
    Option(ALIVE_PRESENT, Text(vi="Còn sống, đang ở cùng trẻ", en="Alive and present")),
    Option(DECEASED, Text(vi="Đã chết", en="Deceased")),
    Option(MISSING, Text(vi="Mất tích", en="Missing")),
    Option(
        DETAINED,
        Text(
            vi="Chấp hành án phạt tù hoặc ở cơ sở giáo dục, cai nghiện bắt buộc",
            en="In prison or in compulsory education or treatment",
        ),
    ),
    Option(IN_FACILITY, Text(vi="Ở cơ sở trợ giúp xã hội", en="In a social assistance facility")),
    Option(INCAPABLE, Text(vi="Không còn khả năng chăm sóc", en="Unable to care for the child")),
    Option("away", Text(vi="Còn sống, không ở cùng trẻ", en="Alive, not living with the child")),
    Option("unknown", Text(vi="Không xác định được", en="Not known")),
)

CARERS = (
    Option("none", Text(vi="Không có ai", en="Nobody")),
    Option("parent", Text(vi="Cha hoặc mẹ", en="A parent")),
    Option("kin", Text(vi="Người thân thích", en="Relatives")),
    Option(
        "foster",
        Text(vi="Người nhận chăm sóc, không phải thân thích", en="Carer who is not a relative"),
    ),
    Option(
        "facility",
        Text(vi="Cơ sở bảo vệ trẻ em, cơ sở trợ giúp xã hội", en="A facility"),
    ),
)

NEEDS = (
    Option("alternative_care", Text(vi="Chăm sóc thay thế", en="Alternative care")),
    Option("monthly_allowance", Text(vi="Trợ cấp xã hội hằng tháng", en="Monthly allowance")),
    Option("food_clothing", Text(vi="Lương thực, quần áo", en="Food and clothing")),
    Option("schooling", Text(vi="Học tập", en="Schooling")),
    Option("health_care", Text(vi="Khám, chữa bệnh", en="Health care")),
    Option("health_insurance", Text(vi="Thẻ bảo hiểm y tế", en="Health-insurance card")),
    Option("counselling", Text(vi="Tư vấn, hỗ trợ tâm lý", en="Counselling")),
    Option("birth_registration", Text(vi="Khai sinh, giấy tờ", en="Birth registration, papers")),
    Option("housing", Text(vi="Chỗ ở", en="Housing")),
    Option("other", Text(vi="Nhu cầu khác", en="Other")),
)

ACTIVE, ENDED = "active", "ended"
STATUSES = (
    Option(ACTIVE, Text(vi="Đang quản lý", en="Active")),
    Option(ENDED, Text(vi="Đã kết thúc", en="Ended")),
)

END_REASONS = (
    Option("not_confirmed", Text(vi="Xác minh không đúng", en="Not confirmed")),
    Option("parents_back", Text(vi="Cha, mẹ chăm sóc trở lại", en="A parent cares again")),
    Option("adopted", Text(vi="Được nhận làm con nuôi", en="Adopted")),
    Option("of_age", Text(vi="Đã quá tuổi", en="Of age")),
    Option("moved", Text(vi="Chuyển khỏi tỉnh", en="Moved to another province")),
    Option("died", Text(vi="Trẻ đã mất", en="The child died")),
    Option("other", Text(vi="Lý do khác", en="Another reason")),
)

DETECTORS = (
    Option("collaborator", Text(vi="Cộng tác viên", en="Collaborator")),
    Option("commune", Text(vi="Cán bộ cấp xã", en="Commune officer")),
    Option("school", Text(vi="Nhà trường", en="School")),
    Option("health", Text(vi="Cơ sở y tế", en="Health facility")),
    Option("police", Text(vi="Công an", en="Police")),
    Option("family", Text(vi="Gia đình, người dân", en="Family or neighbours")),
    Option("other", Text(vi="Nguồn khác", en="Another source")),
)

SEXES = (
    Option("male", Text(vi="Nam", en="Male")),
    Option("female", Text(vi="Nữ", en="Female")),
    Option("unknown", Text(vi="Chưa rõ", en="Not known")),
)

# Which list of groups was in force: Decision 647 until 2020, the Law on Children since.
QD647, LAW2016 = "QD647", "LAW2016"
SCHEMES = (
    Option(QD647, Text(vi="Đề án 647", en="Decision 647")),
    Option(LAW2016, Text(vi="Luật Trẻ em 2016", en="Law on Children 2016")),
)
# The children whom the plans of provinces want supported in the community (target of An Giang).
ELIGIBLE = (*LEGAL_GROUPS, "severe_disability")
