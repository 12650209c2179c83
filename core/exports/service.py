"""Lists that people take away: exactly what their pages show, written down when they are made."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from core.audit.service import Action, record
from core.db.base import DataClass
from core.exports.csv_file import to_csv
from core.exports.models import ExportMade
from core.exports.table import ExportTable, Pages
from core.exports.xlsx_file import to_xlsx
from core.forms import service as forms
from core.forms.naming import names_of
from core.forms.shown import NAMED, shown_value
from core.kit.clock import VIETNAM_TIME
from core.kit.errors import RefusedError
from core.kit.ids import new_id
from core.kit.language import Text
from core.kit.numbers import format_date
from core.tenancy.models import Confidential, PartlyConfidential

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from core.exports.table import Exported, Format, Value
    from core.identity.principal import Principal
    from core.kit.language import Language
    from core.plugin_api.forms import Field, Form
    from core.tenancy.in_parts import Parts
    from core.tenancy.session import TenantSession

# Reading a list page by page and taking the whole of it away are two things: this right is asked
# for on top of the one to see the list.
EXPORT: Final = "core.export"
# So many rows at a time: what a socket holds unread, so that the database looks for the next of
# them without waiting for us.
PAGE: Final = 1000
_AS_THEY_ARE: Final = frozenset({"integer", "decimal", "date", "datetime"})
_SHARED: Final = frozenset({"choice", "yes_no", "commune", "hamlet"})

_GENERATED = Text(
    vi="dữ liệu minh họa, không phải số liệu thật",
    en="generated data for demonstration, not real",
)
_NOT_CONFIDENTIAL = Text(
    vi="Danh sách hồ sơ mật không được xuất ra tệp. Hãy xem từng hồ sơ trên hệ thống.",
    en="A list of confidential records is never exported. Read the records one by one here.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above every table: whose it is, from when, in which language."""

    province: str
    moment: datetime
    language: Language
    generated: bool

    def lines(self) -> tuple[str, ...]:
        """The notes of a table."""
        local = self.moment.astimezone(VIETNAM_TIME)
        when = f"{format_date(local.date(), self.language)} {local:%H:%M}"
        says = Text(vi="Thời điểm xuất", en="Exported at").read(self.language)
        mark = (_GENERATED.read(self.language),) if self.generated else ()
        return (self.province, f"{says}: {when}", *mark)


def may_export(principal: Principal, form: Form) -> bool:
    """Whether this person may take the list of this form away."""
    return (
        not issubclass(form.model, Confidential | PartlyConfidential)
        and principal.may(form.sees)
        and principal.may(EXPORT)
    )


def export_records(
    session: TenantSession,
    form: Form,
    chosen: Format,
    principal: Principal,
    heading: Heading,
    *,
    catalogue: Mapping[str, Form] | None = None,
) -> Exported:
    """The whole list of a form's records, with the columns of its page and in its order.

    Read page by page; written down in the same transaction, or nothing comes of it.

    Raises:
        RefusedError: the person may not, or the records are confidential.
    """
    principal.require(form.sees)
    principal.require(EXPORT)
    if issubclass(form.model, Confidential | PartlyConfidential):
        # Source: domain page of the programmes, §5.2, rule 4
        raise RefusedError(_NOT_CONFIDENTIAL)
    columns = forms.listed_fields(session, form)
    naming = partial(names_of, session, catalogue or {}, language=heading.language)
    with forms.answers_listed(session, form, PAGE) as parts:
        table = ExportTable(
            title=form.title.read(heading.language),
            notes=heading.lines(),
            columns=tuple(_label(field, heading.language) for field in columns),
            rows=Pages(_pages(parts, columns, heading.language, naming)),
        )
        made = to_file(table, chosen)
    try:
        model: Any = form.model
        classes = {model.__table__.c[field.name].info.get("data_class") for field in columns}
        told = sorted(each for each in classes if isinstance(each, DataClass))
        write_down(session, principal, made, form.code, told)
    except BaseException:
        made.file.close()
        raise
    return made


def to_file(table: ExportTable, chosen: Format) -> Exported:
    """A table as a file; whoever makes one writes it down."""
    return _MAKERS[chosen](table)


_MAKERS: Final = {"csv": to_csv, "xlsx": to_xlsx}


def _pages(
    parts: Parts,
    columns: Sequence[Field],
    language: Language,
    naming: Callable[[Iterable[tuple[Field, Any]]], Mapping[Any, str]],
) -> Iterator[Sequence[Sequence[Value]]]:
    shown = [_Column(field, language) for field in columns]
    for lines in parts:
        together = list(zip(shown, zip(*lines, strict=True), strict=True))
        names = naming(
            (column.field, new) for column, cells in together for new in column.unknown(cells)
        )
        parts.go_ahead()
        yield [column.values(cells, names) for column, cells in together]


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a file; what is written for an answer that many records share is made once."""

    field: Field
    language: Language
    known: dict[Any, Value] = dataclass_field(default_factory=dict)

    def unknown(self, answers: Sequence[Any]) -> set[Any]:
        """The answers of this column in a page that have to be given a name."""
        if self.field.kind not in NAMED:
            return set()
        return {*answers} - self.known.keys()

    def values(self, answers: Sequence[Any], names: Mapping[Any, str]) -> Sequence[Value]:
        """What is written in a page: text, number or day as it is, anything else as it reads."""
        if self.field.kind in _AS_THEY_ARE:
            return answers
        if self.field.kind not in _SHARED:
            return [
                one if type(one) is str else shown_value(self.field, one, self.language, names)
                for one in answers
            ]
        try:
            return list(map(self.known.__getitem__, answers))
        except KeyError:
            for one in {*answers} - self.known.keys():
                self.known[one] = shown_value(self.field, one, self.language, names)
            return list(map(self.known.__getitem__, answers))


def _label(field: Field, language: Language) -> str:
    """The question with its unit, for the cells below hold bare numbers."""
    unit = f" ({field.suffix.read(language)})" if field.suffix else ""
    return f"{field.label.read(language)}{unit}"


def write_down(
    session: TenantSession,
    who: Principal,
    made: Exported,
    code: str,
    classes: Sequence[DataClass],
) -> None:
    """That a file was taken away, by whom, with which classes of field; ``code`` names it."""
    row = ExportMade(
        id=new_id(),
        subject_kind=code,
        format=made.format,
        row_count=made.row_count,
        made_by=who.account_id,
    )
    session.add(row)
    session.flush()
    record(
        session, who, Action.EXPORT, subject_kind=code, subject_id=row.id, classes=tuple(classes)
    )
