"""Code lists of centres and relief. Source: domain page of the programmes, §6.4."""

from __future__ import annotations

from plugins.orphan_care.asking import option

SERVICES = (
    option("general", "Khám sức khỏe tổng quát", "General check"),
    option("dental", "Khám răng miệng", "Dental check"),
    option("eye", "Khám mắt", "Eye check"),
    option("mental", "Khám, tư vấn tâm lý", "Psychological check"),
    option("vaccination", "Tiêm chủng", "Vaccination"),
    option("rehabilitation", "Phục hồi chức năng", "Rehabilitation"),
    option("other", "Dịch vụ khác", "Another service"),
)
DISASTERS = (
    option("flood", "Lũ, ngập lụt", "Flood"),
    option("flash_flood", "Lũ quét", "Flash flood"),
    option("landslide", "Sạt lở đất", "Landslide"),
    option("storm", "Bão, lốc xoáy", "Storm"),
    option("cold", "Rét hại", "Severe cold"),
    option("drought", "Hạn hán, xâm nhập mặn", "Drought, salt water"),
    option("fire", "Hỏa hoạn", "Fire"),
    option("other", "Thiên tai, thảm họa khác", "Another disaster"),
)
CHILD_NEEDS = (
    option("foster", "Gia đình nhận chăm sóc", "Foster family"),
    option("kin", "Người thân thích", "Relatives"),
    option("adoption", "Nhận làm con nuôi", "Adoption"),
    option("reunite", "Đoàn tụ gia đình", "Back with the family"),
    option("stay", "Tiếp tục ở cơ sở", "Stays in the centre"),
)
RELIEF = (
    option("food", "Lương thực, thực phẩm", "Food"),
    option("clothing", "Quần áo, chăn màn", "Clothing, blankets"),
    option("school", "Sách vở, đồ dùng học tập", "School supplies"),
    option("medicine", "Thuốc, chăm sóc y tế", "Medicine, care"),
    option("housing", "Nhà ở, chỗ ở tạm", "Housing, shelter"),
    option("cash", "Tiền", "Cash"),
    option("counselling", "Hỗ trợ tâm lý", "Counselling"),
)
SEXES = (option("male", "Nam", "Male"), option("female", "Nữ", "Female"))
