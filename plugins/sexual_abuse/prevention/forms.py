"""F-ABU-7, F-ABU-8, communes that are ready, and silence that was dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Form, Part, Text, answer
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.asking import ask, must, not_before, past_day, when
from plugins.sexual_abuse.permissions import (
    DUTY_ENTER,
    DUTY_READ,
    PREVENT_ENTER,
    PREVENT_READ,
)
from plugins.sexual_abuse.prevention.models import (
    CommuneReady,
    HotlinePanel,
    PreventionActivity,
    SaNonReporting,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_PLACE = ask("commune", "commune_id", "Địa bàn (cấp xã)", "Commune")
_AT_SCHOOL = answer("venue").one_of(codes.LOWER_SECONDARY, "other_school")
_PEOPLE = Text(vi="người", en="people")


def once_for_each_commune(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """A commune is ready once; what ended leaves room for a new beginning."""
    same = answer("commune_id").equals(answers["commune_id"])
    still = same & answer("until").equals(None)
    if answers["until"] is None and records.count(CommuneReady, still):
        yield Fault(
            "commune_id",
            Text(vi="Xã này đã được ghi nhận.", en="This commune is recorded already."),
        )


ACTIVITY = Form(
    code="sexual_abuse.prevention",
    number="F-ABU-7",
    title=Text(
        vi="Hoạt động phòng, chống xâm hại tình dục trẻ em", en="Prevention of sexual abuse"
    ),
    purpose=Text(
        vi="Ghi số cuộc và số người tham gia; không ghi tên người tham gia.",
        en="How many events and people; no names.",
    ),
    model=PreventionActivity,
    parts=(
        Part(
            Text(vi="Hoạt động", en="The activity"),
            (
                past_day("held_on", "Ngày tổ chức", "Held on"),
                _PLACE,
                ask("choice", "venue", "Nơi tổ chức", "Venue", options=codes.VENUES),
                ask("choice", "curriculum", "Nội dung", "Content", options=codes.CURRICULA),
                ask(
                    "text",
                    "school",
                    "Trường",
                    "School",
                    required=_AT_SCHOOL,
                    relevant=_AT_SCHOOL,
                    max_length=120,
                ),
                ask("integer", "lessons", "Số tiết", "Lessons", required=False, least=1, most=500),
                ask("integer", "n_events", "Số cuộc", "Events", least=1, most=1000),
                ask(
                    "integer",
                    "n_schools",
                    "Số trường (mỗi trường chỉ ghi một lần trong năm)",
                    "Schools, each counted once a year",
                    least=0,
                    most=1000,
                    checks=(
                        must(
                            when(~_AT_SCHOOL, answer("n_schools").equals(0)),
                            "Hoạt động tại cộng đồng thì số trường là 0.",
                            "In the community the number of schools is 0.",
                        ),
                        must(
                            answer("n_schools").at_most(answer("n_events")),
                            "Số trường không thể nhiều hơn số cuộc.",
                            "There are no more schools than events.",
                        ),
                    ),
                ),
                ask(
                    "integer",
                    "participants_total",
                    "Số người tham gia",
                    "Participants",
                    least=0,
                    suffix=_PEOPLE,
                ),
                ask(
                    "integer",
                    "participants_female",
                    "Trong đó: nữ",
                    "Of them women and girls",
                    least=0,
                    suffix=_PEOPLE,
                    checks=(
                        must(
                            answer("participants_female").at_most(answer("participants_total")),
                            "Số nữ không thể nhiều hơn tổng số.",
                            "No more than all participants.",
                        ),
                    ),
                ),
                ask(
                    "integer",
                    "participants_children",
                    "Trong đó: trẻ em",
                    "Of them children",
                    least=0,
                    suffix=_PEOPLE,
                    checks=(
                        must(
                            answer("participants_children").at_most(answer("participants_total")),
                            "Số trẻ em không thể nhiều hơn tổng số.",
                            "No more than all participants.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("held_on", "commune_id", "venue", "n_events", "participants_total"),
    enters=PREVENT_ENTER,
    sees=PREVENT_READ,
    source="Domain page of the programmes, §5.4 F-ABU-7",
)

PANEL = Form(
    code="sexual_abuse.panel",
    number="F-ABU-8",
    title=Text(vi="Biển pa-nô Tổng đài 111", en="Panel for hotline 111"),
    purpose=Text(
        vi="Ghi biển pa-nô giới thiệu Tổng đài quốc gia bảo vệ trẻ em 111 và tình trạng.",
        en="A panel for the national child-protection hotline 111, and its state.",
    ),
    model=HotlinePanel,
    parts=(
        Part(
            Text(vi="Biển pa-nô", en="The panel"),
            (
                _PLACE,
                ask("choice", "location_type", "Vị trí", "Location", options=codes.PANEL_PLACES),
                past_day("installed_on", "Ngày lắp", "Installed on"),
                ask("choice", "status", "Tình trạng", "State", options=codes.PANEL_STATUSES),
                past_day(
                    "inspected_on",
                    "Kiểm tra ngày",
                    "Inspected on",
                    required=False,
                    checks=(
                        not_before(
                            "inspected_on",
                            "installed_on",
                            "Ngày kiểm tra không thể trước ngày lắp.",
                            "It is not inspected before it is installed.",
                        ),
                    ),
                ),
                ask(
                    "yes_no",
                    "shows_111",
                    "Trên biển ghi số 111",
                    "Does it show 111",
                    checks=(
                        must(
                            answer("shows_111").equals(other=True),
                            "Biển phải ghi số 111, không ghi các số cũ.",
                            "The panel must show 111, not one of the older numbers.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("installed_on", "commune_id", "location_type", "status"),
    editable=True,
    enters=PREVENT_ENTER,
    sees=PREVENT_READ,
    source="Domain page of the programmes, §5.4 F-ABU-8",
)

READY = Form(
    code="sexual_abuse.commune_ready",
    number="",
    title=Text(
        vi="Xã có quản lý trường hợp trẻ em bị bạo lực, xâm hại",
        en="Commune with case management",
    ),
    purpose=Text(
        vi="Xã có người làm công tác bảo vệ trẻ em đã tập huấn và có quy trình.",
        en="A commune with a trained worker and a procedure.",
    ),
    model=CommuneReady,
    parts=(
        Part(
            Text(vi="Xã", en="The commune"),
            (
                _PLACE,
                past_day("trained_on", "Ngày tập huấn", "Worker trained on"),
                ask("text", "procedure_no", "Số văn bản quy trình", "Procedure", max_length=50),
                past_day(
                    "ready_on",
                    "Thực hiện từ ngày",
                    "Since",
                    checks=(
                        not_before(
                            "ready_on",
                            "trained_on",
                            "Ngày thực hiện không thể trước ngày tập huấn.",
                            "It is not ready before the worker is trained.",
                        ),
                    ),
                ),
                past_day(
                    "until",
                    "Thôi thực hiện từ ngày",
                    "No longer since",
                    required=False,
                    checks=(
                        not_before(
                            "until",
                            "ready_on",
                            "Ngày thôi thực hiện không thể trước ngày bắt đầu.",
                            "It cannot end before it begins.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("commune_id", "ready_on", "procedure_no"),
    editable=True,
    enters=PREVENT_ENTER,
    sees=PREVENT_READ,
    verify=once_for_each_commune,
    source="Domain page of the programmes, §5.5 ABU-11",
)

NON_REPORTING = Form(
    code="sexual_abuse.non_reporting",
    number="",
    title=Text(vi="Xử lý việc che giấu, không thông báo", en="Concealment and silence dealt with"),
    purpose=Text(
        vi="Ghi loại đối tượng, điều đã biết và hình thức xử lý; không ghi tên, không ghi trường "
        "hợp.",
        en="What kind of party, what it knew and what was done; no name and no case.",
    ),
    model=SaNonReporting,
    parts=(
        Part(
            Text(vi="Việc xử lý", en="What was done"),
            (
                _PLACE,
                ask("choice", "party", "Đối tượng", "Who was silent", options=codes.SILENT_PARTIES),
                ask("choice", "known_of", "Đã biết gì", "What was known", options=codes.KNOWN_OF),
                past_day("known_on", "Biết từ ngày", "Known since"),
                ask("choice", "action", "Hình thức xử lý", "Action", options=codes.ACTIONS),
                past_day(
                    "handled_on",
                    "Xử lý ngày",
                    "Dealt with on",
                    checks=(
                        not_before(
                            "handled_on",
                            "known_on",
                            "Ngày xử lý không thể trước ngày biết.",
                            "It is not dealt with before it was known.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("handled_on", "party", "action"),
    enters=DUTY_ENTER,
    sees=DUTY_READ,
    source="Domain page of the programmes, §5.3 sa_non_reporting",
)

FORMS = (ACTIVITY, PANEL, READY, NON_REPORTING)
