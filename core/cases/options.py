"""The choices of case management, with the names that officers use.

Source: domain page of the programmes, §2.4, §5.3; Decree 56/2017/ND-CP, forms 01, 02 and 06.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.kit.language import Text
from core.plugin_api.forms import Option


@dataclass(frozen=True, slots=True)
class Choices:
    """A closed list of options; the database checks the codes."""

    options: tuple[Option, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The values that may be stored."""
        return tuple(option.value for option in self.options)

    def name(self, code: str) -> Text:
        """What a code is called; a code of an older list names itself."""
        found = (option.label for option in self.options if option.value == code)
        return next(found, Text(vi=code, en=code))


def _choices(*rows: tuple[str, str, str]) -> Choices:
    return Choices(tuple(Option(code, Text(vi=vi, en=en)) for code, vi, en in rows))


CHANNEL = _choices(
    ("phone", "Điện thoại", "Telephone"),
    ("in_person", "Trực tiếp", "In person"),
    ("other_person", "Qua người khác", "Through somebody else"),
    ("hotline_111", "Tổng đài 111", "Hotline 111"),
    ("police", "Công an", "Police"),
    ("school", "Trường học", "School"),
    ("health", "Cơ sở y tế", "Health facility"),
    ("collaborator", "Cộng tác viên", "Collaborator"),
    ("ngo", "Tổ chức xã hội", "Organisation"),
    ("online", "Mạng Internet", "Online"),
)
SUBJECT = _choices(
    ("abused", "Trẻ em bị xâm hại", "Abused child"),
    ("at_risk_violence", "Có nguy cơ bị bạo lực", "At risk of violence"),
    ("at_risk_exploitation", "Có nguy cơ bị bóc lột", "At risk of exploitation"),
    ("at_risk_abandonment", "Có nguy cơ bị bỏ rơi", "At risk of abandonment"),
    ("special_circumstance", "Có hoàn cảnh đặc biệt", "In special circumstances"),
    ("hiv", "Nhiễm HIV/AIDS cần hỗ trợ", "Living with HIV/AIDS and in need of support"),
)
ABUSE = _choices(
    ("violence", "Bạo lực", "Violence"),
    ("exploitation", "Bóc lột", "Exploitation"),
    ("sexual", "Xâm hại tình dục", "Sexual abuse"),
    ("neglect_abandonment", "Bỏ rơi, bỏ mặc", "Neglect or abandonment"),
    ("trafficking", "Mua bán", "Trafficking"),
    ("other", "Hình thức gây tổn hại khác", "Other harm"),
)
SEX = _choices(
    ("male", "Nam", "Male"),
    ("female", "Nữ", "Female"),
    ("unknown", "Chưa xác định", "Not known"),
)
LEVEL = _choices(
    ("high", "Cao", "High"),
    ("medium", "Trung bình", "Medium"),
    ("low", "Thấp", "Low"),
)
CONFIRMED = _choices(
    ("confirmed", "Thông tin đúng", "Confirmed"),
    ("partly", "Đúng một phần hoặc chưa rõ", "In part, or not clear yet"),
    ("not_confirmed", "Thông tin không đúng", "Not confirmed"),
)
NEED = _choices(
    ("medical", "Chăm sóc y tế", "Medical care"),
    ("shelter", "Nơi ở an toàn", "Shelter"),
    ("food", "Ăn, mặc", "Food and clothing"),
    ("safety", "Bảo đảm an toàn", "Safety"),
)
SERVICE = _choices(
    ("medical", "Chăm sóc y tế", "Medical care"),
    ("psychological", "Hỗ trợ tâm lý", "Psychological support"),
    ("social_support", "Trợ giúp xã hội", "Social support"),
    ("legal_aid", "Trợ giúp pháp lý", "Legal aid"),
    ("education", "Hỗ trợ học tập", "Education"),
    ("vocational", "Học nghề", "Vocational training"),
    ("livelihood", "Hỗ trợ sinh kế cho gia đình", "Livelihood of the family"),
    ("alternative_care", "Chăm sóc thay thế", "Alternative care"),
    ("financial", "Hỗ trợ kinh phí", "Financial support"),
    ("other", "Hỗ trợ khác", "Other support"),
)
PROTECTION_LEVEL = _choices(
    ("prevention", "Phòng ngừa", "Prevention"),
    ("intervention", "Can thiệp", "Intervention"),
    ("recovery", "Trợ giúp phục hồi", "Recovery support"),
)
MEASURE = _choices(
    ("medical_care", "Chăm sóc y tế", "Medical care"),
    ("safe_place", "Bố trí nơi tạm trú an toàn", "A safe place to stay"),
    ("temporary_separation", "Tạm thời cách ly trẻ em", "Temporary separation"),
    ("police_protection", "Công an bảo vệ", "Protection by the police"),
    ("contact_ban", "Cấm tiếp xúc", "Ban on contact"),
    ("psychological_first_aid", "Sơ cứu tâm lý", "Psychological first aid"),
)
CONFERENCE = _choices(
    ("needs", "Xác định nhu cầu của trẻ em", "Needs of the child"),
    ("plan", "Góp ý, phê duyệt kế hoạch", "The plan and its approval"),
    ("review", "Rà soát kết quả", "Review of results"),
)
ATTENDED = _choices(
    ("responsible_persons", "Người có trách nhiệm", "Persons responsible"),
    ("neighbourhood", "Đại diện khu dân cư", "Representative of the neighbourhood"),
    ("parents_carers", "Cha, mẹ, người chăm sóc trẻ em", "Parents or carers"),
)
CONCLUSION = _choices(
    ("close", "Kết thúc hỗ trợ, can thiệp", "Close the case"),
    ("continue", "Tiếp tục kế hoạch", "Continue the plan"),
    ("new_plan", "Lập kế hoạch mới", "Make a new plan"),
)
SHARED = _choices(
    ("intake", "Phiếu tiếp nhận (Mẫu số 01)", "Intake (form 01)"),
    ("initial_assessment", "Đánh giá ban đầu (Mẫu số 02)", "Initial assessment (form 02)"),
    ("detailed_assessment", "Đánh giá cụ thể (Mẫu số 03)", "Detailed assessment (form 03)"),
    ("plan", "Kế hoạch hỗ trợ (Mẫu số 04)", "Plan (form 04)"),
)
REFERRAL_STATE = _choices(
    ("sent", "Đã gửi, chờ trả lời", "Sent, waits for an answer"),
    ("accepted", "Đã tiếp nhận", "Accepted"),
    ("refused", "Không tiếp nhận", "Refused"),
    ("ended", "Đã kết thúc", "Ended"),
)
DEADLINE = _choices(
    ("emergency", "Can thiệp khẩn cấp", "Emergency measures"),
    ("plan_draft", "Trình kế hoạch hỗ trợ, can thiệp", "Plan submitted"),
    ("plan_approval", "Phê duyệt kế hoạch", "Plan approved"),
)
RUNNING: Final = "running"
KEPT: Final = "kept"
MISSED: Final = "missed"
DROPPED: Final = "dropped"
DEADLINE_STATUS = _choices(
    (RUNNING, "Chưa đến hạn", "Running"),
    (KEPT, "Đúng hạn", "Kept"),
    (MISSED, "Quá hạn", "Missed"),
    (DROPPED, "Không còn áp dụng", "No longer applies"),
)
