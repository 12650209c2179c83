"""F-ABU-1: the intake of a notice of sexual abuse; it asks for no description of the abuse."""

from __future__ import annotations

from core.plugin_api import Field, Form, Offer, Part, Text, answer
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.asking import ask, must, past_day
from plugins.sexual_abuse.models import SaCase
from plugins.sexual_abuse.permissions import ENTER, READ

_RECEIVED = Part(
    Text(vi="Tiếp nhận thông tin", en="Receiving the notice"),
    (
        Field(
            name="opaque_code",
            label=Text(vi="Mã trường hợp", en="Case code"),
            kind="text",
            computed=True,  # drawn at random by the model; a pure function could not
        ),
        Field(
            name="received_at",
            label=Text(vi="Thời điểm tiếp nhận", en="Received at"),
            kind="datetime",
            required=True,
            not_future=True,
            help=Text(
                vi="Đồng hồ 12 giờ tính từ thời điểm này: nếu trẻ chưa an toàn, phải can thiệp "
                "khẩn cấp trong vòng 12 giờ.",
                en="The 12-hour clock starts here: if the child is not safe, emergency measures "
                "are due within 12 hours.",
            ),
        ),
        Field(
            name="channel",
            label=Text(vi="Nguồn tin", en="Source of the notice"),
            kind="choice",
            options=codes.CHANNELS,
            required=True,
        ),
        Field(
            name="commune_id",
            label=Text(vi="Nơi xảy ra (cấp xã)", en="Commune where it happened"),
            kind="commune",
            required=True,
        ),
    ),
)

_CHILD = Part(
    Text(vi="Trẻ em", en="The child"),
    (
        Field(
            name="child_ref",
            label=Text(
                vi="Trẻ em trong sổ quản lý (nếu biết)", en="Child in the register, if known"
            ),
            kind="child",
            help=Text(
                vi="Liên kết này được mã hóa; sổ quản lý trẻ em không cho biết trẻ có phiếu này.",
                en="The link is encrypted; the register does not tell that there is this form.",
            ),
        ),
        Field(
            name="estimated_age",
            label=Text(vi="Tuổi (ước tính)", en="Age (estimated)"),
            kind="integer",
            required=True,
            least=0,
            most=17,
            suffix=Text(vi="tuổi", en="years"),
            help=Text(
                vi="Phiếu này không ghi tên, địa chỉ, trường học của trẻ.",
                en="This form holds no name, address or school of the child.",
            ),
        ),
        Field(
            name="sex",
            label=Text(vi="Giới tính", en="Sex"),
            kind="choice",
            options=codes.SEXES,
            required=True,
        ),
        Field(
            name="child_safe_now",
            label=Text(vi="Trẻ hiện có an toàn không", en="Is the child safe now"),
            kind="yes_no",
            required=True,
            help=Text(
                vi="Nếu không, hãy gọi ngay công an và Tổng đài 111, rồi báo Chủ tịch UBND cấp xã.",
                en="If not, call the police and hotline 111 at once, then the chair of the "
                "commune's People's Committee.",
            ),
        ),
        ask("yes_no", "disability", "Trẻ khuyết tật", "Has a disability", required=False),
        ask("yes_no", "pregnant", "Trẻ đang mang thai", "Is pregnant", required=False),
        ask(
            "text",
            "ethnicity",
            "Dân tộc (để bố trí ngôn ngữ, dịch vụ phù hợp)",
            "Ethnicity, so that language and services fit",
            required=False,
            max_length=40,
        ),
    ),
)

_INCIDENT = Part(
    Text(vi="Phân loại ban đầu", en="First classification"),
    (
        Field(
            name="abuse_form",
            label=Text(vi="Hình thức xâm hại", en="Form of abuse"),
            kind="choice",
            options=codes.ABUSE_FORMS,
            required=True,
            help=Text(
                vi="Chọn «Chưa xác định» nếu chưa đánh giá. Không hỏi trẻ kể lại sự việc để điền "
                "phiếu này.",
                en="Choose “Not yet determined” before the assessment. Never ask the child to tell "
                "what happened in order to fill in this form.",
            ),
        ),
        Field(
            name="setting",
            label=Text(vi="Môi trường xảy ra", en="Setting"),
            kind="choice",
            options=codes.SETTINGS,
            required=True,
        ),
        Field(
            name="relation_to_child",
            label=Text(
                vi="Quan hệ của người bị nghi xâm hại với trẻ",
                en="Relation of the alleged abuser to the child",
            ),
            kind="choice",
            options=codes.RELATIONS,
            required=True,
        ),
        Field(
            name="online",
            label=Text(vi="Có yếu tố trên mạng", en="Did any of it happen online"),
            kind="yes_no",
        ),
        past_day("first_known_on", "Được biết lần đầu ngày", "First known on", required=False),
        ask("yes_no", "ongoing", "Việc xâm hại còn tiếp diễn", "Does it go on", required=False),
    ),
)

