"""Words that every section needs: counts, changes, and what to say without a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.kit.language import Text
from core.kit.numbers import format_number
from core.plugin_api.documents import FigureState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.plugin_api.documents import Cell, Figure
    from core.plugin_api.forms import Option

_COUNTED = frozenset({FigureState.NUMBER, FigureState.NIL_RETURN})
_TWO_DIGITS = 10


def counted(figure: Figure | None) -> int | None:
    """The count a sentence may state; ``None`` where there is none or it must not be shown."""
    return figure.count if figure is not None and figure.state in _COUNTED else None


def number(value: int) -> Text:
    """A count inside a sentence; one digit is written with a zero, as Vietnamese officers do."""
    vietnamese = f"{value:02}" if 0 < value < _TWO_DIGITS else f"{value:,}".replace(",", ".")
    return Text(vi=vietnamese, en=f"{value:,}")


def percent(figure: Figure) -> Text | None:
    """A ratio inside a sentence, «80,5%»; ``None`` where there is none or it must not be shown."""
    if figure.state is not FigureState.NUMBER or figure.value is None:
        return None
    return Text(
        vi=f"{format_number(figure.value, 1)}%",
        en=f"{format_number(figure.value, 1, language='en')}%",
    )


def plural(value: int, one: str, many: str) -> str:
    """The English noun that goes with a count."""
    return one if value == 1 else many


def join(*parts: Text) -> Text:
    """Texts one after the other, parted by blanks."""
    return Text(vi=" ".join(p.vi for p in parts), en=" ".join(p.en for p in parts))


def change(now: Figure | None, before: Figure | None, *, year: int, unit: Text) -> Text:
    """How it moved: «tăng 02 trẻ so với cùng kỳ năm 2017»; or that nothing can be compared."""
    this, last = counted(now), counted(before)
    if this is None or last is None:
        return Text(
            vi=f"chưa có số liệu cùng kỳ năm {year} để so sánh",
            en=f"no figure for the same period of {year} to compare with",
        )
    if this == last:
        return Text(
            vi=f"không thay đổi so với cùng kỳ năm {year}",
            en=f"unchanged from the same period of {year}",
        )
    size = number(abs(this - last))
    verb = Text(vi="tăng", en="up") if this > last else Text(vi="giảm", en="down")
    return Text(
        vi=f"{verb.vi} {size.vi} {unit.vi} so với cùng kỳ năm {year}",
        en=f"{verb.en} by {size.en} from the same period of {year}",
    )


def no_figure(figure: Figure, subject: Text) -> Text:
    """The sentence for a figure that has no number to state."""
    if figure.state is FigureState.SUPPRESSED:
        return Text(
            vi=f"Số liệu về {subject.vi} không hiển thị ở phạm vi này để bảo vệ trẻ em.",
            en=f"The figure on {subject.en} is not shown at this level, to protect children.",
        )
    if figure.state is FigureState.NOT_ENABLED:
        return Text(
            vi=f"Chương trình chưa được triển khai trong kỳ nên không có số liệu về {subject.vi}.",
            en=f"The programme was not on in the period: there is no figure on {subject.en}.",
        )
    return Text(
        vi=f"Chưa có số liệu về {subject.vi} trong kỳ.",
        en=f"There is no figure on {subject.en} for the period yet.",
    )


def difference(now: Figure | None, before: Figure | None) -> Cell:
    """The cell "+2", "-1" or "0"; empty where the two cannot be compared."""
    this, last = counted(now), counted(before)
    if this is None or last is None:
        return None
    plain = f"{this - last:+,}" if this != last else "0"
    return Text(vi=plain.replace(",", "."), en=plain)


def compared(name: Text, now: Figure | None, before: Figure | None) -> tuple[Cell, ...]:
    """A table row: what is counted, the period, the same period last year, the difference."""
    return (name, now, before, difference(now, before))


def compared_columns(first: Text, *, year: int) -> tuple[Text, ...]:
    """The headings over rows made by ``compared``."""
    return (
        first,
        Text(vi="Trong kỳ", en="In the period"),
        Text(vi=f"Cùng kỳ năm {year}", en=f"Same period of {year}"),
        Text(vi="Tăng, giảm", en="Change"),
    )


def labels(options: Iterable[Option]) -> Mapping[str, Text]:
    """What each code is called."""
    return {option.value: option.label for option in options}
