"""Reads one answer as it was typed or sent, and gives it the type of its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from core.kit.clock import VIETNAM_TIME
from core.kit.errors import MalformedError
from core.kit.language import Text
from core.kit.numbers import format_number, parse_date, parse_number
from core.kit.text import nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.forms.context import FormContext
    from core.plugin_api.forms import Field, Kind

LONGEST: Final[Mapping[Kind, int]] = {"text": 250, "textarea": 4000}
YES, NO = "yes", "no"
COMMUNE = "commune_id"

# Far above any count or sum of money, far below what the database refuses.
_LARGEST = 10**15
_YES_WORDS = frozenset({YES, "true", "1", "on"})
_NO_WORDS = frozenset({NO, "false", "0", "off"})
_YEARS = range(1900, 2200)
# "05/02/2018 14:30", "2018-02-05T14:30", "05/02/2018 14h30": local time, as clocks show it.
_MOMENT = re.compile(r"(\S+?)(?:T|\s+)([0-9]{1,2})[:hg]([0-9]{2})(?::[0-9]{2})?")

_UNREADABLE = Text(
    vi="Câu trả lời này không đọc được. Hãy trả lời lại.",
    en="This answer cannot be read. Please answer again.",
)
_NOT_WHOLE = Text(vi="Hãy ghi một số nguyên, ví dụ 12.", en="Enter a whole number, for example 12.")
_TOO_LARGE = Text(vi="Số này quá lớn. Hãy xem lại.", en="This number is too large. Check it.")
_NOT_A_MOMENT = Text(
    vi="Hãy ghi cả ngày và giờ, ví dụ 05/02/2018 14:30.",
    en="Enter the day and the time, for example 05/02/2018 14:30.",
)
_NO_SUCH_OPTION = Text(
    vi="Lựa chọn này không có trong phiếu. Hãy chọn lại.",
    en="This is not one of the choices. Please choose again.",
)
_NOT_YOUR_COMMUNE = Text(
    vi="Hãy chọn một xã, phường, thị trấn trong địa bàn của bạn.",
    en="Choose a commune within your area.",
)
# One sentence for a child that does not exist, lies elsewhere or is another province's.
_NO_SUCH_CHILD = Text(
    vi="Không tìm thấy trẻ em này trong địa bàn của bạn. Hãy xem lại mã, ví dụ TE-7KM3Q9XA.",
    en="No such child within your area. Check the code, for example TE-7KM3Q9XA.",
)
_NO_SUCH_HOUSEHOLD = Text(
    vi="Không tìm thấy hộ này trong địa bàn của bạn. Hãy xem lại mã, ví dụ HO-7KM3Q9XA.",
    en="No such household within your area. Check the code, for example HO-7KM3Q9XA.",
)
_NO_SUCH_HAMLET = Text(
    vi="Không tìm thấy khóm, ấp, thôn, bản này trong địa bàn của bạn. Hãy chọn lại.",
    en="No such hamlet within your area. Please choose again.",
)
# One sentence for a record that does not exist, lies elsewhere or is confidential.
_NO_SUCH_RECORD = Text(
    vi="Không tìm thấy hồ sơ này trong địa bàn của bạn. Hãy chọn lại hoặc ghi đúng mã, đúng tên.",
    en="No such record within your area. Choose again, or write its code or name exactly.",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one field: a value, or the sentence that says what is wrong."""

    value: Any = None
    error: Text | None = None


def given(raw: Mapping[str, Any], field: Field) -> Any:
    """What was sent for a field; ``None`` when it was left empty."""
    value = raw.get(field.name)
    if isinstance(value, list | tuple):
        value = [one for one in value if not _empty(one)]
        if field.kind != "choices" and len(value) == 1:
            value = value[0]
    return None if _empty(value) else value


def read(
    field: Field, raw: Mapping[str, Any], context: FormContext, *, commune: Any = None
) -> Reading:
    """The typed answer to one field, whether or not it is asked.

    Of two hamlets with one name it is the one in the commune that was sent beside it, or around.
    """
    sent = given(raw, field)
    if sent is None:
        return Reading()
    try:
        if field.kind == "hamlet":
            return Reading(_hamlet(sent, raw.get(COMMUNE, commune), context))
        return Reading(_READERS[field.kind](sent, field, context))
    except MalformedError as error:
        return Reading(error=error.message)


def longest(field: Field) -> int | None:
    """How many characters fit, for kinds that hold text."""
    return field.max_length or LONGEST.get(field.kind)


def _empty(value: Any) -> bool:
    return value is None or value in ("", []) or (isinstance(value, str) and not value.strip())


def _as_string(value: Any) -> str:
    if not isinstance(value, str):
        raise MalformedError(_UNREADABLE)
    return value


def _text(value: Any, field: Field, _context: FormContext) -> str | None:
    return _fitting(nfc(_as_string(value)), field)


