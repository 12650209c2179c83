"""The page for authors shows what the sample says, and names all that a file may say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from core.declared.file import FieldKind, FieldRow, FormRow, FormulaRow
from tests.core.declared.conftest import SAMPLE

PAGE = (SAMPLE.parent / "declared.md").read_text(encoding="utf-8")
# said by the excerpts themselves
SHOWN = {"name", "number", "title", "purpose", "label", "parts", "fields", "version", "source"}


def test_every_excerpt_is_of_the_sample() -> None:
    excerpts = re.findall(r"^```toml\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(excerpts) == 9
    sample = SAMPLE.read_text(encoding="utf-8")
    assert [one for one in excerpts if one not in sample] == []


def test_the_page_names_every_kind_and_key() -> None:
    told = set(re.findall(r"`([a-z_]+)", PAGE)) | set(re.findall(r"([a-z_]+) = ", PAGE))
    keys = {*FieldRow.__struct_encode_fields__, *FormRow.__struct_encode_fields__}
    keys |= {*FormulaRow.__struct_encode_fields__, *get_args(FieldKind)}
    assert keys - told - SHOWN == set()


def test_the_page_is_linked() -> None:
    root = Path(__file__).parents[3]
    for page in ("README.md", "docs/plugins/tutorial.md", "docs/operators/plugins.md"):
        assert "declared.md" in (root / page).read_text(encoding="utf-8"), page
