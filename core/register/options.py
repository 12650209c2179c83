"""The choices of the register, with the names that officers use.

Source: domain page of the programmes, §2.1 and §2.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.kit.language import Text
from core.kit.text import fold
from core.plugin_api.forms import Option


@dataclass(frozen=True, slots=True)
class Choices:
    """A closed list of options; the database checks the codes."""

    options: tuple[Option, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The values that may be stored."""
        return tuple(option.value for option in self.options)


def choices(*rows: tuple[str, str, str]) -> Choices:
    """A list from rows of code, Vietnamese and English name."""
    return Choices(tuple(Option(code, Text(vi=vi, en=en)) for code, vi, en in rows))


SEX = choices(
    ("male", "Nam", "Male"),
    ("female", "Nữ", "Female"),
    ("unknown", "Chưa xác định", "Not known"),
)
PRECISION = choices(
    ("day", "Biết chính xác ngày, tháng, năm", "Day, month and year are known"),
    ("month", "Chỉ biết tháng và năm", "Only month and year are known"),
    ("year", "Chỉ biết năm", "Only the year is known"),
    ("estimated", "Ước lượng", "Estimated"),
)
BIRTH_REGISTRATION = choices(
    ("registered", "Đã đăng ký đúng hạn", "Registered in time"),
    ("late", "Đã đăng ký quá hạn", "Registered late"),
    ("not_registered", "Chưa đăng ký", "Not registered"),
)
RELATION = choices(
    ("child", "Con", "Child"),
    ("adopted_child", "Con nuôi", "Adopted child"),
    ("grandchild", "Cháu nội, cháu ngoại", "Grandchild"),
    ("sibling", "Anh, chị, em", "Brother or sister"),
    ("niece_nephew", "Cháu ruột (con của anh, chị, em)", "Niece or nephew"),
    ("other_relative", "Họ hàng khác", "Other relative"),
    ("not_related", "Không có quan hệ họ hàng", "Not related"),
    ("head", "Là chủ hộ", "Is the head of the household"),
    ("no_household", "Không thuộc hộ gia đình nào", "Belongs to no household"),
)
RESIDENCE = choices(
    ("permanent", "Thường trú", "Permanent"),
    ("temporary", "Tạm trú", "Temporary"),
    ("absent", "Tạm vắng", "Absent for a time"),
    ("migrant", "Di cư, chưa đăng ký cư trú", "Migrant, residence not registered"),
)
SCHOOLING = choices(
    ("too_young", "Chưa đến tuổi đi học", "Too young"),
    ("nursery", "Nhà trẻ", "Nursery"),
    ("preschool", "Mẫu giáo", "Preschool"),
    ("primary", "Tiểu học", "Primary school"),
    ("lower_secondary", "Trung học cơ sở", "Lower secondary school"),
    ("upper_secondary", "Trung học phổ thông", "Upper secondary school"),
    ("vocational", "Học nghề", "Vocational training"),
    ("dropped_out", "Đã bỏ học", "Dropped out"),
    ("never", "Chưa bao giờ đi học", "Never went to school"),
)
SOURCE = choices(
    ("survey", "Rà soát, khảo sát", "Survey"),
    ("birth_feed", "Dữ liệu đăng ký khai sinh", "Birth registration data"),
    ("collaborator", "Cộng tác viên báo", "Told by a collaborator"),
    ("case", "Phát hiện qua vụ việc", "Found through a case"),
    ("import", "Chuyển từ phần mềm khác", "Taken over from other software"),
)
POVERTY = choices(
    ("poor", "Hộ nghèo", "Poor"),
    ("near_poor", "Hộ cận nghèo", "Near-poor"),
    ("average", "Hộ có mức sống trung bình", "Average"),
    ("better_off", "Hộ khá trở lên", "Better off"),
    ("unknown", "Chưa phân loại", "Not classified"),
)
CHILD_STATUS = choices(
    ("active", "Đang quản lý", "Active"),
    ("moved_out", "Đã chuyển đi", "Moved out"),
    ("aged_out", "Đã quá tuổi trẻ em", "No longer a child"),
    ("deceased", "Đã mất", "Deceased"),
    ("merged", "Đã gộp vào hồ sơ khác", "Merged into another record"),
    ("duplicate", "Hồ sơ trùng", "Duplicate"),
)

# The 54 ethnic groups by their usual names, the largest first, and two answers for everything else.
# Source: the list of ethnic groups of Viet Nam, Decision 421-TCTK/PPCĐ of 2 March 1979; written
# from general knowledge, the text itself was not at hand.
_ETHNIC_GROUPS = (
    "Kinh Tày Thái Hoa Khmer Mường Nùng Mông Dao Gia_Rai Ngái Ê_Đê Ba_Na Xơ_Đăng Sán_Chay Cơ_Ho "
    "Chăm Sán_Dìu Hrê Mnông Ra_Glai Xtiêng Bru_Vân_Kiều Thổ Giáy Cơ_Tu Giẻ_Triêng Mạ Khơ_Mú Co "
    "Tà_Ôi Chơ_Ro Kháng Xinh_Mun Hà_Nhì Chu_Ru Lào La_Chí La_Ha Phù_Lá La_Hủ Lự Lô_Lô Chứt Mảng "
    "Pà_Thẻn Cơ_Lao Cống Bố_Y Si_La Pu_Péo Brâu Ơ_Đu Rơ_Măm"
)
_OWN_CODES = {"Mông": "hmong"}


def _ethnicities() -> Choices:
    groups = []
    for word in _ETHNIC_GROUPS.split():
        name = word.replace("_", " ")
        code = _OWN_CODES.get(name, fold(name).replace(" ", "_"))
        groups.append(Option(code, Text(vi=name, en=name)))
    other = Option("other", Text(vi="Dân tộc khác, người nước ngoài", en="Other, foreign"))
    unknown = Option("unknown", Text(vi="Chưa rõ", en="Not known"))
    return Choices((*groups, other, unknown))


ETHNICITY = _ethnicities()

# Source: Law on Persons with Disabilities 2010, Art. 3: six forms and three degrees.
DISABILITY = choices(
    ("movement", "Vận động", "Movement"),
    ("hearing_speech", "Nghe, nói", "Hearing, speech"),
    ("sight", "Nhìn", "Sight"),
    ("mental", "Thần kinh, tâm thần", "Neurological, mental"),
    ("intellectual", "Trí tuệ", "Intellectual"),
    ("other", "Khuyết tật khác", "Other"),
)
SEVERITY = choices(
    ("extremely_severe", "Đặc biệt nặng", "Extremely severe"),
    ("severe", "Nặng", "Severe"),
    ("mild", "Nhẹ", "Mild"),
    ("not_determined", "Chưa xác định mức độ", "Not determined yet"),
)
