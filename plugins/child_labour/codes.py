"""Code lists of the programme; a code is permanent, its label may be improved.

Source: domain page of the programmes, §4.2.
"""

from __future__ import annotations

from core.plugin_api import Option, Text

DROPOUT = "dropout"
OWN_FAMILY = "own_family"
ARTS_SPORTS = "arts_sports"

NOT_WORKING = "not_working"
LIGHT_WORK = "permitted_light_work"
PERMITTED = "permitted_work"
CHILD_LABOUR = "child_labour"
HAZARDOUS = "hazardous_child_labour"
WORST_FORM = "worst_form"
AT_RISK = "at_risk"

AGAINST_THE_LAW = (CHILD_LABOUR, HAZARDOUS, WORST_FORM)

SEXES = (
    Option("male", Text(vi="Nam", en="Male")),
    Option("female", Text(vi="Nữ", en="Female")),
)

EMPLOYERS = (
    Option(OWN_FAMILY, Text(vi="Gia đình mình", en="Own family")),
    Option("relative", Text(vi="Họ hàng", en="Relatives")),
    Option("employer", Text(vi="Người sử dụng lao động khác", en="Another employer")),
    Option("self", Text(vi="Tự làm một mình", en="On the child's own account")),
)

SECTORS = (
    Option("agriculture", Text(vi="Nông nghiệp", en="Agriculture")),
    Option("fishery", Text(vi="Thủy sản", en="Fishery")),
    Option("forestry", Text(vi="Lâm nghiệp", en="Forestry")),
    Option("industry", Text(vi="Công nghiệp", en="Industry")),
    Option("construction", Text(vi="Xây dựng", en="Construction")),
    Option("trade", Text(vi="Buôn bán", en="Trade")),
    Option("services", Text(vi="Dịch vụ", en="Services")),
    Option("domestic", Text(vi="Giúp việc gia đình", en="Domestic work")),
    Option("craft_village", Text(vi="Làng nghề", en="Craft village")),
    Option("street_vending", Text(vi="Bán hàng rong, vé số", en="Street and lottery vending")),
    Option(ARTS_SPORTS, Text(vi="Nghệ thuật, thể dục, thể thao", en="Arts and sports")),
    Option("other", Text(vi="Ngành khác", en="Other")),
)

HAZARDS = (
    Option("heavy_load", Text(vi="Mang vác nặng", en="Heavy loads")),
    Option("chemicals", Text(vi="Hóa chất, thuốc trừ sâu", en="Chemicals or pesticides")),
    Option("machinery", Text(vi="Máy móc nguy hiểm", en="Dangerous machinery")),
    Option("heights", Text(vi="Làm việc trên cao", en="Work at height")),
    Option("water", Text(vi="Làm việc dưới nước, trên sông, biển", en="Work in or on water")),
    Option("heat", Text(vi="Nơi quá nóng", en="Extreme heat")),
    Option("dust", Text(vi="Bụi độc hại", en="Harmful dust")),
    Option("noise", Text(vi="Tiếng ồn lớn", en="Loud noise")),
    Option("underground", Text(vi="Dưới hầm, lòng đất", en="Underground")),
    Option("animals", Text(vi="Động vật nguy hiểm", en="Dangerous animals")),
    Option(
        "entertainment_venue",
        Text(vi="Quán bar, karaoke, cơ sở giải trí", en="Bar, karaoke or entertainment venue"),
    ),
    Option("other", Text(vi="Yếu tố nguy hiểm khác", en="Other hazard")),
)

# As the register asks it (F-COR-HV).
LEFT_SCHOOL = (
    Option("poverty", Text(vi="Gia đình khó khăn", en="The family is poor")),
    Option("works", Text(vi="Đi làm", en="Works")),
    Option("moves_with_family", Text(vi="Theo gia đình đi làm xa", en="Followed the family")),
    Option("illness", Text(vi="Ốm đau, khuyết tật", en="Illness or disability")),
    Option("weak_results", Text(vi="Học lực yếu", en="Weak results")),
    Option("early_marriage", Text(vi="Tảo hôn", en="Early marriage")),
    Option("far_from_school", Text(vi="Trường ở xa", en="The school is far")),
    Option("other", Text(vi="Lý do khác", en="Another reason")),
)

RISK_FACTORS = (
    Option("poverty", Text(vi="Gia đình nghèo, cận nghèo", en="Poor or near-poor family")),
    Option(DROPOUT, Text(vi="Đã bỏ học", en="Left school")),
    Option("parent_absent", Text(vi="Cha, mẹ vắng nhà lâu ngày", en="Parent long absent")),
    Option("migrant", Text(vi="Gia đình di cư", en="Migrant family")),
    Option("debt", Text(vi="Gia đình mắc nợ", en="Family in debt")),
    Option(
        "disability_in_family",
        Text(vi="Có người khuyết tật trong gia đình", en="Disability in the family"),
    ),
)

