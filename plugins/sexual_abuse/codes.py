"""Code lists of the intake; a code is permanent, its label may be improved.

Source: domain page of the programmes, §5.3; the forms of abuse follow Decree 56/2017/NĐ-CP.
"""

from __future__ import annotations

from core.plugin_api import Option, Text

UNCLASSIFIED = "unclassified"

_NOT_YET = Text(vi="Chưa xác định", en="Not yet determined")

SEXES = (
    Option("male", Text(vi="Nam", en="Male")),
    Option("female", Text(vi="Nữ", en="Female")),
    Option("unknown", Text(vi="Chưa rõ", en="Not known")),
)

CHANNELS = (
    Option("child", Text(vi="Trẻ em", en="The child")),
    Option("family", Text(vi="Gia đình", en="The family")),
    Option("community", Text(vi="Người dân", en="A member of the community")),
    Option("school", Text(vi="Nhà trường", en="School")),
    Option("health", Text(vi="Cơ sở y tế", en="Health facility")),
    Option("police", Text(vi="Công an", en="Police")),
    Option("hotline_111", Text(vi="Tổng đài 111", en="Hotline 111")),
    Option("other", Text(vi="Nguồn khác", en="Another source")),
)

ABUSE_FORMS = (
    Option("rape", Text(vi="Hiếp dâm", en="Rape")),
    Option("coerced_intercourse", Text(vi="Cưỡng dâm", en="Coerced sexual intercourse")),
    Option("intercourse_with_child", Text(vi="Giao cấu với trẻ em", en="Intercourse with a child")),
    Option("molestation", Text(vi="Dâm ô", en="Molestation")),
    Option(
        "prostitution_pornography",
        Text(
            vi="Sử dụng trẻ em vào mục đích mại dâm, khiêu dâm",
            en="Use for prostitution or pornography",
        ),
    ),
    Option("attempt", Text(vi="Có ý định, chưa thực hiện được", en="Attempt")),
    Option(UNCLASSIFIED, _NOT_YET),
)

SETTINGS = (
    Option("family", Text(vi="Gia đình", en="Family")),
    Option("school", Text(vi="Trường học", en="School")),
    Option("neighbourhood", Text(vi="Khu dân cư", en="Neighbourhood")),
    Option("workplace", Text(vi="Nơi làm việc", en="Workplace")),
    Option("online", Text(vi="Môi trường mạng", en="Online")),
    Option("care_facility", Text(vi="Cơ sở nuôi dưỡng, chăm sóc", en="Care facility")),
    Option("public_place", Text(vi="Nơi công cộng", en="Public place")),
    Option("transit", Text(vi="Trên đường, phương tiện đi lại", en="In transit")),
    Option("other", Text(vi="Môi trường khác", en="Another setting")),
    Option(UNCLASSIFIED, _NOT_YET),
)

RELATIONS = (
    Option("parent", Text(vi="Cha, mẹ", en="Parent")),
    Option("step_parent", Text(vi="Cha dượng, mẹ kế", en="Step-parent")),
    Option("sibling", Text(vi="Anh, chị, em", en="Sibling")),
    Option("other_relative", Text(vi="Người thân thích khác", en="Other relative")),
    Option("neighbour", Text(vi="Hàng xóm", en="Neighbour")),
    Option(
        "teacher_staff", Text(vi="Giáo viên, nhân viên nơi học tập", en="Teacher or school staff")
    ),
    Option("peer", Text(vi="Bạn bè, người cùng lứa tuổi", en="Peer")),
    Option("employer", Text(vi="Người sử dụng lao động", en="Employer")),
    Option("acquaintance_online", Text(vi="Người quen qua mạng", en="Met online")),
    Option("stranger", Text(vi="Người lạ", en="Stranger")),
    Option("unknown", _NOT_YET),
)
