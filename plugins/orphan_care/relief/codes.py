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
