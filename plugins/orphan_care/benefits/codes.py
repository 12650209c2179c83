"""Code lists of benefits. Source: domain page of the programmes, §6.4 and §6.5."""

from __future__ import annotations

from plugins.orphan_care.asking import option

METHODS = (
    option("cash", "Tiền mặt", "Cash"),
    option("bank", "Tài khoản ngân hàng", "Bank account"),
    option("post", "Bưu điện", "Post office"),
    option("carer", "Qua người nuôi dưỡng", "Through the carer"),
)
