"""Plausible Vietnamese personal names, put together by chance from common elements.

The elements are shared by millions and the combinations are drawn, so that no name is taken from a
person. Weights are a rough feel for what is frequent, not a statistic.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

GENERATED_MARK: Final = "(dữ liệu minh họa)"
"""Shown wherever a generated record appears, so that nobody takes it for a person."""

Sex = Literal["male", "female"]
Ethnicity = Literal["kinh", "hmong", "dao", "tay", "giay"]
ETHNICITIES: Final[tuple[Ethnicity, ...]] = ("kinh", "hmong", "dao", "tay", "giay")


def _words(text: str) -> tuple[str, ...]:
    """The elements of a list; "_" joins the two syllables of one element."""
    return tuple(word.replace("_", " ") for word in text.split())


@dataclass(frozen=True, slots=True)
class _Parts:
    """The middle and given names of one sex; a word said twice comes twice as often."""

    middle: tuple[str, ...]
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    """How one community names; ``adult`` where the older generation differs."""

    families: tuple[str, ...]
    child: Mapping[Sex, _Parts]
    adult: Mapping[Sex, _Parts] = field(default_factory=dict)


_KINH = _Style(
    families=_words(
        "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Huỳnh Võ Phan Trương "
        "Bùi Đặng Đỗ Ngô Dương Lý Đinh Đoàn Lâm Mai Trịnh Cao Hà Lưu Tạ Châu"
    ),
    child={
        "male": _Parts(
            middle=_words(
                "Văn Văn Minh Gia Hoàng Quốc Tuấn Anh Thành Hữu Nhật Bảo Đăng Thanh Trung "
                "Phúc Thiên Ngọc"
            ),
            given=_words(
                "An Anh Bảo Bình Cường Duy Đạt Hải Hào Hiếu Huy Khang Khoa Khôi Long Lộc Nam "
                "Nghĩa Nhân Phát Phong Phú Phúc Quân Sang Tài Tâm Thiện Thịnh Tiến Tín Toàn Trí "
                "Tuấn Vinh"
            ),
        ),
        "female": _Parts(
            middle=_words(
                "Thị Thị Ngọc Ngọc Thị_Ngọc Thị_Mỹ Thị_Thanh Bảo Khánh Phương Thanh Thùy Minh Mỹ "
                "Hồng Tuyết Như Quỳnh Hoàng Diễm"
            ),
            given=_words(
                "An Anh Châu Chi Diệp Dung Duyên Giang Hà Hân Hiền Hoa Hương Lan Linh Loan Ly Mai "
                "My Nga Ngân Nghi Nhi Nhung Như Oanh Phương Quyên Thảo Thơ Thư Thy Tiên Trang Trâm "
                "Trân Trinh Trúc Uyên Vân Vy Yến"
            ),
        ),
    },
    adult={
        "male": _Parts(
            middle=_words("Văn Văn Văn Văn Hữu Thanh Minh Ngọc Thành Xuân"),
            given=_words(
                "Bé Bình Chiến Cường Danh Dũng Điền Đông Hải Hiền Hòa Hoàng Hùng Lâm Lợi Lực Mạnh "
                "Năm Nghĩa Phước Phương Quý Sơn Tâm Tân Thạnh Thắng Thuận Toàn Tùng Út"
            ),
        ),
        "female": _Parts(
            middle=_words("Thị Thị Thị Thị Thị_Kim Thị_Thu Thị_Mỹ Thị_Ngọc Ngọc Kim Thanh"),
            given=_words(
                "Bé Bông Cúc Dung Đào Điệp Hạnh Hằng Hiền Hoa Hồng Huệ Hương Lan Lành Lệ Liên Loan "
                "Lượm Mai Mười Nga Ngọc Nguyệt Nhàn Phượng Sương Thắm Thoa Thu Thủy Tuyết Vân Xuân "
                "Yến"
            ),
        ),
    },
)

_HMONG = _Style(
    families=_words("Giàng Giàng Vàng Thào Lý Má Sùng Hạng Cư Tráng Lù Vừ Hầu Ma"),
    child={
        "male": _Parts(
            middle=_words("A A A Seo Seo"),
            given=_words(
                "Chinh Chứ Dình Giáo Khoa Lềnh Lử Minh Nủ Páo Phừ Sàng Sèng Sính Sử Tếnh "
                "Thành Tủa Vảng"
            ),
        ),
        "female": _Parts(
            middle=_words("Thị Thị Thị Seo"),
            given=_words("Chư Dợ Dua Dung Hoa Ka Lan Máy May Mỷ Mỵ Nu Pàng Sáo Sua Súa Xua"),
        ),
    },
)

_DAO = _Style(
    families=_words("Lý Lý Chảo Chảo Tẩn Tẩn Phàn Bàn Triệu Đặng Phùng"),
    child={
        "male": _Parts(
            middle=_words("Láo Láo Phù Duần Sành A Văn"),
            given=_words("Chiêu Chìu Khé Kiêm Lở Pảo San Sơn Sử Tiến Vạn Vảng Viện"),
        ),
        "female": _Parts(
            middle=_words("Tả Tả Mùi Mẩy Thị"),
            given=_words("Chạn Khé Liều Lụa Mẩy Mùi Nhàn Pham Phấy Viện"),
        ),
    },
)

_TAY = _Style(
    families=_words("Hoàng Hoàng Nông Lương Hà La Lự Ma Vi Lý Nguyễn Phùng"),
    child={
        "male": _Parts(
            middle=_words("Văn Văn Văn Đức Minh Quốc Trung"),
            given=_words(
                "Chiến Công Dương Đông Hiệp Hiếu Hoan Huấn Nam Quân Thắng Tuyên Tùng Vĩnh"
            ),
        ),
        "female": _Parts(
            middle=_words("Thị Thị Thị Thị_Thu Thị_Bích Thúy"),
            given=_words("Diễm Điệp Hạnh Hiên Hoa Lả Lan Lưu Mai Nga Nguyệt Nhình Quỳnh Xuân Yên"),
        ),
    },
)

_GIAY = _Style(
    families=_words("Vàng Vàng Lù Lục Vùi Nông Hoàng Phan Lý"),
    child={
        "male": _Parts(
            middle=_words("Văn Văn Văn A Minh"),
            given=_words("Chiến Cường Dín Dũng Hòa Nhất Phà Quang Sinh Thành Toàn Vinh"),
        ),
        "female": _Parts(
            middle=_words("Thị Thị Thị Thị_Thu"),
            given=_words("Dung Hà Hằng Lan Liên Mai Mỷ Nga Nhung Phương Sen Thơm"),
        ),
    },
)

_STYLES: Final[Mapping[Ethnicity, _Style]] = MappingProxyType(
    {"kinh": _KINH, "hmong": _HMONG, "dao": _DAO, "tay": _TAY, "giay": _GIAY},
)


class GeneratedNames:
    """Draws names, family name first; the same seed and the same calls give the same names."""

    def __init__(self, random: Random) -> None:
        """Draw from this source."""
        self._random = random

    def family(self, ethnicity: Ethnicity = "kinh") -> str:
        """A family name, to be shared by a father and his children."""
        return self._one_of(_STYLES[ethnicity].families)

    def child(
        self,
        sex: Sex,
        ethnicity: Ethnicity = "kinh",
        *,
        family: str | None = None,
    ) -> str:
        """A child's full name; with the given family name, or one drawn."""
        style = _STYLES[ethnicity]
        return self._full_name(style.child[sex], family or self.family(ethnicity))

    def adult(
        self,
        sex: Sex,
        ethnicity: Ethnicity = "kinh",
        *,
        family: str | None = None,
    ) -> str:
        """An adult's full name, in the fashion of the older generation."""
        style = _STYLES[ethnicity]
        return self._full_name(
            style.adult.get(sex, style.child[sex]), family or self.family(ethnicity)
        )

    def _full_name(self, parts: _Parts, family: str) -> str:
        """Family, middle and given name, no syllable twice."""
        middle = self._one_of(_other_than(family.split(), parts.middle))
        given = self._one_of(_other_than([family, *middle.split()], parts.given))
        return f"{family} {middle} {given}"

    def _one_of(self, elements: Sequence[str]) -> str:
        """One element by chance."""
        return self._random.choice(elements)


def _other_than(taken: Sequence[str], elements: Sequence[str]) -> list[str]:
    """The elements that repeat none of the syllables before: no "Minh Minh"."""
    return [element for element in elements if not set(element.split()) & set(taken)]
