"""Code lists of the intake; a code is permanent, its label may be improved.

Source: domain page of the programmes, §5.3; the forms of abuse follow Decree 56/2017/NĐ-CP.
"""

from __future__ import annotations

from core.plugin_api import Option, Text

UNCLASSIFIED = "unclassified"
HOTLINE = "hotline_111"

_NOT_YET = Text(vi="Chưa xác định", en="Not yet determined")

SEXES = (
    Option("male", Text(vi="Nam", en="Male")),
    Option("female", Text(vi="Nữ", en="Female")),
    Option("unknown", Text(vi="Chưa rõ", en="Not known")),
)

CHANNELS = (
    Option("child", Text(vi="Trẻ em", en="The child")),
    Option("family", Text(vi="Gia đình", en="The family")),
    Option("community", Text(vi="Người dân", en="A member of the community")),
    Option("school", Text(vi="Nhà trường", en="School")),
    Option("health", Text(vi="Cơ sở y tế", en="Health facility")),
    Option("police", Text(vi="Công an", en="Police")),
    Option(HOTLINE, Text(vi="Tổng đài 111", en="Hotline 111")),
    Option("other", Text(vi="Nguồn khác", en="Another source")),
)

ABUSE_FORMS = (
    Option("rape", Text(vi="Hiếp dâm", en="Rape")),
    Option("coerced_intercourse", Text(vi="Cưỡng dâm", en="Coerced sexual intercourse")),
    Option("intercourse_with_child", Text(vi="Giao cấu với trẻ em", en="Intercourse with a child")),
    Option("molestation", Text(vi="Dâm ô", en="Molestation")),
    Option(
        "prostitution_pornography",
        Text(
            vi="Sử dụng trẻ em vào mục đích mại dâm, khiêu dâm",
            en="Use for prostitution or pornography",
        ),
    ),
    Option("attempt", Text(vi="Có ý định, chưa thực hiện được", en="Attempt")),
    Option(UNCLASSIFIED, _NOT_YET),
)

SETTINGS = (
    Option("family", Text(vi="Gia đình", en="Family")),
    Option("school", Text(vi="Trường học", en="School")),
    Option("neighbourhood", Text(vi="Khu dân cư", en="Neighbourhood")),
    Option("workplace", Text(vi="Nơi làm việc", en="Workplace")),
    Option("online", Text(vi="Môi trường mạng", en="Online")),
    Option("care_facility", Text(vi="Cơ sở nuôi dưỡng, chăm sóc", en="Care facility")),
    Option("public_place", Text(vi="Nơi công cộng", en="Public place")),
    Option("transit", Text(vi="Trên đường, phương tiện đi lại", en="In transit")),
    Option("other", Text(vi="Môi trường khác", en="Another setting")),
    Option(UNCLASSIFIED, _NOT_YET),
)

RELATIONS = (
    Option("parent", Text(vi="Cha, mẹ", en="Parent")),
    Option("step_parent", Text(vi="Cha dượng, mẹ kế", en="Step-parent")),
    Option("sibling", Text(vi="Anh, chị, em", en="Sibling")),
    Option("other_relative", Text(vi="Người thân thích khác", en="Other relative")),
    Option("neighbour", Text(vi="Hàng xóm", en="Neighbour")),
    Option(
        "teacher_staff", Text(vi="Giáo viên, nhân viên nơi học tập", en="Teacher or school staff")
    ),
    Option("peer", Text(vi="Bạn bè, người cùng lứa tuổi", en="Peer")),
    Option("employer", Text(vi="Người sử dụng lao động", en="Employer")),
    Option("acquaintance_online", Text(vi="Người quen qua mạng", en="Met online")),
    Option("stranger", Text(vi="Người lạ", en="Stranger")),
    Option("unknown", _NOT_YET),
)


MEASURES = (
    Option("medical_care", Text(vi="Chăm sóc y tế", en="Medical care")),
    Option("safe_place", Text(vi="Bố trí nơi tạm lánh an toàn", en="Safe place")),
    Option(
        "temporary_separation",
        Text(vi="Tạm thời cách ly trẻ khỏi môi trường có nguy cơ", en="Temporary separation"),
    ),
    Option("police_protection", Text(vi="Công an bảo vệ", en="Protection by the police")),
    Option("contact_ban", Text(vi="Cấm tiếp xúc", en="Ban on contact")),
    Option("psychological_first_aid", Text(vi="Sơ cứu tâm lý", en="Psychological first aid")),
)