CATEGORIES = (
    Option(NOT_WORKING, Text(vi="Không làm việc", en="Not working")),
    Option(LIGHT_WORK, Text(vi="Công việc nhẹ được phép", en="Permitted light work")),
    Option(PERMITTED, Text(vi="Công việc được phép", en="Permitted work")),
    Option(
        CHILD_LABOUR,
        Text(vi="Lao động trái quy định của pháp luật", en="Child labour"),
    ),
    Option(
        HAZARDOUS,
        Text(vi="Lao động nặng nhọc, độc hại, nguy hiểm", en="Hazardous child labour"),
    ),
    Option(
        WORST_FORM,
        Text(vi="Hình thức lao động trẻ em tồi tệ nhất", en="Worst form of child labour"),
    ),
    Option(AT_RISK, Text(vi="Có nguy cơ lao động trái quy định", en="At risk of child labour")),
)

# What a person may conclude here; the worst forms are restricted and handed to others (§4.2).
MAY_CONCLUDE = tuple(category for category in CATEGORIES if category.value != WORST_FORM)

# What people call the rulesets of ``data/rulesets.toml``; a row goes on naming its own.
RULESETS = (
    Option(
        "labour_code_2019_v1",
        Text(vi="Bộ luật Lao động 2019, bản 1", en="Labour Code 2019, version 1"),
    ),
)
AGE_GROUPS = (
    Option("5-12", Text(vi="5–12 tuổi", en="5–12 years")),
    Option("13-14", Text(vi="13–14 tuổi", en="13–14 years")),
    Option("15-17", Text(vi="15–17 tuổi", en="15–17 years")),
)

REASONS = (
    Option("does_not_work", Text(vi="Trẻ không làm việc", en="The child does not work")),
    Option(
        "risk_factors",
        Text(
            vi="Đã bỏ học và có thêm yếu tố nguy cơ khác",
            en="The child left school and has another risk factor",
        ),
    ),
    Option(
        "hazards",
        Text(
            vi="Công việc có yếu tố nặng nhọc, độc hại, nguy hiểm (Điều 147 Bộ luật Lao động 2019)",
            en="The work is heavy, harmful or dangerous (Labour Code 2019, Art. 147)",
        ),
    ),
    Option("night_work", Text(vi="Trẻ làm việc ban đêm", en="The child works at night")),
    Option(
        "over_hours_per_day",
        Text(vi="Quá số giờ cho phép trong một ngày", en="More hours a day than allowed"),
    ),
    Option(
        "over_hours_per_week",
        Text(vi="Quá số giờ cho phép trong một tuần", en="More hours a week than allowed"),
    ),
    Option(
        "under_light_work_age",
        Text(
            vi="Chưa đủ tuổi làm công việc nhẹ (khoản 3 Điều 145 Bộ luật Lao động 2019)",
            en="Too young for light work (Labour Code 2019, Art. 145(3))",
        ),
    ),
    Option(
        "arts_sports",
        Text(
            vi="Công việc nghệ thuật, thể thao: đối chiếu khoản 3 Điều 145 Bộ luật Lao động 2019",
            en="Artistic or sporting work: check Labour Code 2019, Art. 145(3)",
        ),
    ),
    Option(
        "not_light_work",
        Text(
            vi="Công việc không có trong danh mục công việc nhẹ",
            en="The work is not on the list of light work",
        ),
    ),
    Option(
        "light_work",
        Text(
            vi="Công việc có trong danh mục công việc nhẹ và trong giới hạn giờ",
            en="The work is on the list of light work and within the hours",
        ),
    ),
    Option(
        "own_family",
        Text(
            vi="Phụ giúp gia đình, không ảnh hưởng học tập, sức khỏe, an toàn",
            en="Helps the own family without harm to school, health or safety",
        ),
    ),
    Option(
        "within_limits",
        Text(
            vi="Đủ 15 tuổi, không có yếu tố nguy hiểm, trong giới hạn giờ",
            en="15 or older, no hazard, within the hours",
        ),
    ),
)

CASE_STATUS = (
    Option("supported", Text(vi="Đang được hỗ trợ", en="Being supported")),
    Option("withdrawn", Text(vi="Đã rút khỏi lao động", en="Withdrawn from labour")),
    Option("reintegrated", Text(vi="Đã hòa nhập, trở lại trường", en="Reintegrated")),
    Option("closed", Text(vi="Kết thúc ca", en="Closed")),
    Option("relapsed", Text(vi="Lao động trở lại", en="Working again")),
)
OVER = ("closed",)
WITHDRAWN = ("withdrawn", "reintegrated")

