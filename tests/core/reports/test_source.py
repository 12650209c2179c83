"""What a report takes from the province's declaration."""

from __future__ import annotations

import pytest

from core.reports.source import initials


@pytest.mark.parametrize(
    ("agency", "symbol"),
    [
        ("Sở Lao động - Thương binh và Xã hội", "SLĐTBXH"),
        ("Ủy ban nhân dân tỉnh Lào Cai", "UBNDTLC"),
    ],
)
def test_the_symbol_of_an_agency_is_the_first_letters_of_its_words(
    agency: str, symbol: str
) -> None:
    assert initials(agency) == symbol
