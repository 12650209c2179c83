"""Numbers, money and short dates as people read and type them; rounding is half up, in Decimal."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from core.kit.errors import MalformedError
from core.kit.language import Language, Text

# Wide enough for any sum of money; the default of 28 digits would refuse to round longer ones.
_EXACT = Context(prec=100, rounding=ROUND_HALF_UP)
_MARKS: Final[dict[Language, tuple[str, str]]] = {"vi": (".", ","), "en": (",", ".")}
# The same in both languages: an English reader here lives with Vietnamese papers.
_DATES: Final[dict[Language, str]] = {
    "vi": "{0.day:02}/{0.month:02}/{0.year:04}",
    "en": "{0.day:02}/{0.month:02}/{0.year:04}",
}

_LONGEST = 40
_PLAIN = r"[0-9]+"
_BY_POINT = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
_BY_BLANK = r"[1-9][0-9]{0,2}(?: [0-9]{3})+"
_NUMBER = re.compile(rf"(-?) ?({_PLAIN}|{_BY_POINT}|{_BY_BLANK})(?:,([0-9]+))?")
_DAY_FIRST = re.compile(r"(?P<d>[0-9]{1,2})([/-])(?P<m>[0-9]{1,2})\2(?P<y>[0-9]{4})")
_YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})")
_YEARS = range(1900, 2200)

_NOT_A_NUMBER = Text(
    vi="Số không đúng dạng. Hãy ghi như 1234, 1.234 hoặc 1.234,5 (dấu phẩy trước phần thập phân).",
    en="This is not a number. Write 1234, 1.234 or 1.234,5 (a comma before the decimals).",
)
_NOT_A_DATE = Text(
    vi="Ngày không đúng dạng. Hãy ghi ngày/tháng/năm với năm đủ bốn chữ số, ví dụ 05/02/2018.",
    en="This is not a date. Write day/month/year with all four digits of the year: 05/02/2018.",
)
_NO_SUCH_DAY = Text(
    vi="Không có ngày này trong lịch. Hãy xem lại ngày, tháng và năm (từ 1900 đến 2199).",
    en="There is no such day. Check the day, the month and the year (1900 to 2199).",
)


def format_number(
    value: Decimal | float,
    decimals: int | None = None,
    language: Language = "vi",
) -> str:
    """A number with grouped thousands: "1.234.567,8" in Vietnamese, "1,234,567.8" in English.

    Rounded half up (away from zero) to ``decimals``; with none given, shown as precise as it is.

    Raises:
        ValueError: not a finite number, which no page or report may show.
    """
    exact = _decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    sign = "-" if exact < 0 else ""  # a rounded -0,04 is 0,0 and not -0,0
    whole, _, fraction = f"{exact.copy_abs():f}".partition(".")
    group, point = _MARKS[language]
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{sign}{grouped}{point}{fraction}" if fraction else f"{sign}{grouped}"


def format_percent(
    value: Decimal | float,
    decimals: int | None = None,
    language: Language = "vi",
) -> str:
    """A percentage given in percent (12.5, not 0.125): "12,5%".

    With no ``decimals`` given at most one is shown, and none for a whole number: "95%".
    """
    if decimals is None:
        value = _decimal(value).quantize(Decimal("0.1"), context=_EXACT)
        decimals = 0 if value == value.to_integral_value() else 1
    return f"{format_number(value, decimals, language)}%"


def format_million_vnd(vnd: int, decimals: int | None = None, language: Language = "vi") -> str:
    """An amount of đồng in millions: "1.650 triệu đồng".

    With no ``decimals`` given nothing is lost: 1 650 500 000 is "1.650,5 triệu đồng".
    """
    millions = _decimal(vnd).scaleb(-6, context=_EXACT)
    if decimals is None:
        whole = millions == millions.to_integral_value()
        millions = millions.to_integral_value() if whole else millions.normalize(_EXACT)
    number = format_number(millions, decimals, language)
    return f"{number} triệu đồng" if language == "vi" else f"VND {number} million"


def parse_number(text: str) -> Decimal:
    """Read a number as Vietnamese write it: "1234", "1.234", "1 234", "1.234,5", "-3,5".

    A point only groups thousands, so "1.5" and "1,234.5" are refused instead of guessed at.

    Raises:
        MalformedError: anything else; the message never repeats the input.
    """
    # split() also knows the no-break blanks that spreadsheets group with
    tidy = " ".join(text.replace("\N{MINUS SIGN}", "-").split())
    match = _NUMBER.fullmatch(tidy) if len(tidy) <= _LONGEST else None
    if match is None:
        raise MalformedError(_NOT_A_NUMBER)
    sign, whole, fraction = match.groups()
    whole = whole.replace(".", "").replace(" ", "")
    return Decimal(f"{sign}{whole}.{fraction or ''}")


def format_date(day: date, language: Language = "vi") -> str:
    """A short date, "05/02/2018", in either language."""
    return _DATES[language].format(day)


def parse_date(text: str) -> date:
    """Read "05/02/2018", "5/2/2018", "05-02-2018" (day first) or "2018-02-05".

    Raises:
        MalformedError: another form, a day that does not exist, a year outside 1900 to 2199.
    """
    tidy = text.strip()
    match = _DAY_FIRST.fullmatch(tidy) or _YEAR_FIRST.fullmatch(tidy)
    if match is None:
        raise MalformedError(_NOT_A_DATE)
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if year not in _YEARS:
        raise MalformedError(_NO_SUCH_DAY)
    try:
        return date(year, month, day)
    except ValueError:
        raise MalformedError(_NO_SUCH_DAY) from None


def _decimal(value: Decimal | float) -> Decimal:
    """The number as written: 0.1 is one tenth, not its binary neighbour."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ValueError("only a finite number can be shown")
    return exact
