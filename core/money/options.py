"""The choices about money. Source: programmes §2.7."""

from __future__ import annotations

from core.register.options import choices

SOURCE = choices(
    ("central_budget", "Ngân sách trung ương", "Central budget"),
    ("central_earmarked", "Trung ương hỗ trợ có mục tiêu", "Earmarked central support"),
    ("provincial", "Ngân sách cấp tỉnh", "Provincial budget"),
    ("district", "Ngân sách cấp huyện", "District budget"),
    ("commune", "Ngân sách cấp xã", "Commune budget"),
    ("agency_own", "Kinh phí của sở, ngành", "An agency's own budget"),
    ("mobilised_domestic", "Vận động trong nước", "Raised at home"),
    ("mobilised_foreign", "Vận động ngoài nước", "Raised abroad"),
    ("ngo", "Tổ chức phi chính phủ", "Non-governmental organisation"),
    ("child_fund", "Quỹ Bảo trợ trẻ em", "Child Fund"),
)
PURPOSE = choices(
    ("support", "Trợ giúp, can thiệp cho trẻ em", "Support of children"),
    ("abuse_support", "Hỗ trợ trẻ em bị xâm hại", "Support of abused children"),
    ("communication", "Truyền thông", "Communication"),
    ("training", "Tập huấn", "Training"),
    ("equipment", "Trang thiết bị, sản phẩm", "Equipment"),
    ("model", "Xây dựng, duy trì mô hình", "Models and service points"),
    ("allowance", "Thù lao cộng tác viên", "Allowances of collaborators"),
    ("inspection", "Kiểm tra, giám sát", "Inspection"),
    ("gift", "Quà, học bổng", "Gifts and scholarships"),
    ("surgery", "Phẫu thuật, khám sàng lọc", "Surgery and screening"),
    ("other", "Nội dung khác", "Other"),
)
BENEFICIARY = choices(
    ("abused_child", "Trẻ em bị xâm hại", "Abused children"),
    ("special_circumstance", "Trẻ em có hoàn cảnh đặc biệt", "Children in special circumstances"),
    ("at_risk", "Trẻ em có nguy cơ", "Children at risk"),
    ("ethnic_minority", "Trẻ em dân tộc thiểu số, vùng khó khăn", "Ethnic minorities, poor areas"),
    ("poor_household", "Hộ nghèo, gia đình chính sách", "Poor and policy families"),
    ("all_children", "Trẻ em nói chung", "Children in general"),
    ("staff", "Cán bộ, cộng tác viên", "Staff and collaborators"),
)
DONATION = choices(("cash", "Tiền", "Money"), ("in_kind", "Hiện vật", "In kind"))
