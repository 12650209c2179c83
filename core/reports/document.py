"""A report as a value: what every output (screen, paper, office file) is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from core.kit.language import Text
    from core.plugin_api.documents import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes to whom.

    An agency with none above it has no ``parent_agency``. ``number_symbol`` is what follows the
    number (``BC-SLĐTBXH``): the number itself is the clerk's, and so is the day. ``addressees``
    stand after "Kính gửi"; ``recipients`` under "Nơi nhận", the last one the archive's. ``signer``
    holds the lines above the signature; the name is never ours to fill in.
    """

    parent_agency: Text | None
    agency: Text
    place: str
    number_symbol: str
    addressees: tuple[Text, ...]
    recipients: tuple[Text, ...]
    signer: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target of the province's plan for one indicator, as the target table shows it.

    A target that each unit of a level shall reach has ``per``, the level's name, and ``units``,
    how many there are; its indicator counts the units that do.
    """

    indicator: str
    operator: str
    value: Decimal
    unit: Text
    applies_to: Text | None = None
    per: Text | None = None
    units: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A planned quantity of the province's programme."""

    code: str
    title: Text
    unit: Text
    quantity: int
    operator: str = "="


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """A numbered part of the report; ``words`` are the officer's own, in paragraphs.

    ``left_out`` names the programme that could not write it; a note then stands in its place.
    """

    code: str
    title: Text
    blocks: tuple[Block, ...]
    words: str | None = None
    left_out: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """The whole report; ``dated`` is ``None`` until the clerk has dated it.

    ``notice`` stands above everything, for instance that the records were generated.
    """

    letterhead: Letterhead
    subject: Text
    opening: Text
    sections: tuple[DocumentSection, ...]
    period_code: str
    cut_off: date
    dated: date | None = None
    notice: Text | None = None

    @property
    def left_out(self) -> tuple[Text, ...]:
        """The programmes whose section could not be written."""
        return tuple(s.left_out for s in self.sections if s.left_out is not None)
