"""The choices about events, training and urgent incidents. Source: programmes §2.8, §2.12."""

from __future__ import annotations

from core.register.options import choices

EVENT = choices(
    ("broadcast", "Phát thanh, truyền hình", "Broadcast"),
    ("article", "Bài báo, tin bài", "Article"),
    ("group_talk", "Nói chuyện chuyên đề, sinh hoạt nhóm", "Group talk"),
    ("household_visit", "Thăm hộ gia đình", "Household visit"),
    ("stage_play", "Sân khấu hóa", "Stage play"),
    ("contest", "Hội thi", "Contest"),
    ("forum", "Diễn đàn trẻ em", "Children's forum"),
    ("school_talk", "Truyền thông tại trường học", "Talk at a school"),
    ("club_meeting", "Sinh hoạt câu lạc bộ", "Club meeting"),
    ("festival", "Ngày hội", "Festival"),
    ("camp", "Trại hè", "Camp"),
    ("contest_sport", "Hội thao, thi đấu thể thao", "Sports contest"),
    ("online", "Truyền thông trực tuyến", "Online"),
    ("month_of_action", "Hoạt động Tháng hành động vì trẻ em", "Month of Action"),
)
TOPIC = choices(
    ("children_law", "Luật Trẻ em, quyền trẻ em", "Law on Children, children's rights"),
    ("drowning", "Phòng, chống đuối nước, tai nạn, thương tích", "Drowning and injury"),
    ("labour", "Phòng ngừa lao động trẻ em", "Child labour"),
    ("abuse", "Phòng, chống xâm hại tình dục trẻ em", "Sexual abuse"),
    ("violence", "Phòng, chống bạo lực với trẻ em", "Violence against children"),
    ("hotline_111", "Tổng đài 111", "The hotline 111"),
    ("trafficking", "Phòng, chống mua bán người", "Trafficking"),
    ("hiv", "Trẻ em bị ảnh hưởng bởi HIV/AIDS", "Children affected by HIV"),
    ("alternative_care", "Chăm sóc thay thế, trẻ em mồ côi", "Alternative care, orphans"),
    ("online_safety", "An toàn trên môi trường mạng", "Safety online"),
    ("parenting", "Kỹ năng làm cha mẹ", "Parenting"),
    ("participation", "Sự tham gia của trẻ em", "Participation of children"),
    ("management", "Quản lý trường hợp, sổ quản lý, số liệu", "Case management, register, data"),
    ("other", "Chủ đề khác", "Other"),
)
AUDIENCE = choices(
    ("child", "Trẻ em, học sinh", "Children, pupils"),
    ("parent", "Cha mẹ, người chăm sóc", "Parents and carers"),
    ("teacher", "Giáo viên", "Teachers"),
    ("collaborator", "Cộng tác viên", "Collaborators"),
    ("official", "Cán bộ, công chức", "Officials"),
    ("employer", "Chủ cơ sở sản xuất, kinh doanh", "Employers"),
    ("community", "Người dân", "The community"),
)
MATERIAL = choices(
    ("billboard", "Pa-nô", "Billboard"),
    ("poster", "Áp phích", "Poster"),
    ("leaflet", "Tờ rơi", "Leaflet"),
    ("booklet", "Sổ tay, sách nhỏ", "Booklet"),
    ("video", "Phim, đoạn phim ngắn", "Video"),
    ("radio_story", "Câu chuyện truyền thanh", "Radio story"),
)
MATERIAL_STATUS = choices(
    ("in_use", "Đang sử dụng", "In use"),
    ("damaged", "Hư hỏng", "Damaged"),
    ("removed", "Đã gỡ bỏ", "Removed"),
)
TRAINED = choices(
    ("commune_cadre", "Cán bộ cấp xã", "Officers of communes"),
    ("district_cadre", "Cán bộ cấp huyện", "Officers of districts"),
    ("collaborator", "Cộng tác viên", "Collaborators"),
    ("board_member", "Thành viên ban điều hành, nhóm công tác", "Members of committees"),
    ("teacher_youth_union", "Giáo viên, cán bộ Đoàn, Đội", "Teachers, youth union"),
    ("parent", "Cha mẹ, người chăm sóc", "Parents and carers"),
    ("child", "Trẻ em", "Children"),
    ("police", "Công an", "Police"),
    ("volunteer", "Tình nguyện viên", "Volunteers"),
    ("project_staff", "Cán bộ dự án", "Project staff"),
)
INCIDENT = choices(
    ("abuse", "Xâm hại tình dục", "Sexual abuse"),
    ("violence", "Bạo lực", "Violence"),
    ("trafficking", "Mua bán", "Trafficking"),
    ("drowning", "Đuối nước", "Drowning"),
    ("injury", "Tai nạn, thương tích", "Injury"),
    ("death", "Tử vong", "Death"),
    ("abandonment", "Bỏ rơi", "Abandonment"),
    ("labour_exploitation", "Bóc lột sức lao động", "Exploitation at work"),
    ("disaster", "Thiên tai, thảm họa", "Disaster"),
    ("media_crisis", "Vụ việc được báo chí, mạng xã hội quan tâm", "Attention of the media"),
    ("other", "Vụ việc khác", "Other"),
)
TOLD = choices(
    ("district", "Cấp huyện", "District"),
    ("province", "Cấp tỉnh", "Province"),
    ("ministry", "Bộ", "Ministry"),
)
