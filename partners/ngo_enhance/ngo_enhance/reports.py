"""The annex of the project in the province's report: planned and done, commune by commune.

Source: domain page of the programmes, §8 (report).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Paragraph, ReportSection, Table, Text
from core.plugin_api.wording import counted, join, no_figure, number, plural
from ngo_enhance import measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.plugin_api import Block, Cell, SectionContext

# The planned number of communes, in the programme of An Giang for 2018 (AG-A17: nine).
SITES_PLANNED = "AG-A17"
_LINES = (
    ("ENH-01", Text(vi="Trẻ em hưởng lợi có hồ sơ", en="Beneficiary children with a file")),
    ("ENH-02", Text(vi="Trẻ tiếp cận giáo dục, dạy nghề", en="Children in education, training")),
    ("ENH-03", Text(vi="Trẻ rút khỏi, giảm lao động nguy hiểm", en="Children out of hazard")),
    ("ENH-04", Text(vi="Hộ được hỗ trợ sinh kế", en="Families with a livelihood")),
    ("ENH-05", Text(vi="Lượt người được tập huấn", en="Persons trained")),
    ("ENH-06", Text(vi="Pa-nô, áp phích đã dựng", en="Billboards and posters")),
)
_BY_COMMUNE = (
    (measures.BENEFICIARIES, Text(vi="Trẻ hưởng lợi", en="Beneficiaries")),
    (measures.SERVICES, Text(vi="Lượt dịch vụ", en="Services")),
    (measures.SCHOOLED, Text(vi="Trẻ học tập, học nghề", en="In schooling")),
    (measures.FAMILIES, Text(vi="Hộ có sinh kế", en="Families")),
    (measures.TRAINED, Text(vi="Lượt người tập huấn", en="Trained")),
    (measures.MATERIALS, Text(vi="Pa-nô, áp phích", en="Material")),
)
_NOT_ADDED = Text(
    vi="Số liệu của dự án đã nằm trong số liệu chung của tỉnh ở các mục trên, không cộng thêm.",
    en="These figures are part of the province's in the sections above and are not added to them.",
)


def write(context: SectionContext) -> Sequence[Block]:
    """Two sentences, what was planned and done, and the communes."""
    return (
        _sites(context),
        _children(context),
        _planned_and_done(context),
        _communes(context),
    )


def _sites(context: SectionContext) -> Paragraph:
    active, planned = context.indicator("ENH-07"), context.planned(SITES_PLANNED)
    held = counted(active)
    if held is None:
        subject = Text(vi="xã có quản lý trường hợp", en="communes with case management")
        return Paragraph(join(no_figure(active, subject), _NOT_ADDED), (active,))
    size = number(held)
    whole = number(planned) if planned is not None else None
    sentence = Text(
        vi=f"Dự án ENHANCE của ILO quản lý trường hợp tại {size.vi}"
        + (f"/{whole.vi}" if whole is not None else "")
        + " xã trong kỳ.",
        en=f"The ENHANCE project of the ILO managed cases in {size.en}"
        + (f" of {whole.en}" if whole is not None else "")
        + f" {plural(planned or held, 'commune', 'communes')} in the period.",
    )
    return Paragraph(join(sentence, _NOT_ADDED), (active,))


def _children(context: SectionContext) -> Paragraph:
    chosen, schooled = context.indicator("ENH-01"), context.indicator("ENH-02")
    new, learning = counted(chosen), counted(schooled)
    if new is None or learning is None:
        subject = Text(vi="trẻ em hưởng lợi của dự án", en="beneficiaries of the project")
        return Paragraph(no_figure(chosen if new is None else schooled, subject), (chosen,))
    if new == 0 and learning == 0:
        nothing = Text(
            vi="Trong kỳ dự án không nhận thêm trẻ em hưởng lợi.",
            en="The project took in no child in the period.",
        )
        return Paragraph(nothing, (chosen, schooled))
    size, taught = number(new), number(learning)
    sentence = Text(
        vi=f"Dự án nhận {size.vi} trẻ em hưởng lợi; {taught.vi} trẻ được hỗ trợ học tập, học nghề "
        "lần đầu.",
        en=f"The project took in {size.en} {plural(new, 'child', 'children')}; {taught.en} "
        f"{plural(learning, 'was', 'were')} first given education or training.",
    )
    return Paragraph(sentence, (chosen, schooled))


def _planned_and_done(context: SectionContext) -> Table:
    planned = context.planned(SITES_PLANNED)
    named = number(planned) if planned is not None else None
    rows: list[tuple[Cell, ...]] = [
        (
            Text(vi="Xã có quản lý trường hợp", en="Communes with case management"),
            named,
            context.indicator("ENH-07"),
            context.indicator("ENH-07", last_year=True),
        )
    ]
    rows += [
        (name, None, context.indicator(code), context.indicator(code, last_year=True))
        for code, name in _LINES
    ]
    return Table(
        caption=Text(vi="Hoạt động của dự án ENHANCE", en="Activities of the ENHANCE project"),
        columns=(
            Text(vi="Hoạt động", en="Activity"),
            Text(vi="Kế hoạch", en="Planned"),
            Text(vi="Thực hiện", en="Done"),
            Text(vi=f"Cùng kỳ năm {context.year - 1}", en=f"Same period of {context.year - 1}"),
        ),
        rows=tuple(rows),
        note=Text(
            vi="Ô kế hoạch để trống: chương trình của tỉnh không nêu số lượng.",
            en="An empty plan: the province's programme gives no number.",
        ),
    )


def _communes(context: SectionContext) -> Table:
    places = [context.by_commune(code) for code, _ in _BY_COMMUNE]
    sites = context.by_commune(measures.SITES)
    others = {name for found in places for name in found} - set(sites)
    return Table(
        caption=Text(vi="Thực hiện tại từng xã dự án", en="Done in each commune of the project"),
        columns=(Text(vi="Xã", en="Commune"), *(name for _, name in _BY_COMMUNE)),
        rows=tuple(
            (name, *(found.get(name) for found in places)) for name in (*sites, *sorted(others))
        ),
        note=Text(
            vi="Ô trống: trong kỳ chưa ghi nhận.", en="Empty: nothing was recorded in the period."
        ),
    )


SECTION = ReportSection(
    code="ngo_enhance.annex",
    title=Text(
        vi="Phụ lục: Dự án ENHANCE (ILO) về phòng ngừa, giảm thiểu lao động trẻ em",
        en="Annex: the ENHANCE project (ILO) against child labour",
    ),
    write=write,
    order=200,
    annex=True,
)
