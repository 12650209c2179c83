"""Code lists of the programme; a code is permanent, its label may be improved.

Source: domain page of the programmes, §3.2 (2026), unless a list says otherwise.
"""

from __future__ import annotations

from core.plugin_api import Option, Text

DROWNING = "drowning"
DIED = "died"

CAUSES = (
    Option(DROWNING, Text(vi="Đuối nước", en="Drowning")),
    Option("road_traffic", Text(vi="Tai nạn giao thông", en="Road traffic accident")),
    Option("fall", Text(vi="Ngã", en="Fall")),
    Option("burn", Text(vi="Bỏng", en="Burn")),
    Option("electric", Text(vi="Điện giật", en="Electric shock")),
    Option("poisoning", Text(vi="Ngộ độc", en="Poisoning")),
    Option("choking", Text(vi="Hóc, sặc, ngạt thở", en="Choking or suffocation")),
    Option("animal_bite", Text(vi="Động vật cắn, đốt, húc", en="Animal bite, sting or attack")),
    Option("sharp_object", Text(vi="Vật sắc nhọn", en="Sharp object")),
    Option("explosion", Text(vi="Vật nổ", en="Explosion")),
    Option("other", Text(vi="Nguyên nhân khác", en="Other cause")),
)

OUTCOMES = (
    Option(DIED, Text(vi="Tử vong", en="Died")),
    Option("hospitalised", Text(vi="Phải nhập viện điều trị", en="Admitted to hospital")),
    Option("disabled", Text(vi="Để lại thương tật, khuyết tật", en="Left with a disability")),
    Option("recovered", Text(vi="Đã hồi phục", en="Recovered")),
    Option("unknown", Text(vi="Chưa rõ", en="Not yet known")),
)

PLACES = (
    Option("home", Text(vi="Tại nhà", en="At home")),
    Option("school", Text(vi="Tại trường học, cơ sở giáo dục", en="At school")),
    Option("road", Text(vi="Trên đường đi", en="On the road")),
    Option("river_canal", Text(vi="Sông, rạch, kênh, mương", en="River or canal")),
    Option("pond_lake", Text(vi="Ao, hồ", en="Pond or lake")),
    Option("sea", Text(vi="Biển", en="Sea")),
    Option("pool", Text(vi="Bể bơi", en="Swimming pool")),
    Option("well_tank", Text(vi="Giếng, bể, lu chứa nước", en="Well, tank or jar")),
    Option("flooded_field", Text(vi="Đồng ruộng ngập nước", en="Flooded field")),
    Option("work_site", Text(vi="Công trường, nơi làm việc", en="Building site or workplace")),
    Option("other", Text(vi="Nơi khác", en="Elsewhere")),
)

WATER_TYPES = (
    Option("river", Text(vi="Sông, suối", en="River or stream")),
    Option("canal", Text(vi="Kênh, rạch, mương", en="Canal or ditch")),
    Option("pond", Text(vi="Ao", en="Pond")),
    Option("lake", Text(vi="Hồ", en="Lake")),
    Option("sea", Text(vi="Biển", en="Sea")),
    Option("pool", Text(vi="Bể bơi", en="Swimming pool")),
    Option("well", Text(vi="Giếng", en="Well")),
    Option("tank_jar", Text(vi="Bể, lu, chum chứa nước", en="Water tank or jar")),
    Option("flood_water", Text(vi="Vùng nước lũ", en="Flood water")),
    Option("hole_pit", Text(vi="Hố, hầm có nước", en="Hole or pit with water")),
    Option("other", Text(vi="Loại khác", en="Other")),
)

ACTIVITIES = (
    Option("bathing", Text(vi="Tắm, bơi", en="Bathing or swimming")),
    Option("playing", Text(vi="Chơi gần nước", en="Playing near water")),
    Option("crossing", Text(vi="Lội, đi qua nơi có nước", en="Wading or crossing")),
    Option("fishing", Text(vi="Câu, bắt cá", en="Fishing")),
    Option("working", Text(vi="Làm việc", en="Working")),
    Option("school_trip", Text(vi="Tham quan, dã ngoại với trường", en="School trip")),
    Option("boat", Text(vi="Đi xuồng, ghe, đò", en="Travelling by boat")),
    Option("unknown", Text(vi="Không rõ", en="Not known")),
)

SUPERVISION = (
    Option("adult_present", Text(vi="Có người lớn trông coi", en="An adult was present")),
    Option("child_alone", Text(vi="Trẻ ở một mình", en="The child was alone")),
    Option("with_children", Text(vi="Chỉ có trẻ em khác", en="Only other children were there")),
    Option("unknown", Text(vi="Không rõ", en="Not known")),
)

CAN_SWIM = (
    Option("yes", Text(vi="Biết bơi", en="Could swim")),
    Option("no", Text(vi="Không biết bơi", en="Could not swim")),
    Option("unknown", Text(vi="Không rõ", en="Not known")),
)

SEXES = (
    Option("male", Text(vi="Nam", en="Male")),
    Option("female", Text(vi="Nữ", en="Female")),
)

