"""Code lists of the injury notice; a code is permanent, its label may be improved.

Source: domain page of the programmes, §3.2.
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
