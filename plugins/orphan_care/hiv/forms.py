"""The confidential part of F-ORP-1: that a child lives with HIV never stands in an open record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Form, Part, Text, answer
from plugins.orphan_care.asking import ask, commune, not_before, past_day, told
from plugins.orphan_care.hiv import codes
from plugins.orphan_care.hiv.models import HivCare, HivService
from plugins.orphan_care.permissions import HIV_ENTER, HIV_READ

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_MANAGED = answer("managed_from").answered()

HIV_CARE = Form(
    code="orphan_care.hiv_care",
    number="F-ORP-1",
    code_column="opaque_code",
    title=Text(
        vi="Hồ sơ mật: trẻ em nhiễm HIV/AIDS được quản lý trường hợp",
        en="In confidence: case management of a child living with HIV",
    ),
    purpose=Text(
        vi="Chỉ tổ chuyên trách được ghi và xem. Hồ sơ không có tên trẻ; liên kết với sổ quản lý "
        "trẻ em được mã hóa.",
        en="For the confidential team alone. It holds no name; the link to the register is sealed.",
    ),
    model=HivCare,
    parts=(
        Part(
            Text(vi="Trẻ em", en="The child"),
            (
                told("text", "opaque_code", "Mã hồ sơ", "Case code"),
                past_day("known_on", "Ngày được biết", "Known since"),
                # its services lie there too
                replace(commune("Địa bàn (cấp xã)", "Commune"), fixed=True),
                ask(
                    "child",
                    "child_ref",
                    "Trẻ em trong sổ quản lý (nếu cần)",
                    "Child in the register, if needed",
                    required=False,
                ),
                ask("choice", "sex", "Giới tính", "Sex", options=codes.SEXES),
            ),
        ),
        Part(
            Text(vi="Quản lý trường hợp", en="Case management"),
            (
                past_day(
                    "managed_from",
                    "Quản lý trường hợp từ ngày",
                    "Managed from",
                    required=False,
                    checks=(
                        not_before(
                            "managed_from",
                            "known_on",
                            "Không thể quản lý trường hợp trước khi được biết.",
                            "It cannot be managed before it is known.",
                        ),
                    ),
                ),
                past_day(
                    "managed_until",
                    "Thôi quản lý từ ngày",
                    "No longer managed from",
                    required=False,
                    relevant=_MANAGED,
                    checks=(
                        not_before(
                            "managed_until",
                            "managed_from",
                            "Ngày thôi quản lý không thể trước ngày bắt đầu.",
                            "It cannot end before it begins.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("opaque_code", "known_on", "commune_id"),
    editable=True,
    enters=HIV_ENTER,
    sees=HIV_READ,
    source="Domain page of the programmes, §6.4 hiv_service, §6.5 F-ORP-1, §6.8",
)


def commune_of_child(records: Records, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The commune follows from the child's file."""
    found = records.get(HivCare, answers.get("hiv_care_id"))
    return {"commune_id": found["commune_id"]} if found else {}


def check_service(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """A service lies where the child's file lies."""
    found = records.get(HivCare, answers["hiv_care_id"])
    if found is not None and found["commune_id"] != answers["commune_id"]:
        message = Text(vi="Hãy chọn đúng địa bàn của hồ sơ.", en="Choose the commune of the file.")
        yield Fault("commune_id", message)


HIV_SERVICE = Form(
    code="orphan_care.hiv_service",
    number="",
    title=Text(
        vi="Hồ sơ mật: dịch vụ cho trẻ em nhiễm HIV/AIDS",
        en="In confidence: services for a child living with HIV",
    ),
    purpose=Text(vi="Chỉ tổ chuyên trách được ghi và xem.", en="For the confidential team alone."),
    model=HivService,
    parts=(
        Part(
            Text(vi="Dịch vụ", en="The service"),
            (
                ask("record", "hiv_care_id", "Mã hồ sơ", "Case code", of="orphan_care.hiv_care"),
                commune("Địa bàn (cấp xã)", "Commune"),
                ask("choice", "kind", "Dịch vụ", "Service", options=codes.SERVICES),
                past_day("given_on", "Ngày", "On"),
                ask("text", "provider", "Đơn vị cung cấp", "Provider", max_length=120),
            ),
        ),
    ),
    columns=("hiv_care_id", "kind", "given_on"),
    enters=HIV_ENTER,
    sees=HIV_READ,
    prefill=commune_of_child,
    verify=check_service,
    source="Domain page of the programmes, §6.4 hiv_service",
)

FORMS = (HIV_CARE, HIV_SERVICE)
