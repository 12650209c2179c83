"""The choices on parents and caregivers. Source: domain page of the programmes, §2.2."""

from __future__ import annotations

from core.register.options import choices

PARENT = choices(("mother", "Mẹ", "Mother"), ("father", "Cha", "Father"))
LIFE = choices(
    ("alive", "Còn sống", "Alive"),
    ("dead", "Đã mất", "Dead"),
    ("missing", "Mất tích", "Missing"),
    ("unknown", "Chưa rõ", "Not known"),
)
AVAILABILITY = choices(
    ("present", "Sống cùng trẻ", "Present"),
    ("works_away", "Đi làm xa", "Works away"),
    ("imprisoned", "Đang chấp hành án phạt tù", "Imprisoned"),
    (
        "compulsory_facility",
        "Ở cơ sở giáo dục, cai nghiện bắt buộc",
        "In a compulsory education or treatment facility",
    ),
    ("in_social_facility", "Ở cơ sở trợ giúp xã hội", "In a social assistance facility"),
    ("rights_limited", "Bị hạn chế quyền cha mẹ", "Parental rights limited"),
    ("incapable", "Không còn khả năng chăm sóc", "Incapable of care"),
)
CARER = choices(
    ("mother", "Mẹ", "Mother"),
    ("father", "Cha", "Father"),
    ("grandparent", "Ông, bà", "Grandparent"),
    ("sibling", "Anh, chị", "Brother or sister"),
    ("other_relative", "Họ hàng khác", "Other relative"),
    ("foster", "Người chăm sóc thay thế", "Foster carer"),
    ("guardian", "Người giám hộ", "Guardian"),
    ("facility", "Cơ sở trợ giúp xã hội", "Social assistance facility"),
    ("nobody", "Không có ai", "Nobody"),
)
