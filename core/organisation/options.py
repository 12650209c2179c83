"""The choices about bodies, people and services. Source: programmes §2.5; glossary §5, §6."""

from __future__ import annotations

from core.register.options import choices

LEVEL = choices(
    ("commune", "Cấp xã", "Commune"),
    ("district", "Cấp huyện", "District"),
    ("province", "Cấp tỉnh", "Province"),
)
COMMITTEE = choices(
    ("steering", "Ban Chỉ đạo", "Steering committee"),
    (
        "management_board",
        "Ban điều hành Hệ thống bảo vệ trẻ em",
        "Management board of the child-protection system",
    ),
    ("commune_board", "Ban bảo vệ, chăm sóc trẻ em cấp xã", "Commune protection and care board"),
    (
        "intersector_group",
        "Nhóm công tác liên ngành bảo vệ trẻ em",
        "Inter-sector child-protection working group",
    ),
    (
        "coordination_body",
        "Tổ chức phối hợp liên ngành về trẻ em",
        "Inter-sector coordinating body",
    ),
)
STANDING = choices(
    ("active", "Đang hoạt động", "Active"),
    ("replaced", "Đã được kiện toàn", "Replaced by a later decision"),
)
POST = choices(
    (
        "protection_worker",
        "Người làm công tác bảo vệ trẻ em",
        "Child-protection worker",
    ),
    ("social_officer", "Công chức phụ trách công tác trẻ em", "Officer in charge of children"),
    ("social_worker", "Nhân viên công tác xã hội", "Social worker"),
    ("other", "Vị trí khác về công tác trẻ em", "Another post for children"),
)
GROUP = choices(
    ("reporters_club", "Câu lạc bộ phóng viên nhỏ", "Little reporters' club"),
    ("children_club", "Câu lạc bộ trẻ em khác", "Another children's club"),
    ("core_children_group", "Nhóm trẻ em nòng cốt", "Core group of children"),
    ("volunteer_team", "Đội tình nguyện viên", "Team of volunteers"),
)
OWNERSHIP = choices(
    ("public", "Công lập", "Public"), ("non_public", "Ngoài công lập", "Non-public")
)
SERVICE = choices(
    ("counselling", "Tư vấn, tham vấn", "Counselling"),
    ("medical", "Khám bệnh, chữa bệnh", "Medical care"),
    ("shelter", "Chăm sóc, nuôi dưỡng tạm thời", "Temporary care and shelter"),
    ("alternative_care", "Chăm sóc thay thế", "Alternative care"),
    ("legal_aid", "Trợ giúp pháp lý", "Legal aid"),
    ("education", "Giáo dục, kỹ năng sống", "Education and life skills"),
    ("vocational", "Dạy nghề", "Vocational training"),
    ("reintegration", "Phục hồi, tái hòa nhập", "Recovery and reintegration"),
    ("other", "Dịch vụ khác", "Other services"),
)
POINT = choices(
    ("social_work_centre", "Trung tâm công tác xã hội", "Social work centre"),
    ("district_office", "Văn phòng tư vấn cấp huyện", "District counselling office"),
    ("school_sw_point", "Điểm công tác xã hội trường học", "School social work point"),
    (
        "school_counselling_point",
        "Điểm tham vấn bảo vệ trẻ em trong trường học",
        "School counselling point",
    ),
    (
        "community_counselling_point",
        "Điểm tư vấn ở cộng đồng",
        "Community counselling point",
    ),
    (
        "hospital_sw_model",
        "Mô hình công tác xã hội trong bệnh viện",
        "Hospital social work model",
    ),
    (
        "centre_sw_model",
        "Mô hình công tác xã hội tại Trung tâm Bảo trợ xã hội",
        "Social work model of a social protection centre",
    ),
    ("trusted_address", "Địa chỉ tin cậy ở cộng đồng", "Trusted address"),
    (
        "community_system",
        "Hệ thống bảo vệ trẻ em dựa vào cộng đồng",
        "Community-based child-protection system",
    ),
)
POINT_STATUS = choices(
    ("planned", "Dự kiến mở", "Planned"),
    ("active", "Đang hoạt động", "Active"),
    ("paused", "Tạm ngừng", "Paused"),
    ("closed", "Đã đóng", "Closed"),
)
# The standard of 2014 had 15 criteria, that of 2019 has 13. Source: programmes §0 (3), P16, P18.
FRIENDLY_STANDARD = choices(
    ("2014", "15 tiêu chí (Quyết định 34/2014/QĐ-TTg)", "15 criteria (Decision 34/2014/QĐ-TTg)"),
    ("2019", "13 tiêu chí (áp dụng từ năm 2019)", "13 criteria (since 2019)"),
)
