"""Questions that several papers of a case ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cases import options
from core.kit.language import Text
from core.plugin_api.forms import Field

if TYPE_CHECKING:
    from core.cases.options import Choices
    from core.plugin_api.rules import Rule

# Source: domain page of the programmes, §5.2 (6): no detailed account, police and health hold that.
BRIEF = Text(
    vi="Ghi ngắn gọn điều cần để giúp trẻ; không ghi tường thuật chi tiết sự việc.",
    en="What is needed to help the child, in short; no detailed account of what happened.",
)


def choice(name: str, vi: str, en: str, choices: Choices, *, required: bool = True) -> Field:
    """One of a list."""
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="choice",
        required=required,
        options=choices.options,
    )


def choices(
    name: str, vi: str, en: str, several: Choices, *, required: bool | Rule = False
) -> Field:
    """Some of a list."""
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="choices",
        required=required,
        options=several.options,
    )


def level(name: str, vi: str, en: str) -> Field:
    """High, medium or low."""
    return choice(name, vi, en, options.LEVEL)


def narrative(name: str, vi: str, en: str, *, required: bool = False) -> Field:
    """A sealed text of several lines; a field warns against telling too much."""
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="textarea",
        required=required,
        max_length=2000,
        help=BRIEF,
    )


def line(name: str, vi: str, en: str, *, required: bool = False, longest: int = 250) -> Field:
    """One line of text."""
    return Field(
        name=name, label=Text(vi=vi, en=en), kind="text", required=required, max_length=longest
    )


def past_day(name: str, vi: str, en: str) -> Field:
    """A day up to today."""
    return Field(name=name, label=Text(vi=vi, en=en), kind="date", required=True, not_future=True)


def delay_reason() -> Field:
    """Why a deadline was not kept; the step that has a clock asks for it when it is late."""
    return Field(
        name="delay_reason",
        label=Text(vi="Lý do chậm", en="Why it is late"),
        kind="textarea",
        max_length=1000,
        help=Text(
            vi="Chỉ cần ghi khi đã quá thời hạn.",
            en="Needed only when the deadline has passed.",
        ),
    )
