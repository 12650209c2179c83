"""A complete card, to be spoiled in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.plugin_api import DataClass, PluginInfo, Text

_COMPLETE = PluginInfo(
    key="complete",
    version="0.1.0",
    name=Text(vi="Chương trình thử", en="Test programme"),
    purpose=Text(vi="Chỉ để kiểm thử.", en="For tests only."),
    legal_basis=("Không có",),
    owner="An Nhi",
    contact="README.md",
    api=">=1.0,<2",
    highest_class=DataClass.INTERNAL,
)


def card(key: str, **changes: Any) -> PluginInfo:
    """The complete card under another key, with some values changed."""
    return replace(_COMPLETE, key=key, **changes)