def _textarea(value: Any, field: Field, _context: FormContext) -> str | None:
    lines = (nfc(line) for line in _as_string(value).splitlines())
    return _fitting("\n".join(lines).strip(), field)


def _fitting(text: str, field: Field) -> str | None:
    most = longest(field)
    if most is not None and len(text) > most:
        sizes = {"most": format_number(most), "now": format_number(len(text))}
        raise MalformedError(
            Text(
                vi="Hãy ghi ngắn lại: nhiều nhất {most} ký tự, hiện có {now}.",
                en="Please shorten: at most {most} characters, there are {now}.",
            ).fill(**sizes)
        )
    return text or None


def _integer(value: Any, _field: Field, _context: FormContext) -> int:
    if isinstance(value, str):
        exact = parse_number(value)
        if exact != exact.to_integral_value():
            raise MalformedError(_NOT_WHOLE)
        value = int(exact)
    if isinstance(value, bool) or not isinstance(value, int):
        raise MalformedError(_NOT_WHOLE)
    if abs(value) > _LARGEST:
        raise MalformedError(_TOO_LARGE)
    return value


def _decimal(value: Any, field: Field, _context: FormContext) -> Decimal:
    if isinstance(value, str):
        exact = parse_number(value)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        exact = Decimal(str(value))
    else:
        raise MalformedError(_UNREADABLE)
    if not exact.is_finite() or abs(exact) > _LARGEST:
        raise MalformedError(_TOO_LARGE)
    rounded = exact.quantize(Decimal(1).scaleb(-field.places))
    if rounded != exact:
        raise MalformedError(
            Text(
                vi=f"Hãy ghi nhiều nhất {field.places} chữ số sau dấu phẩy.",
                en=f"At most {field.places} digits behind the decimal comma.",
            )
        )
    return rounded


def _date(value: Any, _field: Field, _context: FormContext) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return parse_date(_as_string(value))


def _datetime(value: Any, _field: Field, _context: FormContext) -> datetime:
    moment = value if isinstance(value, datetime) else _moment(_as_string(value).strip())
    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=VIETNAM_TIME)
    if moment.year not in _YEARS:
        raise MalformedError(_NOT_A_MOMENT)
    return moment


def _moment(text: str) -> datetime:
    match = _MOMENT.fullmatch(text)
    try:
        if match is None:
            return _with_zone(text)
        day = parse_date(match[1])
        return datetime(
            day.year, day.month, day.day, int(match[2]), int(match[3]), tzinfo=VIETNAM_TIME
        )
    except ValueError:
        raise MalformedError(_NOT_A_MOMENT) from None


def _with_zone(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError("a moment that is not in our own form needs its zone")
    return moment


def _choice(value: Any, field: Field, _context: FormContext) -> str:
    code = _as_string(value).strip()
    if all(option.value != code for option in field.options):
        raise MalformedError(_NO_SUCH_OPTION)
    return code


def _choices(value: Any, field: Field, context: FormContext) -> list[str]:
    sent = value if isinstance(value, list) else [value]
    codes = {_choice(one, field, context) for one in sent}
    return [option.value for option in field.options if option.value in codes]


def _yes_no(value: Any, _field: Field, _context: FormContext) -> bool:
    if isinstance(value, bool):
        return value
    word = _as_string(value).strip().lower()
    if word in _YES_WORDS:
        return True
    if word in _NO_WORDS:
        return False
    raise MalformedError(_NO_SUCH_OPTION)


def _commune(value: Any, _field: Field, context: FormContext) -> int:
    text = value.strip() if isinstance(value, str) else value
    for commune in context.communes:
        if text == str(commune) or (text == commune and not isinstance(text, bool)):
            return commune
    raise MalformedError(_NOT_YOUR_COMMUNE)


def _child(value: Any, _field: Field, context: FormContext) -> UUID:
    return _found(context.find_child, value, _NO_SUCH_CHILD)


def _household(value: Any, _field: Field, context: FormContext) -> UUID:
    return _found(context.find_household, value, _NO_SUCH_HOUSEHOLD)


def _hamlet(value: Any, commune: Any, context: FormContext) -> UUID:
    return _found(lambda text: context.lookups.find_hamlet(text, commune), value, _NO_SUCH_HAMLET)


def _record(value: Any, field: Field, context: FormContext) -> UUID:
    find = partial(context.lookups.find_record, field.of or "")
    return _found(find, value, _NO_SUCH_RECORD)


def _found(find: Callable[[str], UUID | None], value: Any, message: Text) -> UUID:
    found = find(str(value)) if isinstance(value, str | UUID) else None
    if found is None:
        raise MalformedError(message)
    return found


_READERS: Final[Mapping[Kind, Callable[[Any, Field, FormContext], Any]]] = {
    "text": _text,
    "textarea": _textarea,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "datetime": _datetime,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "commune": _commune,
    "child": _child,
    "household": _household,
    "record": _record,
}
