"""The groups of special circumstances by scheme, as data: letters, names, classes, sources.

Older schemes stand beside the law's, so that old records keep the group they were entered with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.db.base import DataClass
from core.kit.language import Text
from core.plugin_api.forms import Option

Scheme = Literal["LAW2016", "QD647", "P2004"]

CONFIDENTIAL = "core.confidential_group"
"""The one key of all confidential groups.

Not one for each group: the key stands beside grants, form entries and in the audit log, and would
tell whoever reads those which group a child is in. The same roles oversee or are given all of
them, so a key for each would part nothing. Source: programmes §1.8, §2.11, §5.7.
"""

_LAW = "Law on Children 2016, Article 10"
_QD647 = "Decision 647/QĐ-TTg, care in the community 2013-2020"
_P2004 = "Protection programme 2004-2010"
_D, _S, _R = DataClass.PERSONAL, DataClass.SENSITIVE, DataClass.RESTRICTED


@dataclass(frozen=True, slots=True)
class Group:
    """One group of one scheme; codes are unique over all schemes. ``letter`` is the law's."""

    code: str
    name: Text
    data_class: DataClass
    scheme: Scheme
    source: str
    letter: str | None = None

    @property
    def is_confidential(self) -> bool:
        """Whether belonging to it is itself confidential."""
        return self.data_class is DataClass.RESTRICTED

    @property
    def option(self) -> Option:
        """As it stands in the list of a form."""
        if self.letter is not None:
            return Option(
                self.code,
                Text(vi=f"{self.letter}) {self.name.vi}", en=f"{self.letter}) {self.name.en}"),
            )
        before = SCHEMES[self.scheme]
        return Option(
            self.code,
            Text(vi=f"{before.vi}: {self.name.vi}", en=f"{before.en}: {self.name.en}"),
        )


@dataclass(frozen=True, slots=True)
class SubGroup:
    """A part of the law's group a, b or c."""

    code: str
    group: str
    name: Text


SCHEMES: dict[Scheme, Text] = {
    "LAW2016": Text(vi="Luật Trẻ em 2016", en="Law on Children 2016"),
    "QD647": Text(vi="Quyết định 647", en="Decision 647"),
    "P2004": Text(vi="Giai đoạn 2004-2010", en="2004-2010"),
}


def _law(letter: str, code: str, data_class: DataClass, vi: str, en: str) -> Group:
    return Group(code, Text(vi=vi, en=en), data_class, "LAW2016", _LAW, letter)


def _older(scheme: Scheme, code: str, data_class: DataClass, vi: str, en: str) -> Group:
    source = _QD647 if scheme == "QD647" else _P2004
    return Group(code, Text(vi=vi, en=en), data_class, scheme, source)


