"""Lists of children from workbooks: sent, watched while they come in, what was wrong with them."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State, UploadFile
from litestar.response import Redirect

from core.audit.service import Action, record
from core.db.base import DataClass
from core.exports.service import to_file
from core.exports.table import MEDIA_TYPES, ExportTable
from core.imports import service as imports
from core.imports.columns import LISTED, heading_of
from core.imports.families import HOUSEHOLD
from core.imports.findings import Finding
from core.imports.going_on import resume, take_others
from core.imports.jobs import TAKE_APART, ask_for_next
from core.imports.models import DONE, REFUSED, WAITING, WORKING, ChildImport
from core.imports.rules import MOST_BYTES
from core.imports.template import template
from core.kit.clock import VIETNAM_TIME
from core.kit.errors import ConflictError, MalformedError
from core.kit.language import Text
from core.kit.numbers import format_date, format_number
from core.register.forms import CHILD_FORM
from core.web.actions.forms import context_of
from core.web.answers import ANY_FILE
from core.web.downloads import streamed_download
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

Asked = Request[Any, Any, State]
RIGHT: Final = imports.RIGHT
PAGE: Final = "/children/import"
OF_ONE: Final = "/children/imports/{import_id:uuid}"
_ROOM_FOR_THE_REST: Final = 100_000  # the token, the choices and the borders of the parts
_SHOWN: Final = 50
_LOOK_AGAIN_SECONDS: Final = 4
_ROW_NUMBER: Final = re.compile(r"[0-9]{1,9}")

STATES: Final = {
    WAITING: Text(vi="Đang chờ", en="Waiting"),
    WORKING: Text(vi="Đang nhập", en="Being taken in"),
    DONE: Text(vi="Đã xong", en="Done"),
    REFUSED: Text(vi="Không nhập được", en="Refused"),
}
HALTED: Final = Text(vi="Đứng lại vì lỗi", en="Stands still")
TONES: Final = {DONE: "good", REFUSED: "danger"}
_COUNTS: Final = {
    "rows": Text(vi="Số dòng trong tệp", en="Rows in the file"),
    "stored": Text(vi="Trẻ mới được thêm", en="New children"),
    "changed": Text(vi="Hồ sơ được sửa", en="Records corrected"),
    "same": Text(vi="Không có gì khác", en="No difference"),
    "doubled": Text(vi="Có thể trùng, chưa nhập", en="Likely there already, not taken in"),
    "refused": Text(vi="Có lỗi, chưa nhập", en="Wrong, not taken in"),
    "households": Text(vi="Hộ mới được lập", en="New households"),
}
_IN_A_TRIAL: Final = {
    "stored": Text(vi="Trẻ mới sẽ được thêm", en="New children to come"),
    "changed": Text(vi="Hồ sơ sẽ được sửa", en="Records to be corrected"),
    "households": Text(vi="Hộ mới sẽ được lập", en="New households to come"),
}
_ROW: Final = Text(vi="Dòng", en="Row")
_REASON: Final = Text(vi="Lý do không nhập", en="Why it was not taken in")
_TITLE: Final = Text(vi="Những dòng chưa được nhập", en="Rows that were not taken in")
_NOTE: Final = Text(
    vi="Sửa ngay trong tệp này rồi gửi lại được: cột «Dòng» và «Lý do không nhập» được bỏ qua.",
    en="Correct the rows in this very file and send it: the columns “Row” and “Why it was not "
    "taken in” are passed over.",
)


@reading(PAGE, permission=RIGHT)
def import_page(work: Work) -> Response[str]:
    """Where a list is sent, and the lists that this person sent lately."""
    return _page(work)


@writing(PAGE, permission=RIGHT, request_max_body_size=MOST_BYTES + _ROOM_FOR_THE_REST)
def send_list(work: Work, request: Asked) -> Response[Any]:
    """Keep a list for the work and lead to its page, or say which rule the file breaks."""
    sent = sent_form(request)
    file = sent.get("file")
    choices = {name: sent.get(name) == "yes" for name in ("updates", "dry_run")}
    try:
        asked = imports.ask(
            work.session,
            file.file.read() if isinstance(file, UploadFile) else b"",
            principal=work.principal,
            now=work.now,
            **choices,
        )
    except (MalformedError, ConflictError) as refused:
        return _page(work, status=refused.status, error=work.tell(refused.message), **choices)
    work.platform.queue.enqueue(work.session, TAKE_APART, str(asked.id))
    return Redirect(_address(asked.id), status_code=303)


@reading(f"{PAGE}/template", permission=RIGHT, answers={200: ANY_FILE})
def template_file(work: Work) -> Response[Any]:
    """The workbook to fill in, with the communes of this person."""
    made = template(context_of(work, CHILD_FORM).communes, work.language)
    return streamed_download(
        made, MEDIA_TYPES["xlsx"], name="mau-danh-sach-tre-em", extension="xlsx"
    )


@reading(OF_ONE, permission=RIGHT)
def list_page(work: Work, import_id: UUID) -> Response[str]:
    """How far a list has come; looked at again by itself, without a script, until its end."""
    seen = imports.overview(work.session, import_id, work.principal)
    found = list(islice(imports.findings_of(work.session, seen.asked), _SHOWN))
    doubled = [one for one in found if one.kind == "doubled"] if seen.takes_others else []
    wrong = seen.counts["refused"] + seen.counts["doubled"]
    shown = page(
        work,
        "child_import.html",
        path="/children",
        address=_address(import_id),
        state=work.tell(_state(seen.asked)),
        tone="danger" if seen.asked.is_halted else TONES.get(seen.asked.state, "neutral"),
        is_halted=seen.asked.is_halted,
        is_finished=seen.is_finished,
        percent=seen.percent,
        dry_run=seen.asked.dry_run,
        refusal=None if seen.refusal is None else work.tell(seen.refusal),
        counts=_counts(work, seen),
        findings=[[one.row, one.reason(work.language)] for one in found],
        doubled=[(str(one.row), work.tell(_ROW) + f" {one.row}") for one in doubled],
        doubled_count=seen.counts["doubled"] if seen.takes_others else 0,
        wrong=wrong,
        more=wrong > len(found),
    )
    if not (seen.is_finished or seen.asked.is_halted):
        shown.headers["Refresh"] = str(_LOOK_AGAIN_SECONDS)
    return shown


@reading(f"{OF_ONE}/rows", permission=RIGHT, writes=True, answers={200: ANY_FILE})
def rows_file(work: Work, import_id: UUID) -> Response[Any]:
    """The rows that were not taken in, with the reasons beside them; taking it is written down."""
    seen = imports.overview(work.session, import_id, work.principal)
    record(
        work.session,
        work.principal,
        Action.EXPORT,
        subject_kind=imports.KIND,
        subject_id=import_id,
        classes=[DataClass.PERSONAL, DataClass.SENSITIVE],
    )
    table = ExportTable(
        title=work.tell(_TITLE),
        notes=(work.tell(_NOTE),),
        columns=(work.tell(_ROW), work.tell(_REASON), *_headings(work, seen.asked)),
        rows=(
            _line(work, seen.asked, one, home)
            for one, home in imports.rows_back(work.session, seen.asked)
        ),
    )
    made = to_file(table, "xlsx")
    return streamed_download(
        made.file,
        MEDIA_TYPES["xlsx"],
        name=f"dong-chua-nhap-{work.today:%Y%m%d}",
        extension="xlsx",
    )


@writing(f"{OF_ONE}/stop", permission=RIGHT)
def stop_list(work: Work, import_id: UUID) -> Response[Any]:
    """Take in no more of a list; what is in stays."""
    imports.stop(work.session, import_id, work.principal, work.now)
    return Redirect(_address(import_id), status_code=303)


@writing(f"{OF_ONE}/resume", permission=RIGHT)
def resume_list(work: Work, import_id: UUID) -> Response[Any]:
    """Have a list go on that stands still."""
    if resume(work.session, import_id, work.principal):
        ask_for_next(work.session, work.platform.queue, import_id)
    return Redirect(_address(import_id), status_code=303)


@writing(f"{OF_ONE}/others", permission=RIGHT)
def take_other_children(work: Work, request: Asked, import_id: UUID) -> Response[Any]:
    """Take in the chosen likely doubles, or all of them: they are said to be other children."""
    sent = sent_form(request)
    chosen = {int(one) for one in sent.getall("rows", []) if _ROW_NUMBER.fullmatch(str(one))}
    rows = None if sent.get("all") == "yes" else chosen
    if take_others(work.session, import_id, work.principal, rows=rows):
        ask_for_next(work.session, work.platform.queue, import_id)
    return Redirect(_address(import_id), status_code=303)


def _state(asked: ChildImport) -> Text:
    return HALTED if asked.is_halted else STATES[asked.state]


def _page(
    work: Work,
    *,
    status: int = 200,
    error: str | None = None,
    updates: bool = False,
    dry_run: bool = False,
) -> Response[str]:
    return page(
        work,
        "child_imports.html",
        path="/children",
        status=status,
        action=PAGE,
        template_href=f"{PAGE}/template",
        error=error,
        updates=updates,
        dry_run=dry_run,
        lines=[_sent(work, one) for one in imports.own_imports(work.session, work.principal)],
    )


def _sent(work: Work, asked: ChildImport) -> list[Any]:
    local = asked.asked_at.astimezone(VIETNAM_TIME)
    when = f"{format_date(local.date(), work.language)} {local:%H:%M}"
    what = Text(vi="Thêm trẻ mới", en="New children")
    if asked.updates:
        what = Text(vi="Cập nhật", en="Update")
    if asked.dry_run:
        what = Text(vi=f"{what.vi} (chạy thử)", en=f"{what.en} (trial)")
    return [
        {"href": _address(asked.id), "text": when},
        work.tell(what),
        work.tell(_state(asked)),
    ]


def _counts(work: Work, seen: imports.Overview) -> list[tuple[str, str]]:
    labels = _COUNTS | (_IN_A_TRIAL if seen.asked.dry_run else {})
    left_out = ["stored"] if seen.asked.updates else ["changed", "same"]
    if not seen.asked.brings_households:
        left_out.append("households")
    return [
        (work.tell(labels[name]), format_number(count, language=work.language))
        for name, count in seen.counts.items()
        if name not in left_out
    ]


def _headings(work: Work, asked: ChildImport) -> tuple[str, ...]:
    return tuple(work.tell(heading_of(LISTED[name])) for name in _listed(asked))


def _listed(asked: ChildImport) -> list[str]:
    """The columns that were read, and one for codes of households if those may be told now."""
    listed = [name for name in asked.columns if name in LISTED]
    if asked.brings_households and HOUSEHOLD not in listed:
        listed.append(HOUSEHOLD)
    return listed


def _line(work: Work, asked: ChildImport, finding: Finding, home: str) -> list[Any]:
    """The row's number, why, and what stood in its cells, as texts.

    A row whose household has come in with other rows has its code, so that it joins that one.
    """
    stood = dict(zip(asked.columns, finding.cells, strict=False))
    if home and not stood.get(HOUSEHOLD):
        stood[HOUSEHOLD] = home
    cells = [stood.get(name, "") for name in _listed(asked)]
    return [finding.row, finding.reason(work.language), *cells]


def _address(import_id: UUID) -> str:
    return f"/children/imports/{import_id}"


handlers = [
    import_page,
    send_list,
    template_file,
    list_page,
    rows_file,
    stop_list,
    resume_list,
    take_other_children,
]
