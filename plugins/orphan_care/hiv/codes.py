"""Code lists of the confidential team. Source: domain page of the programmes, §6.4."""

from __future__ import annotations

from plugins.orphan_care.asking import option

SEXES = (
    option("male", "Nam", "Male"),
    option("female", "Nữ", "Female"),
    option("unknown", "Chưa rõ", "Not known"),
)
