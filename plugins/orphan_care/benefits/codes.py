"""Code lists of benefits. Source: domain page of the programmes, §6.4 and §6.5."""

from __future__ import annotations

from plugins.orphan_care.asking import option

METHODS = (
    option("cash", "Tiền mặt", "Cash"),
    option("bank", "Tài khoản ngân hàng", "Bank account"),
    option("post", "Bưu điện", "Post office"),
    option("carer", "Qua người nuôi dưỡng", "Through the carer"),
)
ALLOWANCE, GRANTED = "allowance", "granted"
DOSSIERS = (
    option(ALLOWANCE, "Trợ cấp xã hội hằng tháng", "Monthly allowance"),
    option("alternative_care", "Chăm sóc thay thế", "Alternative care"),
    option("adoption", "Nhận con nuôi", "Adoption"),
    option("disability", "Xác định mức độ khuyết tật", "Disability"),
)
RESULTS = (
    option(GRANTED, "Được giải quyết", "Granted"),
    option("refused", "Không được giải quyết", "Refused"),
)
ITEMS = (
    option("application", "Tờ khai, đơn đề nghị", "Application"),
    option("birth_certificate", "Giấy khai sinh (bản sao)", "Birth certificate (copy)"),
    option(
        "parents_paper",
        "Giấy tờ về cha, mẹ (chứng tử, quyết định của tòa án…)",
        "Paper on the parents",
    ),
    option("carer_paper", "Giấy tờ của người nuôi dưỡng", "Paper of the carer"),
    option("health_paper", "Giấy khám sức khỏe, giấy xác nhận khuyết tật", "Health paper"),
    option("residence", "Xác nhận nơi cư trú", "Confirmation of residence"),
)
# Which items a dossier needs. The lists of the law were not read [unverified]: a province that
# knows them asks for more here, and a later list is a new line with its first day.
REQUIRED = {
    ALLOWANCE: ("application", "birth_certificate", "parents_paper"),
    "alternative_care": ("application", "birth_certificate", "carer_paper"),
    "adoption": ("application", "birth_certificate", "carer_paper", "health_paper"),
    "disability": ("application", "health_paper"),
}
PAID = "paid"
PAYMENTS = (
    option(PAID, "Đã chi trả", "Paid"),
    option("unpaid", "Chưa chi trả", "Not paid"),
)
