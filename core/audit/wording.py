"""What the log's words of code are called."""

from __future__ import annotations

from core.audit.service import Action
from core.db.base import DataClass
from core.kit.language import Text

ACTIONS: dict[str, Text] = {
    Action.READ: Text(vi="Xem", en="Read"),
    Action.LIST: Text(vi="Xem danh sách", en="Listed"),
    Action.SEARCH: Text(vi="Tìm kiếm", en="Searched"),
    Action.WRITE: Text(vi="Ghi, sửa", en="Wrote"),
    Action.DELETE: Text(vi="Xóa", en="Deleted"),
    Action.EXPORT: Text(vi="Xuất dữ liệu", en="Exported"),
    Action.APPROVE: Text(vi="Duyệt", en="Approved"),
    Action.RELEASE: Text(vi="Phát hành", en="Released"),
    Action.SWITCH: Text(vi="Bật, tắt chương trình", en="Switched a programme"),
    Action.SIGN_IN: Text(vi="Đăng nhập", en="Signed in"),
    Action.SIGN_OUT: Text(vi="Đăng xuất", en="Signed out"),
    Action.SIGN_IN_REFUSED: Text(vi="Đăng nhập bị từ chối", en="Sign-in refused"),
    Action.GRANT: Text(vi="Cấp quyền", en="Granted a right"),
    Action.REVOKE: Text(vi="Thu hồi quyền", en="Took a right away"),
    Action.EMERGENCY: Text(vi="Mở hồ sơ khẩn cấp", en="Opened a file out of duty"),
    Action.VIEW_AS: Text(vi="Xem như người khác", en="Looked as another account"),
    Action.ARCHIVE: Text(vi="Đưa vào lưu trữ", en="Left to the archive"),
}
CLASSES: dict[str, Text] = {
    DataClass.PUBLIC: Text(vi="công khai", en="public"),
    DataClass.INTERNAL: Text(vi="nội bộ", en="internal"),
    DataClass.PERSONAL: Text(vi="cá nhân", en="personal"),
    DataClass.SENSITIVE: Text(vi="nhạy cảm", en="sensitive"),
    DataClass.RESTRICTED: Text(vi="hạn chế", en="restricted"),
}
KINDS: dict[str, Text] = {
    "core.account": Text(vi="Tài khoản", en="Account"),
    "core.attachment": Text(vi="Tệp đính kèm", en="Attachment"),
    "core.account.link": Text(vi="Liên kết đặt mật khẩu", en="Link to set a password"),
    "core.account.password": Text(vi="Mật khẩu", en="Password"),
    "core.account.recovery_codes": Text(vi="Mã khôi phục", en="Recovery codes"),
    "core.account.second_factor": Text(vi="Ứng dụng xác thực", en="Authenticator app"),
    "core.audit_entry": Text(vi="Nhật ký truy cập", en="Access log"),
    "core.identity_provider": Text(vi="Nơi cấp tài khoản cơ quan", en="Identity provider"),
    "core.machine": Text(vi="Phần mềm được kết nối", en="Connected program"),
    "core.case": Text(vi="Hồ sơ trường hợp", en="Case"),
    "core.case_referral": Text(vi="Chuyển gửi", en="Referral"),
    "core.case_referral.paper": Text(vi="Giấy tờ được chuyển gửi", en="Referred paper"),
    "core.national": Text(vi="Số liệu toàn quốc", en="National figures"),
    "core.provider_link": Text(vi="Liên kết tài khoản cơ quan", en="Link to an agency's account"),
    "core.report": Text(vi="Báo cáo", en="Report"),
    "core.report_confirmation": Text(vi="Xác nhận số liệu", en="Confirmation of figures"),
    "core.report_exception": Text(vi="Ngoại lệ của báo cáo", en="Exception of a report"),
    "core.report_request": Text(vi="Yêu cầu báo cáo", en="Requested report"),
    "core.role_grant": Text(vi="Vai trò của tài khoản", en="An account's role"),
}
