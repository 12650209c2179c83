"""Code lists of the project; a code is permanent, its label may be improved.

Source: domain page of the programmes, §8.
"""

from __future__ import annotations

from core.plugin_api import Option, Text

# What the province's own records say that this project paid for, and for what.
MARK = "Dự án ENHANCE (ILO)"

SEXES = (
    Option("male", Text(vi="Nam", en="Male")),
    Option("female", Text(vi="Nữ", en="Female")),
)

# Design of the project: by what a child was chosen.
CRITERIA = (
    Option("child_labour", Text(vi="Lao động trái quy định", en="In child labour")),
    Option("hazardous", Text(vi="Làm công việc nguy hiểm", en="In hazardous work")),
    Option("at_risk", Text(vi="Có nguy cơ lao động", en="At risk of child labour")),
    Option("dropout", Text(vi="Đã bỏ học", en="Left school")),
    Option("poor", Text(vi="Gia đình nghèo, cận nghèo", en="Poor or near-poor family")),
    Option("ethnic_minority", Text(vi="Dân tộc thiểu số", en="Ethnic minority")),
)

BASELINE, ENDLINE = "baseline", "endline"
STAGES = (
    Option(BASELINE, Text(vi="Đầu kỳ", en="Baseline")),
    Option(ENDLINE, Text(vi="Cuối kỳ", en="Endline")),
)

HAZARDS = (
    Option("heavy_load", Text(vi="Mang vác nặng", en="Heavy loads")),
    Option("chemicals", Text(vi="Hóa chất, thuốc trừ sâu", en="Chemicals or pesticides")),
    Option("machinery", Text(vi="Máy móc nguy hiểm", en="Dangerous machinery")),
    Option("heights", Text(vi="Làm việc trên cao", en="Work at height")),
    Option("water", Text(vi="Làm việc dưới nước, trên sông, biển", en="Work in or on water")),
    Option("heat", Text(vi="Nơi quá nóng", en="Extreme heat")),
    Option("dust", Text(vi="Bụi độc hại", en="Harmful dust")),
    Option("night", Text(vi="Làm việc ban đêm", en="Night work")),
    Option("other", Text(vi="Yếu tố nguy hiểm khác", en="Other hazard")),
)

EDUCATION, VOCATIONAL = "direct_education", "direct_vocational"
MATERIAL, LIVELIHOOD = "school_material", "livelihood"
SERVICES = (
    Option(EDUCATION, Text(vi="Hỗ trợ học tập trực tiếp", en="Direct education")),
    Option(VOCATIONAL, Text(vi="Hỗ trợ học nghề trực tiếp", en="Direct vocational training")),
    Option("career_counselling", Text(vi="Tham vấn hướng nghiệp", en="Career counselling")),
    Option(MATERIAL, Text(vi="Đồ dùng, học phẩm", en="School material")),
    Option(LIVELIHOOD, Text(vi="Hỗ trợ sinh kế gia đình", en="Livelihood of the family")),
    Option(
        "working_condition", Text(vi="Cải thiện điều kiện làm việc", en="Better working conditions")
    ),
    Option("indirect_family", Text(vi="Hỗ trợ gián tiếp gia đình", en="Indirect, to the family")),
    Option("referral", Text(vi="Chuyển tiếp dịch vụ", en="Referral")),
)
# ENH-02 counts these as education or training.
SCHOOLING = (EDUCATION, VOCATIONAL, MATERIAL)
# What these are among the packages of child labour; the others are no package there.
PACKAGE_OF = {
    EDUCATION: "remedial_class",
    VOCATIONAL: "apprenticeship",
    "career_counselling": "career_advice",
    MATERIAL: "school_material",
    LIVELIHOOD: "livelihood",
    "working_condition": "working_condition_improvement",
}
# What they are among the kinds of support in the register (programmes §2.3).
SUPPORT_OF = {
    EDUCATION: "education",
    VOCATIONAL: "vocational",
    "career_counselling": "counselling",
    MATERIAL: "education",
    LIVELIHOOD: "livelihood",
    "working_condition": "other",
    "indirect_family": "other",
    "referral": "other",
}

# Design of the project, after the kinds of livelihood support of child labour.
LIVELIHOODS = (
    Option("livestock", Text(vi="Con giống", en="Livestock")),
    Option("seeds", Text(vi="Cây giống, vật tư", en="Seeds and material")),
    Option("tools", Text(vi="Công cụ, phương tiện", en="Tools")),
    Option("loan", Text(vi="Vốn vay ưu đãi", en="Soft loan")),
    Option("training", Text(vi="Tập huấn sản xuất", en="Training")),
    Option("other", Text(vi="Hỗ trợ khác", en="Other")),
)

WITHDRAWN, REDUCED = "withdrawn", "reduced"
OUTCOMES = (
    Option(WITHDRAWN, Text(vi="Rút khỏi lao động", en="Withdrawn from labour")),
    Option(
        REDUCED, Text(vi="Giảm lao động nguy hiểm", en="Less hazardous work than at the baseline")
    ),
)

EXITS = (
    Option("graduated", Text(vi="Hoàn thành hỗ trợ", en="Graduated")),
    Option("dropped", Text(vi="Ngừng tham gia", en="Dropped out")),
    Option("moved", Text(vi="Chuyển nơi cư trú", en="Moved away")),
    Option("consent_withdrawn", Text(vi="Rút lại sự đồng ý", en="Consent withdrawn")),
)

TRAINED = (
    Option("commune_cadre", Text(vi="Cán bộ cấp xã", en="Officers of communes")),
    Option("district_cadre", Text(vi="Cán bộ cấp huyện", en="Officers of districts")),
    Option("collaborator", Text(vi="Cộng tác viên", en="Collaborators")),
    Option("project_staff", Text(vi="Cán bộ dự án", en="Project staff")),
)
OFFICERS = ("commune_cadre", "district_cadre")

MATERIALS = (
    Option("billboard", Text(vi="Pa-nô", en="Billboard")),
    Option("poster", Text(vi="Áp phích", en="Poster")),
    Option("leaflet", Text(vi="Tờ rơi", en="Leaflet")),
)

INDICATORS = tuple(
    Option(f"ENH-0{number}", Text(vi=f"Chỉ tiêu ENH-0{number}", en=f"Indicator ENH-0{number}"))
    for number in range(1, 8)
)
MEANS = (
    Option("records", Text(vi="Phiếu ghi trong hệ thống", en="Records in the system")),
    Option("visit", Text(vi="Biên bản giám sát thực địa", en="Reports of field visits")),
    Option("attendance", Text(vi="Danh sách ký nhận, điểm danh", en="Signed attendance lists")),
    Option("photo", Text(vi="Ảnh hiện trường, không có trẻ em", en="Photographs without children")),
    Option("survey", Text(vi="Khảo sát đầu kỳ, cuối kỳ", en="Baseline and endline surveys")),
)
