"""When and why a child is followed no more: the last part of F-ORP-1, asked for each child."""

from __future__ import annotations

from core.plugin_api import Part, Text, answer
from plugins.orphan_care import codes
from plugins.orphan_care.asking import ask, not_before, past_day

ENDING = Part(
    Text(vi="Kết thúc theo dõi", en="End"),
    (
        past_day(
            "ended_on",
            "Thôi theo dõi từ ngày",
            "No longer followed from",
            required=False,
            checks=(
                not_before(
                    "ended_on",
                    "detected_on",
                    "Ngày thôi theo dõi không thể trước ngày phát hiện.",
                    "It cannot end before the child is detected.",
                ),
            ),
            help=Text(
                vi="Để trống khi còn theo dõi. Từ ngày này trẻ không còn được tính trong số đang "
                "quản lý.",
                en="Leave empty while it lasts. From this day on the child is counted no more.",
            ),
        ),
        ask(
            "choice",
            "end_reason",
            "Lý do thôi theo dõi",
            "Why it ended",
            options=codes.END_REASONS,
            required=answer("ended_on").answered(),
            relevant=answer("ended_on").answered(),
        ),
    ),
)
