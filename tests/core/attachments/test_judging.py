"""What comes in is judged by its content; what was hidden in a picture does not survive."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from core.attachments.judging import judge
from core.attachments.rules import FileRefusedError, FileRule
from tests.core.attachments.papers import PLACE, hostile, pdf, photograph, picture, scan, stream

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = {name: (content, rule) for name, content, rule in hostile()}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_its_rule(name: str) -> None:
    content, rule = HOSTILE[name]
    with pytest.raises(FileRefusedError) as refused:
        judge(content)
    assert refused.value.rule == rule


def test_there_are_forty_hostile_files_and_each_rule_has_one(
    summary: Callable[[str], None],
) -> None:
    assert len(HOSTILE) >= 40
    assert {rule for _, rule in HOSTILE.values()} == set(FileRule)
    summary(f"{len(HOSTILE)} hostile files refused by {len(FileRule)} rules")


def test_every_rule_says_its_own_sentence() -> None:
    sentences = [FileRefusedError(rule).message for rule in FileRule]
    assert (
        len({text.vi for text in sentences})
        == len({text.en for text in sentences})
        == len(FileRule)
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_an_honest_picture_is_taken(kind: str) -> None:
    judged = judge(picture(kind))
    assert judged.media_type == f"image/{kind.lower()}"
    with Image.open(io.BytesIO(judged.content)) as made:
        assert (made.format, made.size) == (kind, (60, 40))


def test_a_photograph_loses_its_place_and_stands_upright() -> None:
    before = photograph()
    assert before.count(PLACE.encode()) >= 2
    after = judge(before).content
    assert PLACE.encode() not in after
    with Image.open(io.BytesIO(after)) as made:
        assert made.size == (40, 60)  # it lay on its side
        assert not dict(made.getexif())
        assert "comment" not in made.info
        assert made.getpixel((20, 5))[0] > 200  # what was left is on top now


def test_what_hangs_behind_a_picture_is_gone() -> None:
    assert PLACE.encode() not in judge(picture("PNG") + PLACE.encode()).content
    assert PLACE.encode() not in judge(picture() + PLACE.encode()).content


def test_the_same_picture_becomes_the_same_bytes() -> None:
    assert judge(photograph()).content == judge(photograph()).content


def test_what_was_transparent_is_white_as_paper() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(made, "PNG")
    with Image.open(io.BytesIO(judge(made.getvalue()).content)) as picture_:
        assert picture_.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_picture_becomes_as_large_as_a_page() -> None:
    with Image.open(io.BytesIO(judge(picture("JPEG", (6000, 3000))).content)) as made:
        assert made.size == (3600, 1800)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_way_to_write_colours_is_read(mode: str) -> None:
    made = io.BytesIO()
    Image.new(mode, (10, 10)).save(made, "PNG")
    assert judge(made.getvalue()).media_type == "image/png"


def test_an_honest_pdf_stays_as_it_is() -> None:
    for paper in (scan(), pdf(), pdf(stream(b"q 0 0 1 rg Q " * 1000))):
        judged = judge(paper)
        assert judged.content == paper
        assert judged.media_type == "application/pdf"


def test_a_pdf_may_link_to_a_page_and_open_at_a_place() -> None:
    link = b"<< /Type /Annot /A << /S /URI /URI (https://chinhphu.vn) >> >>"
    assert judge(pdf(link, pages=b"/OpenAction [3 0 R /Fit] "))
