"""A new version of a file adds; what would lose or reinterpret an answer is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.declared.reading import read_file
from core.declared.shape import from_json, refuse_losses, shape_of, to_json
from tests.core.declared.conftest import SAMPLE

if TYPE_CHECKING:
    from tests.core.declared.conftest import Changed

    Changes = tuple[tuple[str, str], ...]

SCHOOL = 'name = "school"\n'
SECOND = ("version = 1\n", "version = 2\n")
ADDED = (
    'name = "teachers"\nlabel = { vi = "Số giáo viên", en = "Teachers" }\nkind = "integer"\n'
    'class = "internal"\npurpose = "who helps"\nsince = 2\n\n[[forms.parts.fields]]\n'
)
LATER: Changes = (SECOND, (SCHOOL, ADDED + SCHOOL))
NURSERY = '  { value = "nursery", vi = "Nhà trẻ", en = "Nursery" },\n]\n\n[[forms]]'
PERSONAL: Changes = (
    ('class = "internal"\npurpose = "which', 'class = "personal"\npurpose = "which'),
    ('"school_kind", "school", "drank"', '"school_kind", "drank"'),
    ("about_no_child = true\n", ""),
)
UNANSWERED: Changes = (
    ('school = "Trường mẫu giáo (ví dụ)", ', ""),
    ('school = "Trường tiểu học (ví dụ)", ', ""),
)
SCHOOL_FIELD = (
    '[[forms.parts.fields]]\nname = "school"\nlabel = { vi = "Tên trường", en = "School" }\n'
    'kind = "text"\nclass = "internal"\npurpose = "which school to visit again"\n'
    "required = true\nmax_length = 150\n\n"
)
WITHOUT_SCHOOL: Changes = (
    (SCHOOL_FIELD, ""),
    ('"school_kind", "school", "drank"', '"school_kind", "drank"'),
    *UNANSWERED,
)
MAY_BE_EMPTY: Changes = (("required = true\nmax_length", "max_length"),)


def refusals(changed: Changed, before: Changes, after: Changes) -> list[str]:
    held = shape_of(read_file(changed(*before)).file)
    read = read_file(changed(*after))
    refuse_losses(read.file, held, read.findings)
    return [str(fault) for fault in read.findings.faults]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), ()),
        ((), LATER),
        ((), (("]\n\n[[forms]]", NURSERY),)),
        ((), (SECOND, (SCHOOL, f"{SCHOOL}until = 1\n"), *UNANSWERED)),
        ((), MAY_BE_EMPTY),
        ((), PERSONAL),
        ((), (("max_length = 150", "max_length = 90"), ("most = 5000", "most = 900"))),
    ],
    ids=["nothing", "a field", "a code", "an end", "less required", "more care", "bounds"],
)
def test_what_adds_or_loosens_is_taken(before: Changes, after: Changes, changed: Changed) -> None:
    assert refusals(changed, before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "cure"),
    [
        ((), WITHOUT_SCHOOL, "and what was answered; put it back, with until = 1"),
        ((), (('kind = "text"', 'kind = "textarea"'),), "give the new question another name"),
        (
            (),
            ((SCHOOL, ADDED.replace("since = 2\n", "") + SCHOOL),),
            "write since = 2 and raise the form's version",
        ),
        (LATER, (SECOND, (SCHOOL, ADDED.replace("2", "1") + SCHOOL)), "write since = 2"),
        ((SECOND,), (), "a form's version is never lowered"),
        (PERSONAL, (), "people answered in the belief that it is kept so"),
        (MAY_BE_EMPTY, (), "leave required = false"),
        (
            (("]\n\n[[forms]]", NURSERY),),
            (),
            "put it back into the code list, with until if it is ended",
        ),
    ],
    ids=["gone", "retyped", "not asked", "earlier", "lower", "less care", "required", "a code"],
)
def test_what_loses_is_refused_with_its_cure(
    before: Changes, after: Changes, cure: str, changed: Changed
) -> None:
    told = refusals(changed, before, after)
    assert [line for line in told if cure in line], told


def test_a_form_that_is_gone_is_refused() -> None:
    held = shape_of(read_file(SAMPLE).file)
    held["tasting"] = held["weighing"]
    read = read_file(SAMPLE)
    refuse_losses(read.file, held, read.findings)
    (told,) = read.findings.faults
    assert "the form tasting is gone" in told.message
    assert "take it from the roles that enter it" in told.message


def test_the_shape_survives_being_stored() -> None:
    held = shape_of(read_file(SAMPLE).file)
    assert from_json(to_json(held)) == held