SCHOOL_RETURN, VOCATIONAL = "school_return", "vocational"
PACKAGES = (
    Option(SCHOOL_RETURN, Text(vi="Trở lại trường học", en="Return to school")),
    Option("remedial_class", Text(vi="Học bổ túc, phụ đạo", en="Remedial class")),
    Option("school_material", Text(vi="Đồ dùng, học phẩm", en="School material")),
    Option(VOCATIONAL, Text(vi="Học nghề", en="Vocational training")),
    Option("career_advice", Text(vi="Tư vấn hướng nghiệp", en="Career advice")),
    Option("apprenticeship", Text(vi="Học việc, tập nghề", en="Apprenticeship")),
    Option("livelihood", Text(vi="Hỗ trợ sinh kế gia đình", en="Livelihood of the family")),
    Option("cash", Text(vi="Hỗ trợ tiền mặt", en="Cash")),
    Option("health", Text(vi="Chăm sóc sức khỏe", en="Health care")),
    Option("insurance", Text(vi="Bảo hiểm y tế", en="Health insurance")),
    Option(
        "working_condition_improvement",
        Text(vi="Cải thiện điều kiện làm việc", en="Better working conditions"),
    ),
)
# Indicator LAB-06 counts these as education or training.
EDUCATION = (SCHOOL_RETURN, "remedial_class", "school_material", VOCATIONAL, "apprenticeship")

# Design of the programme: the page names no sources.
PROJECT = "project"
SOURCES = (
    Option("state_budget", Text(vi="Ngân sách nhà nước", en="State budget")),
    Option("fund", Text(vi="Quỹ Bảo trợ trẻ em", en="Children's fund")),
    Option(PROJECT, Text(vi="Dự án", en="Project")),
    Option("donor", Text(vi="Nhà tài trợ khác", en="Another donor")),
)

ENTRY_CATEGORIES = (
    Option("dropout", Text(vi="Trẻ em bỏ học", en="Left school")),
    Option("working", Text(vi="Trẻ em đang làm việc", en="Working")),
    Option("at_risk", Text(vi="Trẻ em có nguy cơ", en="At risk")),
    Option("illegal_work", Text(vi="Trẻ em lao động trái quy định", en="In child labour")),
)

# Design of the programme.
CLASS_RESULTS = (
    Option("completed", Text(vi="Hoàn thành", en="Completed")),
    Option("learning", Text(vi="Đang học", en="Still learning")),
    Option("left", Text(vi="Bỏ học nghề", en="Left the class")),
)

WORKPLACE_KINDS = (
    Option("enterprise", Text(vi="Doanh nghiệp", en="Enterprise")),
    Option("cooperative", Text(vi="Hợp tác xã", en="Cooperative")),
    Option("household_business", Text(vi="Hộ kinh doanh", en="Household business")),
    Option("household", Text(vi="Hộ gia đình", en="Household")),
    Option("craft_village", Text(vi="Cơ sở làng nghề", en="Craft village")),
    Option("plantation", Text(vi="Nông trại, vườn, rừng trồng", en="Plantation")),
    Option("vessel", Text(vi="Tàu, ghe", en="Vessel")),
    Option("venue", Text(vi="Quán, cơ sở dịch vụ, giải trí", en="Venue")),
)

# Design of the programme, after Labour Code 2019, Articles 143 to 147.
FINDINGS = (
    Option("under_age", Text(vi="Sử dụng người chưa đủ tuổi", en="Children below the age")),
    Option("hazardous_work", Text(vi="Công việc, nơi làm việc bị cấm", en="Forbidden work")),
    Option("over_hours", Text(vi="Quá thời giờ làm việc", en="Too many hours")),
    Option("night_work", Text(vi="Làm việc ban đêm", en="Night work")),
    Option("no_contract", Text(vi="Không có hợp đồng, sự đồng ý", en="No contract or consent")),
    Option("no_record", Text(vi="Không lập sổ theo dõi riêng", en="No separate record kept")),
    Option("other", Text(vi="Vi phạm khác", en="Another violation")),
)

NO_SANCTION = "none"
SANCTIONS = (
    Option(NO_SANCTION, Text(vi="Không xử lý", en="None")),
    Option("warning", Text(vi="Cảnh cáo", en="Warning")),
    Option("fine", Text(vi="Phạt tiền", en="Fine")),
    Option("criminal_referral", Text(vi="Chuyển cơ quan điều tra", en="Referred for prosecution")),
)

# Design of the programme: what a household is given to live by.
LIVELIHOODS = (
    Option("livestock", Text(vi="Con giống", en="Livestock")),
    Option("seeds", Text(vi="Cây giống, vật tư", en="Seeds and material")),
    Option("tools", Text(vi="Công cụ, phương tiện", en="Tools")),
    Option("loan", Text(vi="Vốn vay ưu đãi", en="Soft loan")),
    Option("training", Text(vi="Tập huấn sản xuất", en="Training")),
    Option("other", Text(vi="Hỗ trợ khác", en="Other")),
)
