"""Generated records of core's own rooms: the network, events, training, urgent incidents; plans.

Nothing here is of a real person, school or office: names are put together from common elements,
places are numbered, and every record is marked ``generated``.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from core.demo.names import GeneratedNames
from core.demo.plan import DemoPlan, covered, submission
from core.kit.numbers import format_date
from core.kit.text import fold
from core.organisation.models import Collaborator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api.values import DemoWorld, Submission
    from core.tenancy.session import TenantSession

FIRST_YEAR = 2017
NOON = time(5, 0, tzinfo=UTC)  # twelve o'clock in Viet Nam
# How many collaborators a commune has, at least and at most; An Giang plans for twelve.
COLLABORATORS: Mapping[str, tuple[int, int]] = {"an_giang": (11, 13), "lao_cai": (5, 9)}
# School points opened in each year: An Giang keeps eight of 2017 and opens four in 2018.
SCHOOL_POINTS: Mapping[str, tuple[int, int]] = {"an_giang": (8, 4), "lao_cai": (3, 1)}
_TALKS = (
    ("group_talk", "children_law", "Tuyên truyền Luật Trẻ em"),
    ("school_talk", "abuse", "Phòng, chống xâm hại trẻ em trong trường học"),
    ("school_talk", "drowning", "Kỹ năng phòng, chống đuối nước"),
    ("broadcast", "hotline_111", "Phát thanh về Tổng đài 111"),
    ("household_visit", "parenting", "Thăm hộ gia đình có trẻ em"),
    ("club_meeting", "participation", "Sinh hoạt câu lạc bộ phóng viên nhỏ"),
    ("group_talk", "labour", "Phòng ngừa, giảm thiểu lao động trẻ em"),
    ("contest_sport", "drowning", "Hội thi bơi, lặn, cứu đuối"),
)
_CLASSES = (
    ("management", "commune_cadre"),
    ("children_law", "collaborator"),
    ("children_law", "board_member"),
    ("parenting", "parent"),
    ("management", "district_cadre"),
    ("children_law", "teacher_youth_union"),
)
_REPORTS = (
    ("drowning", "Trẻ em bị đuối nước, đã đưa đến cơ sở y tế.", 1),
    ("violence", "Trẻ em bị bạo lực, đã báo Công an xã.", 1),
    ("disaster", "Sạt lở ảnh hưởng đến các hộ có trẻ em.", 6),
    ("abandonment", "Trẻ sơ sinh bị bỏ rơi, đang được chăm sóc tạm thời.", 1),
)


def network_records(world: DemoWorld, session: TenantSession) -> Iterator[Submission]:
    """What was entered about the network, the plan, money, events and incidents in one year.

    Taken one by one: what a later one names is stored by then.
    """
    network = DemoNetwork(world)
    session.add_all(network.collaborators())
    session.flush()
    yield from network.records()
    yield from DemoPlan(world, session).records()


class DemoNetwork:
    """One year of one province; every draw comes from one seeded source of its own."""

    def __init__(self, world: DemoWorld) -> None:
        """Nothing is drawn yet."""
        self._world = world
        self._year = world.year
        self._is_first = world.year == FIRST_YEAR
        self._random = random.Random(f"network {world.tenant_slug} {world.year}")  # noqa: S311  not a secret
        self._names = GeneratedNames(self._random)
        self._communes = covered(world)

    def records(self) -> Iterator[Submission]:
        """In the order in which an office would enter them."""
        yield from self._bodies()
        yield from self._people()
        yield from self._services()
        yield from self._events()
        yield from self._training()
        yield from self._incidents()
        yield from self._recognitions()

    def _bodies(self) -> Iterator[Submission]:
        seat = self._communes[0]
        if self._is_first:
            yield self._decision("steering", "province", seat, "Phó Chủ tịch UBND tỉnh")
            yield self._decision("intersector_group", "district", seat, "Phó Chủ tịch UBND huyện")
        for commune in self._communes:
            # one in five communes renews its board in the second year
            if self._is_first or self._random.random() < 0.2:  # noqa: PLR2004  a plausible share
                chair = "Phó Chủ tịch UBND xã"
                yield self._decision("management_board", "commune", commune, chair)

    def _people(self) -> Iterator[Submission]:
        for number, commune in enumerate(self._communes):
            if self._is_first and number % 20 != 7:  # noqa: PLR2004  some have nobody yet
                yield self._post(commune)

    def collaborators(self) -> Iterator[Collaborator]:
        """Past the form: they are many. In the second year one in five communes gains one."""
        least, most = COLLABORATORS.get(self._world.tenant_slug, (5, 9))
        for number, commune in enumerate(self._communes):
            wanted = self._random.randint(least, most) if self._is_first else int(number % 5 == 0)
            for one in range(wanted):
                yield self._collaborator(commune, one + 1)

    def _services(self) -> Iterator[Submission]:
        first, second = SCHOOL_POINTS.get(self._world.tenant_slug, (2, 1))
        wanted = first if self._is_first else second
        for number in range(wanted):
            commune = self._communes[(number * 7 + self._year) % len(self._communes)]
            yield self._point("school_sw_point", commune, f"Trường THCS số {number + 1}")
        seat = self._communes[0]
        if self._is_first:
            yield self._point("social_work_centre", seat, "Trung tâm công tác xã hội tỉnh")
            yield self._point("centre_sw_model", seat, "Trung tâm Bảo trợ xã hội tỉnh")
            yield self._provider(seat, "Trung tâm Bảo trợ xã hội (minh họa)", "public")
            yield self._provider(seat, "Cơ sở nuôi dưỡng trẻ em số 1 (minh họa)", "non_public")
            yield self._group("reporters_club", seat, "Câu lạc bộ Phóng viên nhỏ tỉnh")
            for commune in self._communes:
                yield self._point("community_system", commune, "Ủy ban nhân dân xã")
                yield self._focal_point(commune)
        else:
            yield self._point("hospital_sw_model", seat, "Bệnh viện đa khoa tỉnh")
            yield self._group("reporters_club", self._communes[-1], "Câu lạc bộ Phóng viên nhỏ")

    def _events(self) -> Iterator[Submission]:
        for _ in range(max(6, len(self._communes) // 3)):
            form, topic, title = self._random.choice(_TALKS)
            n = self._random.choice((1, 1, 1, 2, 5))
            total = n * self._random.randint(20, 80)
            children = self._random.randint(total // 2, total)
            on = self._day()
            yield submission(
                "communication_event",
                on,
                title=title,
                topics=[topic],
                event_form=form,
                audiences=["child" if form == "school_talk" else "community"],
                held_on=format_date(on),
                commune_id=self._commune(),
                place="Hội trường (minh họa)",
                school="Trường số 2 (minh họa)" if form == "school_talk" else None,
                n_events=n,
                n_sites=1,
                participants_total=total,
                participants_female=self._random.randint(total // 3, total // 2),
                participants_children=children if form == "school_talk" else None,
                budget_vnd=n * 500_000,
            )
        for kind in ("billboard", "leaflet", "poster"):
            on = self._day()
            yield submission(
                "communication_material",
                on,
                material_type=kind,
                topics=["hotline_111"],
                quantity=2 if kind == "billboard" else self._random.randint(50, 500),
                commune_id=self._commune(),
                place="Trụ sở UBND xã",
                installed_on=format_date(on),
                status="in_use",
            )

    def _training(self) -> Iterator[Submission]:
        for topic, audience in _CLASSES:
            on = self._day()
            total = self._random.randint(30, 120)
            yield submission(
                "training_class",
                on,
                topic=topic,
                audience=audience,
                started_on=format_date(on),
                commune_id=self._communes[0],
                place="Trung tâm công tác xã hội tỉnh",
                n_classes=2,
                days=2,
                participants_total=total,
                participants_female=self._random.randint(total // 3, total // 2),
                budget_vnd=total * 300_000,
                pre_test_percent=self._random.randint(40, 60),
                post_test_percent=self._random.randint(75, 95),
            )

    def _incidents(self) -> Iterator[Submission]:
        for kind, text, children in _REPORTS:
            on = self._day()
            clock = f"{format_date(on)} {{:02}}:00"
            yield submission(
                "urgent_incident",
                on,
                kind=kind,
                commune_id=self._commune(),
                occurred_at=clock.format(6),
                learned_at=clock.format(8),
                children_count=children,
                first_report_text=text,
                names_checked="yes",
            )

    def _recognitions(self) -> Iterator[Submission]:
        """Child-friendly communes: in the first year most, in the second those still missing."""
        for number, commune in enumerate(self._communes):
            if (number % 12 != 5) == self._is_first:  # noqa: PLR2004  some come a year later
                on = self._day(before=6)
                yield submission(
                    "commune_recognition",
                    on,
                    commune_id=commune,
                    standard="2014",
                    decision_no=f"{self._random.randint(1, 400)}/QĐ-UBND",
                    decided_on=format_date(on),
                )

    def _decision(self, kind: str, level: str, commune: int, chair: str) -> Submission:
        on = self._day(before=6)
        return submission(
            "committee",
            on,
            committee_type=kind,
            level=level,
            commune_id=commune,
            decision_no=f"{self._random.randint(1, 400)}/QĐ-UBND",
            decided_on=format_date(on),
            chair_role=chair,
            members=[
                {"full_name": self._adult(), "agency": agency, "role": "Ủy viên"}
                for agency in ("Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên", "Công an")
            ],
        )

    def _post(self, commune: int) -> Submission:
        on = self._day(before=3)
        return submission(
            "staff_post",
            on,
            post_type=self._random.choice(("protection_worker", "social_officer")),
            level="commune",
            commune_id=commune,
            incumbent=self._adult(),
            full_time="yes" if self._random.random() < 0.4 else "no",  # noqa: PLR2004  a share
            from_date=format_date(on),
        )

    def _collaborator(self, commune: int, hamlet: int) -> Collaborator:
        on = self._day(before=3)
        name, place = self._adult(), f"Khu dân cư số {hamlet}"
        return Collaborator(
            full_name=name,
            name_fold=fold(name),
            phone="0900 000 000",
            commune_id=commune,
            hamlet=place,
            hamlet_fold=fold(place),
            from_date=on,
            allowance_vnd=150_000,
            created_at=datetime.combine(on, NOON),
            generated=True,
        )

    def _point(self, kind: str, commune: int, host: str) -> Submission:
        on = self._day(before=4)
        return submission(
            "service_point",
            on,
            point_type=kind,
            host=f"{host} (minh họa)",
            commune_id=commune,
            status="active",
            opened_on=format_date(on),
        )

    def _focal_point(self, commune: int) -> Submission:
        on = self._day(before=4)
        return submission(
            "intake_focal_point",
            on,
            level="commune",
            commune_id=commune,
            unit_name="Ủy ban nhân dân xã",
            phone="111",
            hours="Giờ hành chính; ngoài giờ gọi 111",
            from_date=format_date(on),
        )

    def _provider(self, commune: int, name: str, ownership: str) -> Submission:
        on = self._day()
        return submission(
            "service_provider",
            on,
            name=name,
            ownership=ownership,
            commune_id=commune,
            services=["shelter", "counselling"],
            capacity=40,
            reviewed_on=format_date(on),
        )

    def _group(self, kind: str, commune: int, name: str) -> Submission:
        on = self._day(before=4)
        return submission(
            "network_group",
            on,
            group_type=kind,
            name=f"{name} (minh họa)",
            commune_id=commune,
            members_total=30,
            members_female=17,
            opened_on=format_date(on),
        )

    def _adult(self) -> str:
        return self._names.adult("male" if self._random.random() < 0.4 else "female")  # noqa: PLR2004  a share

    def _commune(self) -> int:
        return self._random.choice(self._communes)

    def _day(self, before: int = 12) -> date:
        """A day of the year, in a month up to ``before``."""
        first = date(self._year, 1, 2)
        return first + timedelta(days=self._random.randrange(before * 30 - 5))
