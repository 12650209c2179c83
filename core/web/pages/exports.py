"""Lists as files: what a list page shows, whole, for those who may take it away."""

from __future__ import annotations

from typing import Any

from litestar import Response

from core.exports.service import Heading, export_records
from core.exports.table import MEDIA_TYPES, parse_format
from core.web.actions.forms import find_form
from core.web.answers import ANY_FILE
from core.web.downloads import streamed_download
from core.web.routing import reading
from core.web.work import Work


@reading(
    "/records/{owner:str}/{name:str}/export",
    permission="core.export",
    writes=True,
    answers={200: ANY_FILE},
)
def export_of_records(
    work: Work,
    owner: str,
    name: str,
    format: str = "csv",  # noqa: A002  the word of the address
) -> Response[Any]:
    """The whole list of a form's records as CSV or XLSX; making it is written down."""
    form = find_form(work, owner, name)
    chosen = parse_format(format)
    heading = Heading(
        province=work.tenant.name_vi if work.language == "vi" else work.tenant.name_en,
        moment=work.now,
        language=work.language,
        generated=work.platform.settings.generated_data,
    )
    made = export_records(
        work.session,
        form,
        chosen,
        work.principal,
        heading,
        catalogue=work.programmes.catalogue.forms,
    )
    return streamed_download(
        made.file,
        MEDIA_TYPES[chosen],
        name=f"{form.code.replace('.', '-')}-{work.today:%Y%m%d}",
        extension=chosen,
    )


handlers = [export_of_records]