SERVICES = (
    Option("medical_exam", Text(vi="Khám sức khỏe", en="Medical examination")),
    Option("treatment", Text(vi="Điều trị", en="Treatment")),
    Option(
        "hiv_sti_prevention",
        Text(vi="Dự phòng HIV và bệnh lây qua đường tình dục", en="Prevention of HIV and STI"),
    ),
    Option("forensic_exam", Text(vi="Giám định", en="Forensic examination")),
    Option("psychological", Text(vi="Hỗ trợ tâm lý", en="Psychological support")),
    Option("social_support", Text(vi="Hỗ trợ xã hội", en="Social support")),
    Option("legal_aid", Text(vi="Trợ giúp pháp lý", en="Legal aid")),
    Option("education_continuity", Text(vi="Duy trì học tập", en="Schooling goes on")),
    Option("relocation_support", Text(vi="Hỗ trợ chuyển nơi ở", en="Support to move")),
    Option("financial_support", Text(vi="Hỗ trợ kinh phí", en="Financial support")),
    Option("reintegration", Text(vi="Tái hòa nhập", en="Reintegration")),
)
CARE = ("medical_exam", "treatment", "hiv_sti_prevention", "psychological")
LEGAL_AID = "legal_aid"

# In the order of proceedings; the last three end them from any stage.
STAGES = (
    Option("notice", Text(vi="Tin báo, tố giác", en="Notice")),
    Option("verification", Text(vi="Xác minh", en="Verification")),
    Option("prosecution_started", Text(vi="Khởi tố vụ án", en="Prosecution started")),
    Option("investigation", Text(vi="Điều tra", en="Investigation")),
    Option("indictment", Text(vi="Truy tố", en="Indictment")),
    Option("trial_first", Text(vi="Xét xử sơ thẩm", en="Trial")),
    Option("appeal", Text(vi="Xét xử phúc thẩm", en="Appeal")),
    Option("judgment", Text(vi="Bản án có hiệu lực", en="Final judgment")),
    Option("suspended", Text(vi="Đình chỉ, tạm đình chỉ", en="Suspended")),
    Option("no_criminal_case", Text(vi="Không khởi tố vụ án", en="No criminal case")),
    Option("administrative", Text(vi="Xử lý hành chính", en="Administrative handling")),
)
RANKS = {stage.value: rank for rank, stage in enumerate(STAGES)}
LAST_IN_ORDER = "judgment"
NO_CRIMINAL_CASE = "no_criminal_case"

BODIES = (
    Option("police", Text(vi="Công an", en="Police")),
    Option("procuracy", Text(vi="Viện kiểm sát", en="Procuracy")),
    Option("court", Text(vi="Tòa án", en="Court")),
    Option("other", Text(vi="Cơ quan khác", en="Another body")),
)
NO_CASE_REASONS = (
    Option("no_offence", Text(vi="Không có sự việc phạm tội", en="No offence")),
    Option("not_enough", Text(vi="Chưa đủ căn cứ", en="Not enough grounds")),
    Option("under_age", Text(vi="Người thực hiện chưa đủ tuổi", en="Offender under age")),
    Option("withdrawn", Text(vi="Rút yêu cầu", en="Request withdrawn")),
    Option("expired", Text(vi="Hết thời hiệu", en="Time has run out")),
    Option("other", Text(vi="Lý do khác", en="Another reason")),
)
OUTCOMES = (
    Option("convicted", Text(vi="Kết tội", en="Convicted")),
    Option("acquitted", Text(vi="Không có tội", en="Acquitted")),
    Option("suspended", Text(vi="Đình chỉ", en="Suspended")),
    Option("pending", Text(vi="Đang giải quyết", en="Pending")),
)

CLOSE = "close"
CONCLUSIONS = (
    Option(CLOSE, Text(vi="Đề nghị kết thúc", en="Close")),
    Option("continue", Text(vi="Tiếp tục kế hoạch", en="Go on with the plan")),
    Option("new_plan", Text(vi="Lập kế hoạch mới", en="Make a new plan")),
)

