"""What the forms of money hold against other records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.kit.language import Text
from core.money.models import BudgetLine, FundingSource
from core.plugin_api.forms import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.plugin_api.records import Records

_PURPOSE = Text(
    vi="Nguồn kinh phí này chỉ được chi đúng mục tiêu; nội dung chi đã chọn nằm ngoài mục tiêu.",
    en="This source is earmarked, and the purpose lies outside what it may be spent on.",
)
_BENEFICIARY = Text(
    vi="Nguồn kinh phí này chỉ được chi cho đúng đối tượng; đối tượng đã chọn không thuộc nguồn.",
    en="This source is earmarked, and these beneficiaries are outside it.",
)


def spending_faults(records: Records, answers: Mapping[str, Any]) -> Iterable[Fault]:
    """Earmarked money goes to its purposes and beneficiaries alone.

    Source: letter of the ministry, 2017, section 3.2.
    """
    line = records.get(BudgetLine, answers["line_id"])
    source = line and records.get(FundingSource, line["source_id"])
    if source is None or not source["earmarked"]:
        return
    if source["purposes"] and answers["purpose"] not in source["purposes"]:
        yield Fault("purpose", _PURPOSE)
    if source["beneficiaries"] and answers["beneficiary_type"] not in source["beneficiaries"]:
        yield Fault("beneficiary_type", _BENEFICIARY)