LAW_GROUPS = (
    _law("a", "csc_orphan_both", _D, "Trẻ em mồ côi cả cha và mẹ", "Orphaned of both parents"),
    _law("b", "csc_abandoned", _D, "Trẻ em bị bỏ rơi", "Abandoned"),
    _law("c", "csc_no_support", _D, "Trẻ em không nơi nương tựa", "No one to rely on"),
    _law("d", "csc_disability", _S, "Trẻ em khuyết tật", "Disability"),
    _law("đ", "csc_hiv", _R, "Trẻ em nhiễm HIV/AIDS", "HIV/AIDS"),
    _law("e", "csc_law_violation", _R, "Trẻ em vi phạm pháp luật", "In conflict with the law"),
    _law("g", "csc_drug_addiction", _R, "Trẻ em nghiện ma túy", "Drug addiction"),
    _law(
        "h",
        "csc_dropout_working",
        _D,
        "Trẻ em phải bỏ học kiếm sống chưa hoàn thành phổ cập giáo dục trung học cơ sở",
        "Left school to earn a living",
    ),
    _law(
        "i",
        "csc_violence",
        _R,
        "Trẻ em bị tổn hại nghiêm trọng về thể chất và tinh thần do bị bạo lực",
        "Seriously harmed by violence",
    ),
    _law("k", "csc_exploited", _R, "Trẻ em bị bóc lột", "Exploited"),
    _law("l", "csc_sexual_abuse", _R, "Trẻ em bị xâm hại tình dục", "Sexually abused"),
    _law("m", "csc_trafficked", _R, "Trẻ em bị mua bán", "Trafficked"),
    _law(
        "n",
        "csc_serious_illness",
        _S,
        "Trẻ em mắc bệnh hiểm nghèo hoặc bệnh phải điều trị dài ngày thuộc hộ nghèo, cận nghèo",
        "Serious or long-term illness, poor or near-poor household",
    ),
    _law(
        "o",
        "csc_migrant_refugee",
        _D,
        "Trẻ em di cư, lánh nạn, tị nạn chưa xác định được cha mẹ hoặc không có người chăm sóc",
        "Migrant or refugee without identified parents or carer",
    ),
)
_HIV = ("Trẻ em nhiễm HIV/AIDS", "Children with HIV/AIDS")
OLDER_GROUPS = (
    _older("QD647", "orphan_no_support", _D, "Mồ côi không nơi nương tựa", "Orphans, no support"),
    _older("QD647", "abandoned", _D, "Trẻ em bị bỏ rơi", "Abandoned children"),
    _older("QD647", "hiv_aids", _R, *_HIV),
    _older(
        "QD647",
        "toxic_chemical_victim",
        _S,
        "Nạn nhân của chất độc hóa học",
        "Victims of toxic chemicals",
    ),
    _older("QD647", "severe_disability", _S, "Trẻ em khuyết tật nặng", "Severe disability"),
    _older(
        "QD647",
        "disaster_affected",
        _D,
        "Trẻ em bị ảnh hưởng bởi thiên tai, thảm họa",
        "Affected by disaster",
    ),
    _older("P2004", "street_child", _D, "Trẻ em lang thang", "Street children"),
    _older(
        "P2004",
        "sexually_violated_child",
        _R,
        "Trẻ em bị xâm phạm tình dục",
        "Sexually violated children",
    ),
    _older(
        "P2004",
        "hazardous_child_labour",
        _D,
        "Trẻ em phải lao động nặng nhọc, trong điều kiện độc hại, nguy hiểm",
        "Children in heavy, toxic or dangerous work",
    ),
)
GROUPS = {group.code: group for group in (*LAW_GROUPS, *OLDER_GROUPS)}

_A, _B, _C = "csc_orphan_both", "csc_abandoned", "csc_no_support"
# Source: programmes §6.3.
SUB_GROUPS = (
    SubGroup("a1_no_carer", _A, Text("không có người chăm sóc", "no carer")),
    SubGroup(
        "a2_facility",
        _A,
        Text(
            "được nuôi dưỡng trong cơ sở bảo vệ trẻ em, cơ sở trợ giúp xã hội",
            "in a protection or social assistance facility",
        ),
    ),
    SubGroup("a3_kin", _A, Text("sống với người thân thích", "lives with relatives")),
    SubGroup(
        "a4_foster",
        _A,
        Text(
            "được chăm sóc thay thế bởi người không phải thân thích (trừ con nuôi)",
            "in alternative care by others than relatives (adoption excepted)",
        ),
    ),
    SubGroup("b1_no_care", _B, Text("chưa được chăm sóc thay thế", "not in alternative care")),
    SubGroup("b2_in_care", _B, Text("được chăm sóc thay thế", "in alternative care")),
    SubGroup(
        "c1_other_missing",
        _C,
        Text(
            "mồ côi cha hoặc mẹ và người còn lại mất tích",
            "one parent dead, the other missing",
        ),
    ),
    SubGroup(
        "c2_other_incapable",
        _C,
        Text(
            "mồ côi cha hoặc mẹ, người còn lại ở cơ sở trợ giúp xã hội hoặc không còn khả năng "
            "chăm sóc",
            "one parent dead, the other in a facility or incapable of care",
        ),
    ),
    SubGroup(
        "c3_other_detained",
        _C,
        Text(
            "mồ côi cha hoặc mẹ, người còn lại chấp hành án phạt tù hoặc ở cơ sở giáo dục, cai "
            "nghiện bắt buộc",
            "one parent dead, the other imprisoned or in compulsory education or treatment",
        ),
    ),
    SubGroup("c4_both_missing", _C, Text("cả cha và mẹ mất tích", "both parents missing")),
    SubGroup(
        "c5_missing_and_facility",
        _C,
        Text(
            "cha hoặc mẹ mất tích, người còn lại đang hưởng trợ cấp hoặc ở cơ sở",
            "one parent missing, the other on an allowance or in a facility",
        ),
    ),
)


def confidential_key_of(group_code: str) -> str | None:
    """The key that a record of the group carries; ``None`` for a group that is none."""
    return CONFIDENTIAL if GROUPS[group_code].is_confidential else None
