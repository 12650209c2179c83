"""The choices on risk and support. Source: domain page of the programmes, §2.3."""

from __future__ import annotations

from core.register.options import choices

RISK = choices(
    ("abuse", "Bị xâm hại", "Abuse"),
    ("violence", "Bị bạo lực", "Violence"),
    ("exploitation", "Bị bóc lột", "Exploitation"),
    ("abandonment", "Bị bỏ rơi, bỏ mặc", "Abandonment"),
    ("dropout", "Bỏ học", "Dropping out of school"),
    ("labour", "Lao động trẻ em", "Child labour"),
    ("trafficking", "Bị mua bán", "Trafficking"),
    ("injury", "Tai nạn, thương tích, đuối nước", "Injury"),
    ("other", "Nguy cơ khác", "Other"),
)
LEVEL = choices(("high", "Cao", "High"), ("medium", "Trung bình", "Medium"), ("low", "Thấp", "Low"))
SUPPORT = choices(
    ("cash", "Tiền mặt", "Cash"),
    ("gift", "Quà", "Gift"),
    ("scholarship", "Học bổng", "Scholarship"),
    ("health_check", "Khám sức khỏe", "Health check"),
    ("treatment", "Điều trị", "Treatment"),
    ("surgery", "Phẫu thuật", "Surgery"),
    ("counselling", "Tư vấn, tham vấn", "Counselling"),
    ("legal_aid", "Trợ giúp pháp lý", "Legal aid"),
    ("education", "Hỗ trợ học tập", "Education"),
    ("vocational", "Học nghề", "Vocational training"),
    ("livelihood", "Hỗ trợ sinh kế", "Livelihood"),
    ("insurance_card", "Thẻ bảo hiểm y tế", "Health-insurance card"),
    ("equipment", "Phương tiện, dụng cụ", "Equipment"),
    ("trip_or_camp", "Tham quan, trại hè", "Trip or camp"),
    ("monthly_allowance", "Trợ cấp hằng tháng", "Monthly allowance"),
    ("other", "Hỗ trợ khác", "Other"),
)
PROTECTION = choices(
    ("prevention", "Phòng ngừa", "Prevention"),
    ("intervention", "Can thiệp", "Intervention"),
    ("recovery", "Trợ giúp phục hồi", "Recovery"),
)
OCCASION = choices(
    ("tet", "Tết Nguyên đán", "Tết"),
    ("june_1", "Tết Thiếu nhi 1/6", "Children's Day, 1 June"),
    ("mid_autumn", "Tết Trung thu", "Mid-Autumn"),
    ("school_year", "Đầu năm học", "Start of the school year"),
    ("action_month", "Tháng hành động vì trẻ em", "Action month for children"),
    ("other", "Dịp khác", "Other"),
)
