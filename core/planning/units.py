"""How the units of planned quantities are called; a unit that is not here is shown as written."""

from __future__ import annotations

from core.kit.language import Text
from core.register.options import choices

# Source: domain page of the tenants: the units of the planned quantities of both provinces.
UNITS = choices(
    ("point", "điểm", "points"),
    ("points", "điểm", "points"),
    ("model", "mô hình", "models"),
    ("club", "câu lạc bộ", "clubs"),
    ("commune", "xã", "communes"),
    ("district", "huyện", "districts"),
    ("facility", "cơ sở", "facilities"),
    ("swim_cage", "lồng bơi", "swimming cages"),
    ("class", "lớp", "classes"),
    ("event", "cuộc", "events"),
    ("talk", "buổi", "talks"),
    ("contest", "hội thi", "contests"),
    ("forum", "diễn đàn", "forums"),
    ("panel", "pa-nô", "panels"),
    ("child", "trẻ em", "children"),
    ("person", "người", "persons"),
    ("case", "trường hợp", "cases"),
    ("criterion", "tiêu chí", "criteria"),
)
_NAMES = {option.value: option.label for option in UNITS.options}


def counted_in(unit: str) -> Text:
    """The unit's name."""
    return _NAMES.get(unit, Text(unit, unit))