PLACES = (
    Option("own_family", Text(vi="Gia đình của trẻ", en="Own family")),
    Option("kin", Text(vi="Người thân thích", en="Relatives")),
    Option("foster", Text(vi="Gia đình nhận chăm sóc", en="Foster family")),
    Option("shelter", Text(vi="Nơi tạm lánh", en="Shelter")),
    Option("centre", Text(vi="Cơ sở trợ giúp xã hội", en="Centre")),
    Option("other", Text(vi="Nơi khác", en="Elsewhere")),
)

SILENT_PARTIES = (
    Option("family", Text(vi="Người trong gia đình", en="Family member")),
    Option("school", Text(vi="Cơ sở giáo dục", en="School")),
    Option("health", Text(vi="Cơ sở y tế", en="Health facility")),
    Option("authority", Text(vi="Cơ quan, tổ chức", en="Authority or organisation")),
    Option("workplace", Text(vi="Cơ sở sản xuất, kinh doanh", en="Workplace")),
    Option("individual", Text(vi="Cá nhân khác", en="Another person")),
)
KNOWN_OF = (
    Option("signs", Text(vi="Dấu hiệu nghi ngờ", en="Signs")),
    Option("told", Text(vi="Được báo tin", en="Was told")),
    Option("witnessed", Text(vi="Chứng kiến", en="Witnessed")),
)
ACTIONS = (
    Option("reminder", Text(vi="Nhắc nhở, phê bình", en="Reminder")),
    Option("discipline", Text(vi="Kỷ luật", en="Discipline")),
    Option("fine", Text(vi="Xử phạt hành chính", en="Fine")),
    Option("referral", Text(vi="Chuyển cơ quan điều tra", en="Referred to investigators")),
)

COMMUNITY, LOWER_SECONDARY = "community", "lower_secondary"
VENUES = (
    Option(COMMUNITY, Text(vi="Tại cộng đồng", en="In the community")),
    Option(
        LOWER_SECONDARY, Text(vi="Tại trường trung học cơ sở", en="At a lower secondary school")
    ),
    Option("other_school", Text(vi="Tại trường học khác", en="At another school")),
)
CURRICULA = (
    Option("law", Text(vi="Pháp luật về bảo vệ trẻ em", en="Law on child protection")),
    Option("skills", Text(vi="Kỹ năng phòng, chống xâm hại", en="Skills of prevention")),
    Option("parents", Text(vi="Kỹ năng cho cha, mẹ, người chăm sóc", en="Skills of parents")),
    Option("online", Text(vi="An toàn trên môi trường mạng", en="Safety online")),
)
PANEL_PLACES = (
    Option("office", Text(vi="Trụ sở UBND", en="People's Committee")),
    Option("school", Text(vi="Trường học", en="School")),
    Option("market", Text(vi="Chợ, bến xe, bến tàu", en="Market or station")),
    Option("road", Text(vi="Trục đường chính", en="Main road")),
    Option("other", Text(vi="Nơi khác", en="Elsewhere")),
)
PANEL_STATUSES = (
    Option("in_place", Text(vi="Đang sử dụng", en="In place")),
    Option("damaged", Text(vi="Hư hỏng", en="Damaged")),
    Option("removed", Text(vi="Đã tháo dỡ", en="Removed")),
)

# What a case has reached, each at most once; figures of the response are counted by them.
MILESTONES = (
    Option("emergency", Text(vi="Đã can thiệp khẩn cấp", en="Emergency measures taken")),
    Option("plan", Text(vi="Đã trình kế hoạch", en="Plan submitted")),
    Option("timely", Text(vi="Được hỗ trợ, can thiệp kịp thời", en="Helped in time")),
    Option("proceedings", Text(vi="Vào tố tụng", en="In proceedings")),
    Option("legal_aid", Text(vi="Được trợ giúp pháp lý", en="Legal aid given")),
    Option("needs_care", Text(vi="Cần chăm sóc y tế, tâm lý", en="Needs care")),
    Option("care", Text(vi="Được chăm sóc y tế, tâm lý", en="Care given")),
)
