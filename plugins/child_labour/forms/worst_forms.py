"""The worst forms (trafficking, sexual exploitation, debt bondage) become a case of core.

They are never concluded, noted or counted here: each form in which they may come to light offers
the intake of a case that is confidential from the start, for as long as its record is there and
whatever its answers, so that the offer tells nothing. Source: domain page of the programmes, §1.12
and §4.2.
"""

from __future__ import annotations

from core.plugin_api import Offer, Text

NOT_HERE = Text(
    vi="Nghi trẻ bị mua bán, bóc lột tình dục, gán nợ: không ghi ở đây; báo ngay công an hoặc Tổng "
    "đài 111 và lập phiếu tiếp nhận thông tin.",
    en="If trafficking, sexual exploitation or debt bondage is suspected, do not record it here: "
    "tell the police or hotline 111 at once and take it in as a case.",
)


def take_in(**carry: str) -> Offer:
    """The intake of an abused child's case; ``carry`` names what else of the record goes along."""
    return Offer(
        form="core.case_intake",
        label=Text(
            vi="Nếu nghi trẻ bị mua bán, bóc lột tình dục, gán nợ: lập phiếu tiếp nhận thông tin",
            en="If trafficking, sexual exploitation or debt bondage is suspected: take it in",
        ),
        carry={"commune_id": "commune_id"} | carry,
        fills={"subject": "abused"},
    )
