"""Code lists of care. Source: domain page of the programmes, §6.4 and §6.5."""

from __future__ import annotations

from plugins.orphan_care.asking import option

FOSTER, FACILITY, KIN = "foster", "facility", "kin"

PARENTS = (option("mother", "Mẹ", "Mother"), option("father", "Cha", "Father"))
EVENTS = (
    option("death", "Chết", "Death"),
    option("missing", "Mất tích", "Missing"),
    option("imprisoned", "Chấp hành án phạt tù", "Imprisoned"),
    option("abandoned", "Bỏ rơi trẻ", "Abandoned the child"),
    option("rights_limited", "Bị hạn chế quyền cha, mẹ", "Parental rights limited"),
)
CARE_TYPES = (
    option(KIN, "Người thân thích chăm sóc", "Care by relatives"),
    option(FOSTER, "Cá nhân, gia đình không phải thân thích", "Foster family"),
    option("guardian", "Giám hộ", "Guardianship"),
    option("adoption", "Nhận làm con nuôi", "Adoption"),
    option(FACILITY, "Cơ sở trợ giúp xã hội", "Social assistance facility"),
)
SUITABLE, CONDITIONAL, UNSUITABLE = "suitable", "conditional", "unsuitable"
RESULTS = (
    option(SUITABLE, "Đủ điều kiện", "Suitable"),
    option(CONDITIONAL, "Đủ điều kiện, cần hỗ trợ thêm", "Suitable with support"),
    option(UNSUITABLE, "Chưa đủ điều kiện", "Not suitable"),
)
APART = "apart"
SIBLINGS = (
    option("none", "Không có anh chị em ruột cùng hoàn cảnh", "No siblings"),
    option("together", "Ở cùng anh chị em ruột", "Together with siblings"),
    option(APART, "Ở tách anh chị em ruột", "Apart from siblings"),
)
NOTIFIED, REGISTERED = "notified", "registered"
BASES = (
    option(NOTIFIED, "Thông báo (người thân thích)", "Notified, by relatives"),
    option(REGISTERED, "Đăng ký", "Registered"),
)
END_REASONS = (
    option("returned", "Trở về với cha, mẹ", "Back with the parents"),
    option("moved", "Chuyển hình thức chăm sóc", "Moved to other care"),
    option("of_age", "Đủ tuổi", "Of age"),
    option("carer_unable", "Người nhận chăm sóc không còn khả năng", "Carer no longer able"),
    option("unsafe", "Trẻ không an toàn", "Child not safe"),
    option("other", "Lý do khác", "Another reason"),
)
SPONSORSHIPS = (
    option("cash", "Tiền mặt", "Cash"),
    option("scholarship", "Học bổng", "Scholarship"),
    option("in_kind", "Hiện vật (ghi giá trị)", "In kind, by its value"),
)
GOOD, FAIR, POOR = "good", "fair", "poor"
LEVELS = (
    option(GOOD, "Tốt", "Good"),
    option(FAIR, "Bình thường", "Fair"),
    option(POOR, "Cần quan tâm", "Needs attention"),
)
ABUSE = "abuse"
CONCERNS = (
    option("none", "Không", "None"),
    option("school", "Học tập", "Schooling"),
    option("health", "Sức khỏe", "Health"),
    option("conflict", "Mâu thuẫn trong gia đình", "Conflict in the family"),
    option(ABUSE, "Nghi bị xâm hại, bạo lực, bỏ mặc", "Suspected harm or neglect"),
)
