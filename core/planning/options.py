"""The choices about plans. Source: programmes §2.6, §2.10."""

from __future__ import annotations

from core.register.options import choices

PLAN_STATUS = choices(
    ("draft", "Dự thảo", "Draft"),
    ("submitted", "Đã trình", "Submitted"),
    ("approved", "Đã phê duyệt", "Approved"),
    ("sent_to_ministry", "Đã gửi Bộ", "Sent to the ministry"),
)
OPEN = ("approved", "sent_to_ministry")
PERIOD = choices(
    ("Q1", "Quý I", "First quarter"),
    ("Q2", "Quý II", "Second quarter"),
    ("Q3", "Quý III", "Third quarter"),
    ("Q4", "Quý IV", "Fourth quarter"),
)
OCCASION = choices(
    ("tet", "Tết Nguyên đán", "Tết"),
    ("june_1", "Tết Thiếu nhi 1/6", "Children's Day, 1 June"),
    ("family_day", "Ngày Gia đình Việt Nam 28/6", "Vietnam Family Day, 28 June"),
    ("mid_autumn", "Tết Trung thu", "Mid-Autumn"),
    ("action_month", "Tháng hành động vì trẻ em", "Month of Action"),
)
