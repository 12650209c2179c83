"""What a confidential case offers to tell upwards: an urgent incident that names nobody.

It takes along the commune, when the information came in, one child and, where the intake says what
the child suffered, the kind; never a name, the child, or the case. Neither holds a link to the
other. Source: domain page of the programmes, §1.12 and §2.12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.cases.kinds import CONFIDENTIAL_SUBJECTS
from core.kit.language import Text
from core.plugin_api.forms import Offer
from core.plugin_api.rules import answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LABEL: Final = Text(
    vi="Vụ việc nghiêm trọng, phức tạp: báo cáo vụ việc đột xuất, không ghi tên",
    en="Grave or complex: report it as an urgent incident, without a name",
)
# Kinds of incident by what the child suffered, in the order of the kinds of case; other harm has
# none of its own.
_KIND_OF: Final[Mapping[str, str]] = {
    "sexual": "abuse",
    "violence": "violence",
    "trafficking": "trafficking",
    "exploitation": "labour_exploitation",
    "neglect_abandonment": "abandonment",
}
_SUFFERED: Final = answer("abuse_types")
_CONFIDENTIAL: Final = answer("subject").one_of(*sorted(CONFIDENTIAL_SUBJECTS))


def _offer(kind: str | None, suffered: str | None, *before: str) -> Offer:
    named = _SUFFERED.one_of(suffered) if suffered else ~_SUFFERED.one_of(*before)
    return Offer(
        form="core.urgent_incident",
        label=_LABEL,
        when=_CONFIDENTIAL & named & ~_SUFFERED.one_of(*before),
        carry={"commune_id": "commune_id", "learned_at": "received_at"},
        fills={"children_count": "1"} | ({"kind": kind} if kind else {}),
    )


def _offers() -> Iterator[Offer]:
    """One of them applies to each confidential intake, and none to another."""
    codes = tuple(_KIND_OF)
    for place, suffered in enumerate(codes):
        yield _offer(_KIND_OF[suffered], suffered, *codes[:place])
    yield _offer(None, None, *codes)


INCIDENT_OFFERS: Final = tuple(_offers())