_BY_HOTLINE = answer("channel").equals(codes.HOTLINE)
_AGREED = answer("informant_consents").equals(other=True)

_INFORMANT = Part(
    Text(vi="Người báo tin (chỉ ghi khi người đó đồng ý)", en="The informant, by consent alone"),
    (
        Field(
            name="informant_consents",
            label=Text(
                vi="Người báo tin có đồng ý để ghi thông tin của mình không",
                en="Does the informant agree to be noted down",
            ),
            kind="yes_no",
            help=Text(
                vi="Nếu không đồng ý, không ghi gì về người báo tin. Thông tin được mã hóa và chỉ "
                "người xử lý trường hợp được xem.",
                en="Without consent nothing is recorded. What is recorded is encrypted, and only "
                "those who work on the case may read it.",
            ),
        ),
        Field(
            name="informant_name",
            label=Text(vi="Họ và tên người báo tin", en="Informant's name"),
            kind="text",
            max_length=100,
            relevant=_AGREED,
        ),
        Field(
            name="informant_phone",
            label=Text(vi="Số điện thoại người báo tin", en="Informant's telephone"),
            kind="text",
            max_length=20,
            relevant=_AGREED,
        ),
        Field(
            name="informant_address",
            label=Text(vi="Địa chỉ người báo tin", en="Informant's address"),
            kind="text",
            max_length=200,
            relevant=_AGREED,
        ),
    ),
)

_REPORTED = Part(
    Text(vi="Đã thông báo", en="Who was informed"),
    (
        Field(
            name="police_informed_at",
            label=Text(vi="Đã báo công an lúc", en="Police informed at"),
            kind="datetime",
            not_future=True,
            help=Text(
                vi="Để trống nếu chưa báo; hãy báo công an càng sớm càng tốt.",
                en="Leave empty if not yet done; inform the police as soon as possible.",
            ),
        ),
        Field(
            name="hotline_ref",
            label=Text(vi="Mã vụ việc của Tổng đài 111", en="Reference of hotline 111"),
            kind="text",
            max_length=30,
            help=Text(
                vi="Chỉ ghi mã số, không ghi nội dung.", en="The reference alone, nothing else."
            ),
        ),
        ask(
            "datetime",
            "hotline_answered_at",
            "Đã phản hồi Tổng đài 111 lúc",
            "Hotline 111 answered at",
            required=False,
            relevant=_BY_HOTLINE,
            not_future=True,
            checks=(
                must(
                    answer("hotline_answered_at").at_least(answer("received_at")),
                    "Không thể phản hồi trước khi tiếp nhận.",
                    "It is not answered before it is received.",
                ),
            ),
        ),
    ),
)

INTAKE = Form(
    code="sexual_abuse.intake",
    code_column="opaque_code",
    number="F-ABU-1",
    title=Text(
        vi="Phiếu tiếp nhận thông tin trẻ em bị xâm hại tình dục",
        en="Intake of a notice of child sexual abuse",
    ),
    purpose=Text(
        vi="Khởi động việc bảo vệ trẻ trong 12 giờ. Phiếu không ghi tên trẻ và không mô tả sự "
        "việc; sau khi lưu, người nhập không xem lại được.",
        en="Starts the child's protection within 12 hours. It holds no name of the child and no "
        "account of what happened; once saved, whoever entered it cannot open it again.",
    ),
    model=SaCase,
    version=2,
    offers=(
        Offer(
            form="sexual_abuse.emergency",
            label=Text(
                vi="Trẻ chưa an toàn: ghi biện pháp can thiệp khẩn cấp",
                en="The child is not safe: record emergency measures",
            ),
            when=answer("child_safe_now").equals(other=False),
            carry={"case_id": "id", "commune_id": "commune_id"},
        ),
        # Takes nothing along: the report of an incident names nobody (§1.12, §2.12).
        Offer(
            form="core.urgent_incident",
            label=Text(
                vi="Vụ việc nghiêm trọng, phức tạp: báo cáo vụ việc đột xuất, không ghi tên",
                en="Grave or complex: report it as an urgent incident, without a name",
            ),
        ),
    ),
    parts=(_RECEIVED, _CHILD, _INCIDENT, _INFORMANT, _REPORTED),
    columns=("opaque_code", "received_at", "child_safe_now", "commune_id"),
    enters=ENTER,
    sees=READ,
    source="Domain page of the programmes, §5.4 F-ABU-1; Decree 56/2017/NĐ-CP",
)
