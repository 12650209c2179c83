"""The choices on changes of a child. Source: domain page of the programmes, §2.2."""

from __future__ import annotations

from core.register.options import choices

DROPOUT = choices(
    ("poverty", "Gia đình khó khăn", "The family is poor"),
    ("works", "Phải đi làm", "Has to work"),
    ("moves_with_family", "Theo gia đình đi làm xa", "Follows the family to work away"),
    ("illness", "Ốm đau, khuyết tật", "Illness or disability"),
    ("weak_results", "Học yếu, chán học", "Weak results, no interest"),
    ("early_marriage", "Kết hôn sớm, tảo hôn", "Early marriage"),
    ("far_from_school", "Trường xa, đi lại khó", "School is far away"),
    ("other", "Lý do khác", "Other"),
)
STATUS_TO = choices(
    ("moved_out", "Chuyển đi khỏi tỉnh", "Moved out of the province"),
    ("aged_out", "Đã quá tuổi trẻ em", "No longer a child"),
    ("deceased", "Đã mất", "Deceased"),
    ("active", "Trở lại, tiếp tục quản lý", "Back, followed again"),
)
DEATH_CAUSE = choices(
    ("illness", "Bệnh", "Illness"),
    ("drowning", "Đuối nước", "Drowning"),
    ("traffic", "Tai nạn giao thông", "Traffic accident"),
    ("other_injury", "Tai nạn, thương tích khác", "Other injury"),
    ("other", "Nguyên nhân khác", "Other cause"),
    ("unknown", "Chưa rõ", "Not known"),
)
MOVE_REASON = choices(
    ("family_moves", "Gia đình chuyển nơi ở", "The family moves"),
    ("to_relatives", "Về ở với người thân", "To relatives"),
    ("alternative_care", "Chăm sóc thay thế", "Alternative care"),
    ("school", "Đi học", "School"),
    ("work", "Đi làm", "Work"),
    ("other", "Lý do khác", "Other"),
)
