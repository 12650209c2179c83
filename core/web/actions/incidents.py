"""What is written about an urgent incident holds no code of a confidential case.

Many read an incident, and that a case is there may itself be confidential; so a link would tell
what the case must not. Source: domain page of the programmes, §1.8 and §1.12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.cases.mentions import mentions_confidential
from core.events.incidents.forms import INCIDENT_FORM
from core.forms.errors import AnswersRefusedError, FieldError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from core.plugin_api.forms import Form
    from core.web.work import Work

CASE_NAMED: Final = Text(
    vi="Nhiều người đọc được báo cáo này: không ghi mã của hồ sơ mật. Hãy bỏ mã hồ sơ.",
    en="Many people read this report: it holds no code of a confidential case. Take the code out.",
)


def refuse_confidential_code(work: Work, form: Form, raw: Mapping[str, Any]) -> None:
    """Refuse the report of an incident at each field that holds such a code.

    Raises:
        AnswersRefusedError: the code of a confidential case that the person reaches stands there.
    """
    if form.code != INCIDENT_FORM.code:
        return
    typed = {f.name: raw.get(f.name) for f in form.fields if f.kind in {"text", "textarea"}}
    found = tuple(
        FieldError(name, CASE_NAMED)
        for name, text in typed.items()
        if isinstance(text, str) and mentions_confidential(work.session, text)
    )
    if found:
        raise AnswersRefusedError(found)
