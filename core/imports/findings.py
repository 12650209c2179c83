"""What was found wrong with rows: why each was not taken in, at which column."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from core.imports.columns import LISTED, heading_of
from core.imports.families import KeptFamily
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.forms.errors import FieldError
    from core.kit.language import Language

Kind = Literal["refused", "doubled"]
_QUICK: Final = 1  # packing further takes longer than writing the bytes

SAME_IN_FILE: Final = Text(
    vi="Cùng họ tên, ngày sinh và xã với dòng {row} của tệp nên chưa nhập. Nếu là hai trẻ khác "
    "nhau, hãy chọn dòng này ở trang kết quả để nhập thêm.",
    en="The same name, birth date and commune as row {row} of the file, so it was not taken in. If "
    "they are two children, choose this row on the page of the result.",
)
SAME_IN_REGISTER: Final = Text(
    vi="Trong sổ đã có trẻ cùng họ tên, ngày sinh và xã ({code}) nên chưa nhập. Nếu là trẻ khác, "
    "hãy chọn dòng này ở trang kết quả để nhập thêm.",
    en="The register has a child of the same name, birth date and commune ({code}), so it was not "
    "taken in. If this is another child, choose this row on the page of the result.",
)
SAME_CODE: Final = Text(
    vi="Mã trẻ em này đã có ở dòng {row} của tệp. Hãy giữ một dòng.",
    en="Row {row} of the file has this child code already. Keep one of them.",
)
CODE_IS_GIVEN: Final = Text(
    vi="Mã trẻ em do hệ thống cấp. Với trẻ mới, hãy để trống ô này; để sửa trẻ đã có trong sổ, "
    "hãy chọn «Cập nhật trẻ đã có trong sổ».",
    en="Codes are given by the system. Leave the cell empty for a new child; to correct children "
    "of the register choose “Update children who are in the register”.",
)
NO_CODE: Final = Text(
    vi="Hãy ghi mã trẻ em, ví dụ TE-7KM3Q9XA. Trẻ chưa có mã thì nhập không kèm «Cập nhật».",
    en="Write the child's code, such as TE-7KM3Q9XA. New children are taken in without “Update”.",
)
# One sentence for a child that does not exist, lies elsewhere or is another province's.
NO_SUCH_CODE: Final = Text(
    vi="Không tìm thấy trẻ em này trong địa bàn của bạn. Hãy xem lại mã, ví dụ TE-7KM3Q9XA.",
    en="No such child within your area. Check the code, for example TE-7KM3Q9XA.",
)
ACTIVE_ALONE: Final = Text(
    vi="Chỉ nhập được trẻ đang quản lý; trẻ đã chuyển đi, đã quá tuổi thì không nhập.",
    en="Only children who are followed here are taken in, none that moved out or grew up.",
)
NOT_BY_LIST: Final = Text(
    vi="Mục này không sửa bằng tệp. Hãy mở hồ sơ của trẻ để chuyển nơi ở hoặc đổi tình trạng.",
    en="This is not corrected by a file. Open the child's record to move it or change its status.",
)
HOUSEHOLD_NEEDED: Final = Text(
    vi="Hãy ghi mã hộ nếu hộ đã có trong sổ. Nếu chưa, hãy để trống ô này và ghi «Số thứ tự hộ» "
    "cùng chủ hộ, địa chỉ của hộ.",
    en="Write the household's code if it is in the register. If it is not, leave this empty and "
    "write a “Household number” with the head and the address.",
)
NO_HOUSEHOLDS: Final = Text(
    vi="Bạn không có quyền lập hộ gia đình nên hộ này chưa được lập. Hãy ghi mã hộ đã có trong sổ, "
    "hoặc nhờ người có quyền gửi tệp.",
    en="You may not enter households, so this one was not entered. Write the code of a household "
    "of the register, or have somebody send the file who may.",
)
CONTRADICTED: Final = Text(
    vi="Dòng {row} và dòng {other} cùng một hộ (cùng «Số thứ tự hộ») nhưng ghi mục này khác nhau "
    "nên hộ chưa được lập. Hãy ghi giống nhau, hoặc đổi số nếu là hai hộ.",
    en="Rows {row} and {other} are of one household (one “Household number”) but differ in this, "
    "so it was not entered. Write the same, or change the number if they are two.",
)
SAME_HOUSEHOLD_IN_FILE: Final = Text(
    vi="Cùng xã, chủ hộ và địa chỉ với hộ ở dòng {row} nhưng khác số nên hộ này chưa được lập. "
    "Nếu là một hộ, hãy ghi cùng số, hoặc mã hộ khi hộ kia đã vào sổ; nếu là hai hộ, hãy ghi địa "
    "chỉ rõ hơn.",
    en="The same commune, head and address as the household of row {row} under another number, so "
    "it was not entered. If they are one, write one number, or the code once the other is in the "
    "register; if they are two, write the address more exactly.",
)
SAME_HOUSEHOLD_IN_REGISTER: Final = Text(
    vi="Trong sổ đã có hộ cùng xã, chủ hộ và địa chỉ ({code}) nên chưa lập hộ và chưa nhập trẻ. "
    "Nếu đúng là hộ đó, hãy ghi {code} vào cột «Hộ gia đình»; nếu là hộ khác, hãy ghi địa chỉ rõ "
    "hơn.",
    en="The register has a household of the same commune, head and address ({code}), so neither "
    "household nor child was entered. If it is that one, write {code} into the column “Household”; "
    "if it is another, write the address more exactly.",
)
STANDS_AT: Final = Text(
    vi="{message} (Ghi ở dòng {row}.)", en="{message} (It stands in row {row}.)"
)


class Said(msgspec.Struct, frozen=True, array_like=True):
    """One fault, in both languages, at a field."""

    field: str
    vi: str
    en: str


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """One row that was not taken in: its number in the sheet, why, and what stands in it.

    It holds what somebody typed about a child, so it is kept sealed and shown to nobody else.
    ``family`` is the household that the list tells of for it.
    """

    row: int
    kind: Kind
    said: list[Said]
    cells: list[str]
    family: KeptFamily | None = None

    def __repr__(self) -> str:
        return f"<row {self.row}: {self.kind}>"

    def reason(self, language: Language) -> str:
        """Each fault with the heading of its column: "Ngày sinh: …; Giới tính: …"."""
        return " ".join(
            f"{heading_of(LISTED[one.field]).read(language)}: {Text(one.vi, one.en).read(language)}"
            for one in self.said
        )


def said(field: str, message: Text, **values: object) -> Said:
    """A fault at a field."""
    filled = message.fill(**values) if values else message
    return Said(field, filled.vi, filled.en)


def of_form(errors: Sequence[FieldError]) -> list[Said]:
    """What the form finds wrong."""
    return [said(error.field, error.message) for error in errors]


def packed(value: object) -> bytes:
    """Rows or findings as they are kept, before they are sealed."""
    return zlib.compress(msgspec.msgpack.encode(value), _QUICK)


def unpacked_findings(content: bytes) -> list[Finding]:
    """The findings of a chunk."""
    return msgspec.msgpack.decode(zlib.decompress(content), type=list[Finding])
