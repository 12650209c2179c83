"""What the file of a declared plugin may say; whatever is not listed here is refused.

Each table of the file is one class, each key one attribute. Names of forms, fields and measures
stand without the plugin's key: it is put before them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Struct, field

from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

FieldKind = Literal[
    "text",
    "textarea",
    "integer",
    "decimal",
    "date",
    "choice",
    "choices",
    "yes_no",
    "commune",
    "hamlet",
    "child",
    "household",
]
# what is restricted is sealed, and who may read it is decided by code that somebody has read
ColumnClass = Literal["public", "internal", "personal", "sensitive"]
FigureClass = Literal["internal", "personal", "sensitive", "restricted"]
Frequency = Literal["Q", "H", "Y"]
Cut = Literal["sex", "age_band", "detail"]
Number = Annotated[int, Meta(ge=1)]


class Words(Struct, frozen=True):
    """One thing said in both languages."""

    vi: str
    en: str

    @property
    def text(self) -> Text:
        """As the program keeps it."""
        return Text(vi=self.vi, en=self.en)


class Card(Struct, frozen=True):
    """``[plugin]``: what the plugin says of itself."""

    key: str
    version: str
    name: Words
    purpose: Words
    legal_basis: tuple[str, ...]
    owner: str
    contact: str
    api: str
    order: int = 100
    requires: tuple[str, ...] = ()
    project: bool = False


class OptionRow(Struct, frozen=True):
    """One value that may be chosen; ``until`` is the last version of the form that offers it."""

    value: str
    vi: str
    en: str
    until: Number | None = None


class CodeList(Struct, frozen=True):
    """``[codes.NAME]``: the values of a choice, and where they come from."""

    options: tuple[OptionRow, ...]
    source: str


class CheckRow(Struct, frozen=True):
    """A rule that must hold, and what to say when it does not."""

    rule: str
    message: Words


class FieldRow(Struct, frozen=True):
    """``[[forms.parts.fields]]``: one question and the column that keeps its answer."""

    name: str
    label: Words
    kind: FieldKind
    data_class: ColumnClass | None = field(default=None, name="class")
    purpose: str | None = None
    required: bool = False
    required_if: str | None = None
    asked_if: str | None = None
    codes: str | None = None
    checks: tuple[CheckRow, ...] = ()
    help: Words | None = None
    suffix: Words | None = None
    least: int | None = None
    most: int | None = None
    not_before: str | None = None
    not_above: str | None = None
    not_future: bool = False
    max_length: Number | None = None
    places: Annotated[int, Meta(ge=1, le=4)] | None = None
    since: Number = 1
    until: Number | None = None


class PartRow(Struct, frozen=True):
    """``[[forms.parts]]``: a headed group of questions."""

    title: Words
    fields: tuple[FieldRow, ...]


class FormRow(Struct, frozen=True):
    """``[[forms]]``: a form with its table. ``examples`` are made up, of nobody."""

    name: str
    number: str
    title: Words
    purpose: Words
    columns: tuple[str, ...] = field(name="list")
    parts: tuple[PartRow, ...]
    examples: tuple[dict[str, Any], ...]
    source: str
    version: Number = 1
    editable: bool = False
    attachments: bool = False
    about_no_child: bool = False

    @property
    def fields(self) -> tuple[FieldRow, ...]:
        """All questions in the order of the page."""
        return tuple(one for part in self.parts for one in part.fields)


class MeasureRow(Struct, frozen=True):
    """``[[measures]]``: what is counted or added up over the records of a form."""

    name: str
    title: Words
    form: str
    kind: Literal["flow", "stock"]
    date: str
    source: str
    until: str | None = None
    where: str | None = None
    sums: str | None = None
    sex: str | None = None
    age: str | None = None
    detail: str | None = None
    data_class: FigureClass = field(default="internal", name="class")


class FormulaRow(Struct, frozen=True):
    """How an indicator comes from measures: exactly one of the first six."""

    count: str | None = None
    sum: tuple[str, ...] | None = None
    ratio: tuple[str, ...] | None = None
    average: tuple[str, ...] | None = None
    units: str | None = None
    change: str | None = None
    level: Literal["commune", "district"] | None = None
    at_least: Number | None = None
    per: Number | None = None


class IndicatorRow(Struct, frozen=True):
    """``[[indicators]]``: a figure with a name that people know.

    ``example`` is what it comes to, worked out by hand, when each example of the forms was entered
    once in one commune.
    """

    code: str
    name: Words
    definition: Words
    unit: Words
    direction: Literal["up", "down", "none"]
    frequency: tuple[Frequency, ...]
    formula: FormulaRow
    source: str
    example: Decimal | None = None
    breakdowns: tuple[Cut, ...] = ()
    data_class: FigureClass = field(default="internal", name="class")
    version: Number = 1


class SentenceRow(Struct, frozen=True):
    """A sentence of a section: ``{name}`` stands for the indicator that ``figures`` gives it.

    ``about`` says what it is about, for the sentence that there is no figure on it.
    """

    vi: str
    en: str
    about: Words
    figures: dict[str, str]


class TableRow(Struct, frozen=True):
    """A table of a section: indicators beside last year's, or a measure by its detail."""

    caption: Words
    indicators: tuple[str, ...] = ()
    by_detail: str | None = None
    note: Words | None = None


class SectionRow(Struct, frozen=True):
    """``[[sections]]``: what the plugin adds to a periodic report."""

    name: str
    title: Words
    sentences: tuple[SentenceRow, ...]
    tables: tuple[TableRow, ...] = ()
    order: int = 100
    annex: bool = False


class RoleRow(Struct, frozen=True):
    """``[[roles]]``: which forms a role of the platform enters and sees."""

    role: str
    enters: tuple[str, ...] = ()
    sees: tuple[str, ...] = ()
    reads: ColumnClass = "personal"


class File(Struct, frozen=True):
    """The whole file."""

    plugin: Card
    forms: tuple[FormRow, ...]
    roles: tuple[RoleRow, ...]
    codes: dict[str, CodeList] = field(default_factory=dict)
    measures: tuple[MeasureRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    sections: tuple[SectionRow, ...] = ()


def needed(row: FieldRow) -> bool:
    """Whether the column of a question must hold something: always asked, and from the first."""
    always = row.asked_if is None and row.since == 1 and row.until is None
    return row.required and always and row.kind != "choices"


def options_of(row: FieldRow, codes: Mapping[str, CodeList]) -> tuple[OptionRow, ...]:
    """The values of a choice; none for other questions."""
    return codes[row.codes].options if row.codes is not None and row.codes in codes else ()
