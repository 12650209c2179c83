"""Files that programmes declare for the outside, such as a donor's log frame."""

from __future__ import annotations

from typing import Any

from litestar import Response

from core.exports.declared import export_declared
from core.exports.service import Heading
from core.exports.table import MEDIA_TYPES, parse_format
from core.kit.errors import NotFoundError
from core.kit.periods import Period
from core.reports.laid_out import figure_text
from core.web.answers import ANY_FILE
from core.web.downloads import streamed_download
from core.web.routing import reading
from core.web.work import Work


@reading(
    "/programmes/{programme:str}/exports/{name:str}",
    permission=None,
    programme_in_path=True,
    writes=True,
    answers={200: ANY_FILE},
)
def declared_export(
    work: Work,
    programme: str,
    name: str,
    *,
    year: str | None = None,
    format: str = "xlsx",  # noqa: A002  the word of the address
) -> Response[Any]:
    """The file of a year, last year's if none is named; taking it away is written down."""
    code = f"{programme}.{name}".replace("-", "_")
    export = work.programmes.catalogue.exports.get(code)
    if export is None:
        raise NotFoundError
    chosen = parse_format(format)
    told = Period.parse(year or str(work.today.year - 1))
    heading = Heading(
        province=work.tenant.name_vi if work.language == "vi" else work.tenant.name_en,
        moment=work.now,
        language=work.language,
        generated=work.platform.settings.generated_data,
    )
    made = export_declared(
        work.session,
        export,
        chosen,
        work.principal,
        heading,
        catalogue=work.programmes.catalogue,
        year=told.year,
        shown=figure_text,
    )
    return streamed_download(
        made.file,
        MEDIA_TYPES[chosen],
        name=f"{code.replace('.', '-')}-{told.year}",
        extension=chosen,
    )


handlers = [declared_export]
