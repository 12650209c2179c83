"""Code lists of the confidential team. Source: domain page of the programmes, §6.4."""

from __future__ import annotations

from plugins.orphan_care.asking import option

SEXES = (
    option("male", "Nam", "Male"),
    option("female", "Nữ", "Female"),
    option("unknown", "Chưa rõ", "Not known"),
)
SERVICES = (
    option("testing", "Tư vấn, xét nghiệm", "Counselling and testing"),
    option("treatment", "Điều trị ARV", "Antiretroviral treatment"),
    option("nutrition", "Dinh dưỡng", "Nutrition"),
    option("psychological", "Hỗ trợ tâm lý", "Psychological support"),
    option("schooling", "Hỗ trợ học tập", "Schooling"),
    option("social", "Hỗ trợ xã hội", "Social support"),
)