RISK_LEVELS = (
    Option("high", Text(vi="Cao", en="High")),
    Option("medium", Text(vi="Trung bình", en="Medium")),
    Option("low", Text(vi="Thấp", en="Low")),
)

NO_MITIGATION = "none"

MITIGATIONS = (
    Option(NO_MITIGATION, Text(vi="Chưa có biện pháp", en="Nothing done yet")),
    Option("sign", Text(vi="Cắm biển cảnh báo", en="Warning sign")),
    Option("fence", Text(vi="Rào chắn", en="Fence")),
    Option("cover", Text(vi="Làm nắp đậy", en="Cover")),
    Option("lifeguard", Text(vi="Có người trực, cứu hộ", en="Lifeguard")),
    Option("filled_in", Text(vi="Đã san lấp", en="Filled in")),
)

SWIM_CAGE = "swim_cage"
PLANNED, DELIVERED, OPERATING = "planned", "delivered", "operating"

FACILITY_KINDS = (
    Option(SWIM_CAGE, Text(vi="Lồng bơi", en="Swim cage")),
    Option("pool", Text(vi="Bể bơi", en="Swimming pool")),
    Option("mobile_pool", Text(vi="Bể bơi di động", en="Mobile pool")),
    Option("natural_area", Text(vi="Khu vực bơi tự nhiên", en="Natural swimming area")),
)

FACILITY_STATUS = (
    Option(PLANNED, Text(vi="Dự kiến", en="Planned")),
    Option(DELIVERED, Text(vi="Đã bàn giao", en="Handed over")),
    Option(OPERATING, Text(vi="Đang hoạt động", en="Operating")),
    Option("stored", Text(vi="Đang cất giữ", en="In storage")),
    Option("broken", Text(vi="Hư hỏng", en="Broken")),
)

# Design of the programme: the page names no conditions.
CONDITIONS = (
    Option("new", Text(vi="Mới", en="New")),
    Option("good", Text(vi="Đã dùng, còn tốt", en="Used, in good order")),
    Option("needs_repair", Text(vi="Cần sửa chữa", en="Needs repair")),
)

ORGANISERS = (
    Option("school", Text(vi="Trường học", en="School")),
    Option("commune", Text(vi="Xã, phường, thị trấn", en="Commune")),
    Option("youth_union", Text(vi="Đoàn Thanh niên", en="Youth Union")),
    Option("sports", Text(vi="Ngành thể thao", en="Sports sector")),
    Option("private", Text(vi="Cơ sở tư nhân", en="Private")),
    Option("ngo", Text(vi="Tổ chức phi chính phủ", en="Non-governmental organisation")),
)

SAFE_SWIMMER, WITHDREW = "safe_swimmer", "withdrew"

SWIM_RESULTS = (
    Option(SAFE_SWIMMER, Text(vi="Biết bơi an toàn", en="Swims safely")),
    Option("partial", Text(vi="Biết bơi, chưa an toàn", en="Swims, not yet safely")),
    Option("not_yet", Text(vi="Chưa biết bơi", en="Cannot swim yet")),
    Option(WITHDREW, Text(vi="Bỏ học giữa chừng", en="Withdrew")),
)

OPEN = "open"

POINT_STATUS = (
    Option(PLANNED, Text(vi="Dự kiến", en="Planned")),
    Option(OPEN, Text(vi="Đang mở", en="Open")),
    Option("closed", Text(vi="Đã đóng", en="Closed")),
)

PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "not_applicable"

ANSWERS = (
    Option(PASS, Text(vi="Đạt", en="Pass")),
    Option(FAIL, Text(vi="Không đạt", en="Fail")),
    Option(NOT_APPLICABLE, Text(vi="Không áp dụng", en="Not applicable")),
)

RESULTS = (
    Option(PASS, Text(vi="Đạt Ngôi nhà an toàn", en="Passed as Safe Home")),
    Option(FAIL, Text(vi="Chưa đạt", en="Not passed")),
)

LIFE_JACKET, FLOAT_BACKPACK = "life_jacket", "float_backpack"

EQUIPMENT = (
    Option(LIFE_JACKET, Text(vi="Áo phao", en="Life jacket")),
    Option(FLOAT_BACKPACK, Text(vi="Cặp phao", en="Float backpack")),
    Option("fence", Text(vi="Hàng rào", en="Fence")),
    Option("cover", Text(vi="Nắp đậy giếng, bể, lu", en="Cover of a well, tank or jar")),
    Option("first_aid_kit", Text(vi="Túi sơ cấp cứu", en="First-aid kit")),
)

SUPPORT = (
    Option("first_aid", Text(vi="Sơ cứu, cấp cứu ban đầu", en="First aid")),
    Option("treatment", Text(vi="Hỗ trợ chi phí điều trị", en="Help with the cost of treatment")),
    Option("cash", Text(vi="Hỗ trợ tiền mặt cho gia đình", en="Cash for the family")),
    Option("gift", Text(vi="Thăm hỏi, tặng quà", en="Visit and gift")),
    Option("counselling", Text(vi="Tư vấn tâm lý cho gia đình", en="Counselling of the family")),
)
