"""Generated plans with their results, money and inspections of one year; of no real office."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.kit.numbers import format_date, format_number
from core.planning.service import activities_of
from core.plugin_api.values import Submission
from core.profiles.repository import activities, agencies, profile_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.planning.models import PlanActivity
    from core.plugin_api.values import DemoWorld
    from core.profiles.models import TenantProfile
    from core.tenancy.session import TenantSession

FIRST_YEAR = 2017
OWN, BOUND = "Ngân sách địa phương (minh họa)", "Trung ương hỗ trợ có mục tiêu (minh họa)"
# What a year without a declaration plans: code, title, quantity, unit, whether it is for people.
# A province that declares no number plans the same by text alone.
_PLANNED = (
    ("MH-01", "Duy trì điểm công tác xã hội trường học", 8, "point", False),
    ("MH-02", "Tập huấn cộng tác viên", 300, "person", True),
    ("MH-03", "Truyền thông tại trường học", 20, "event", True),
    ("MH-04", "Diễn đàn trẻ em", 1, "forum", True),
)
# What is raised for the Child Fund in a year, in million đồng: at least and at most each time.
_GIFT_MILLIONS = (150, 400)
_GIFTS = 20


def submission(form: str, on: date, **answers: Any) -> Submission:
    """Answers as a person types them; what is ``None`` is left empty."""
    given = {name: value for name, value in answers.items() if value is not None}
    typed = {name: str(v) if isinstance(v, int) else v for name, v in given.items()}
    return Submission(f"core.{form}", typed, on)


def covered(world: DemoWorld) -> Sequence[int]:
    """Every commune, or a few of them where only a few children are generated."""
    every, children = world.communes, len(world.children)
    if children >= len(every):
        return every
    few = random.Random(world.tenant_slug)  # noqa: S311  not a secret
    return sorted(few.sample(every, min(len(every), max(3, children // 10))))


class DemoPlan:
    """The plan, the money and the inspections of one year of one province."""

    def __init__(self, world: DemoWorld, session: TenantSession) -> None:
        """``session`` tells which activities a plan has taken from the declaration."""
        self._world = world
        self._session = session
        self._year = world.year
        self._random = random.Random(f"plan {world.tenant_slug} {world.year}")  # noqa: S311  not a secret
        self._communes = covered(world)
        self._title = f"Kế hoạch bảo vệ trẻ em năm {world.year} (minh họa)"

    def records(self) -> Iterator[Submission]:
        """The plan first, then what names it."""
        yield from self._plan()
        yield from self._results()
        yield from self._money()
        yield from self._gifts()
        yield from self._looks()

    def _plan(self) -> Iterator[Submission]:
        decided = date(self._year, 1, 15)
        yield submission(
            "plan_year",
            decided,
            year=self._year,
            title=self._title,
            status="approved",
            decision_no="01/QĐ-MH",
            decided_on=format_date(decided),
            approved_by="UBND tỉnh",
        )
        if any(one.planned_quantity for one in activities_of(self._session, self._year)):
            return
        in_numbers = self._in_numbers()
        for code, title, quantity, unit, people in _PLANNED:
            yield submission(
                "plan_activity",
                decided,
                plan_id=self._title,
                code=code,
                title=title,
                programme_code="core",
                planned_quantity=quantity if in_numbers else None,
                unit=unit if in_numbers else None,
                counts_people="yes" if people else "no",
            )

    def _results(self) -> Iterator[Submission]:
        """About half by the middle of the year, most at its end; without any number two each."""
        in_numbers = self._in_numbers()
        for activity in activities_of(self._session, self._year):
            planned = activity.planned_quantity if in_numbers else 2
            if not planned:
                continue
            whole = max(1, round(planned * self._random.uniform(0.8, 1.1)))
            half = whole // 2
            for quarter, month, done in (("Q2", 5, half), ("Q4", 11, whole - half)):
                if done:
                    yield self._result(activity, quarter, month, done)

    def _result(self, activity: PlanActivity, quarter: str, month: int, done: int) -> Submission:
        on = date(self._year, month, self._random.randint(1, 28))
        people = self._random.randint(20, 60) * min(done, 20) if activity.counts_people else None
        return submission(
            "activity_result",
            on,
            activity_id=str(activity.id),
            commune_id=self._random.choice(activity.commune_ids or self._communes),
            period=quarter,
            done_quantity=done,
            done_on=format_date(on),
            place="UBND xã (minh họa)",
            participants_total=people,
            participants_female=None if people is None else people // 2,
        )

    def _money(self) -> Iterator[Submission]:
        start = date(self._year, 1, 20)
        if self._year == FIRST_YEAR:
            yield submission(
                "funding_source", start, name=OWN, source_type="provincial", earmarked="no"
            )
            yield submission(
                "funding_source",
                start,
                name=BOUND,
                source_type="central_earmarked",
                earmarked="yes",
                purposes=["support", "abuse_support"],
                beneficiaries=["abused_child", "special_circumstance"],
            )
        lines = list(self._lines(start))
        yield from lines
        for line in lines[:: max(1, len(lines) // 40)]:
            on = start + timedelta(days=self._random.randint(30, 320))
            yield submission(
                "expenditure",
                on,
                line_id=line.answers["decision_no"],
                amount_vnd=format_number(self._random.randint(3, 10) * 1_000_000),
                spent_on=format_date(on),
                purpose="support",
                beneficiary_type="special_circumstance",
                voucher_no=f"PC-{self._random.randint(1, 999):03}",
            )

    def _lines(self, on: date) -> Iterator[Submission]:
        """Most communes reach their minimum, one in ten does not; some districts, and the bound."""
        for number, commune in enumerate(self._communes):
            millions = self._random.randint(12, 18) if number % 10 == 3 else 20 + number % 8  # noqa: PLR2004  some are below
            yield self._line(on, "commune", commune, millions, OWN, number)
        for number, commune in enumerate(self._communes[::14]):
            yield self._line(on, "district", commune, 150 + number * 5, OWN, 500 + number)
        yield self._line(on, "province", self._communes[0], 800, BOUND, 900)

    def _line(  # noqa: PLR0917  one row of the budget
        self, on: date, level: str, commune: int, millions: int, source: str, number: int
    ) -> Submission:
        return submission(
            "budget_line",
            on,
            year=self._year,
            level=level,
            commune_id=commune,
            source_id=source,
            amount_vnd=format_number(millions * 1_000_000),
            decision_no=f"{number:03}/{self._year}/QĐ-MH",
        )

    def _gifts(self) -> Iterator[Submission]:
        for number in range(_GIFTS):
            on = self._day()
            yield submission(
                "donation",
                on,
                fund="Quỹ Bảo trợ trẻ em tỉnh",
                donor=f"Nhà tài trợ số {number + 1} (minh họa)",
                kind="in_kind" if number % 4 == 0 else "cash",
                amount_vnd=format_number(self._random.randint(*_GIFT_MILLIONS) * 1_000_000),
                donated_on=format_date(on),
                commune_id=self._communes[0],
                earmark=self._random.choice(("gift", "surgery", "support")),
                receipt_no=f"BN-{self._year}-{number + 1:02}",
            )

    def _looks(self) -> Iterator[Submission]:
        for _ in range(4):
            on = self._day()
            yield submission(
                "inspection_visit",
                on,
                topic="Thực hiện công tác bảo vệ, chăm sóc trẻ em",
                commune_id=self._random.choice(self._communes),
                units_inspected="UBND xã (minh họa)",
                n_units=self._random.randint(1, 3),
                visited_on=format_date(on),
                team="Sở, phòng chuyên môn cấp huyện",
                findings="Cơ bản đạt yêu cầu; sổ quản lý trẻ em cần cập nhật.",
                recommendations="Cập nhật sổ quản lý trẻ em.",
                deadline=format_date(on + timedelta(days=30)),
            )
        for name in self._agencies()[:3]:
            on = date(self._year, 7, 5)
            yield submission(
                "sector_contribution",
                on,
                agency=name,
                year=self._year,
                period="Q2",
                nil_return="no",
                content="Đã phối hợp truyền thông, hỗ trợ trẻ em (minh họa).",
                figures=[{"name": "Cuộc phối hợp", "quantity": "3", "unit": "cuộc"}],
            )
        on = date(self._year, 12, 20)
        for number, commune in enumerate(self._communes[:5]):
            yield submission(
                "emulation_score",
                on,
                year=self._year,
                level="commune",
                commune_id=commune,
                self_score=format_number(95 - number),
                verified_score=format_number(92 - number),
                rank=number + 1,
                criteria=[{"criterion": "Số liệu", "most_points": "10", "points": "9"}],
            )

    def _in_numbers(self) -> bool:
        """Whether the province's declaration gives any activity a number."""
        profile = self._profile()
        planned = activities(self._session, profile.id) if profile is not None else ()
        return any(one.quantity is not None for one in planned)

    def _profile(self) -> TenantProfile | None:
        """The profile of the year, or of the first declaration."""
        return profile_on(self._session, date(2018, 7, 1))

    def _agencies(self) -> Sequence[str]:
        """The province's agencies."""
        profile = self._profile()
        listed = agencies(self._session, profile.id) if profile is not None else ()
        return [one.name_vi for one in listed if one.listed_as == "agency"]

    def _day(self) -> date:
        return date(self._year, 1, 20) + timedelta(days=self._random.randrange(320))
