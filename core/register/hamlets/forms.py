"""The form by which a commune enters its hamlets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.kit.language import Text
from core.kit.text import fold
from core.plugin_api.forms import Check, Field, Form, Part
from core.plugin_api.rules import answer
from core.register.hamlets.models import Hamlet

if TYPE_CHECKING:
    from collections.abc import Mapping


def hamlet_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored beside the answers."""
    return {"name_fold": fold(answers["name"])}


HAMLET_FORM = Form(
    code="core.hamlet",
    number="F-COR-KA",
    title=Text(vi="Khóm, ấp, thôn, bản", en="Hamlet"),
    purpose=Text(
        vi="Ghi các khóm, ấp, thôn, bản của xã để chọn trong các phiếu khác.",
        en="Enter the hamlets of the commune, to be chosen on other forms.",
    ),
    model=Hamlet,
    parts=(
        Part(
            Text(vi="Khóm, ấp, thôn, bản", en="Hamlet"),
            (
                Field(
                    name="name",
                    label=Text(vi="Tên đầy đủ", en="Full name"),
                    kind="text",
                    required=True,
                    max_length=120,
                    help=Text(vi="Ghi cả loại, ví dụ: Ấp Bình Phú.", en="With its kind."),
                ),
                Field(
                    name="commune_id",
                    label=Text(vi="Xã, phường, thị trấn", en="Commune"),
                    kind="commune",
                    required=True,
                ),
                Field(
                    name="valid_from",
                    label=Text(vi="Từ ngày", en="From"),
                    kind="date",
                    help=Text(vi="Để trống nếu không rõ.", en="Leave empty if not known."),
                ),
                Field(
                    name="valid_to",
                    label=Text(vi="Đến hết ngày", en="Until"),
                    kind="date",
                    help=Text(
                        vi="Chỉ ghi khi khóm, ấp, thôn, bản đã nhập, tách hoặc giải thể.",
                        en="Only if it was merged, split or dissolved.",
                    ),
                    checks=(
                        Check(
                            ~answer("valid_to").below(answer("valid_from")),
                            Text(
                                vi="Ngày cuối không được trước ngày đầu.",
                                en="The last day cannot lie before the first.",
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("name", "commune_id", "valid_from", "valid_to"),
    called="name",
    editable=True,
    enters="core.household.enter",
    sees="core.household.read",
    compute=hamlet_columns,
    source="glossary: thôn, bản, khóm, ấp; programmes §2.1 hamlet_id",
)
