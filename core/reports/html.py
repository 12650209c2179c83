"""A report as one stand-alone page that prints on A4 as an official document.

Source: Decree 30/2020/NĐ-CP, Annex I (layout), as gathered in the page on official documents.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from core.reports.laid_out import figure_text, lay_out, listed
from core.reports.layout import LAYOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.kit.language import Language
    from core.reports.document import ReportDocument

__all__ = ["figure_text", "to_html"]


def to_html(
    document: ReportDocument,
    language: Language = "vi",
    opens: Callable[[str], str | None] | None = None,
) -> str:
    """The page, with its style inside; every figure carries its code in ``data-code``.

    ``opens`` gives the address at which the figure of a code is opened, if there is one: inside
    the platform numbers are links, in a file they are not. Number and day are the clerk's and left
    open, the signer's name likewise.
    """
    template = _environment().get_template("report.html.jinja")
    return template.render(
        report=lay_out(document, language),
        layout=LAYOUT,
        listed=listed,
        opens=opens or (lambda _code: None),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("core.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
