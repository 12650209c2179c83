"""Generated cases and what was done for them: seeded, few, without any name, of no real child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Made, Submission, working_days_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import DemoChild, DemoWorld

PER_THOUSAND = 1

_FORMS = ("molestation", "rape", "intercourse_with_child", "attempt", "unclassified")
_SETTINGS = ("family", "neighbourhood", "school", "online", "public_place", "unclassified")
_RELATIONS = {
    "family": ("step_parent", "other_relative"),
    "neighbourhood": ("neighbour", "peer"),
    "school": ("peer", "teacher_staff"),
    "online": ("acquaintance_online",),
    "public_place": ("stranger", "unknown"),
    "unclassified": ("unknown",),
}
_CHANNELS = ("family", "school", "police", "hotline_111", "community", "health")
_STAGES = ("notice", "verification", "prosecution_started", "investigation", "trial_first")
_SERVICES = ("medical_exam", "psychological", "social_support", "legal_aid")
_OFFICE = "Đơn vị phụ trách (dữ liệu minh họa)"
_MAINLY = 3 / 4


def records(world: DemoWorld) -> Iterator[Submission]:
    """About one case for each thousand children; only age, sex and commune are drawn on."""
    born = [child for child in world.children if _age(child, date(world.year, 1, 1)) >= 0]
    if not born:
        return
    for number in range(max(1, round(len(born) * PER_THOUSAND / 1000))):
        yield from _Case(world, world.random.choice(born), number).submissions()
    yield from _prevention(world)
    yield _silence(world)


class _Case:
    """One generated case; the first goes the whole way, so that every form has a record."""

    def __init__(self, world: DemoWorld, child: DemoChild, number: int) -> None:
        """Draw when it begins."""
        chance = world.random
        self.world, self.child, self.name = world, child, f"case-{number}"
        self.whole = number == 0
        self.day = date(
            world.year, chance.randint(1, 9 if self.whole else 12), chance.randint(1, 28)
        )
        self.last_day = date(world.year, 12, 31)
        self.safe = False if self.whole else chance.choice((True, True, False))

    def submissions(self) -> Iterator[Submission]:
        """The intake and what followed, as far as the year goes."""
        yield self._intake()
        if not self.safe and self._happens():
            yield self._emergency()
        if not self._happens():
            return
        yield self._assessment()
        yield from self._planned()
        if self._happens():
            yield self._placement()
        for kind in _SERVICES[: self.world.random.randint(2, 4)]:
            yield self._service(kind)
        for step, stage in enumerate(_STAGES[: self.world.random.randint(2, 5)]):
            yield self._proceeding(step, stage)
        if self.whole:
            yield from self._closed()

    def _happens(self) -> bool:
        return self.whole or self.world.random.random() < _MAINLY

    def _intake(self) -> Submission:
        chance, day = self.world.random, self.day
        setting, channel = chance.choice(_SETTINGS), chance.choice(_CHANNELS)
        answers = {
            "received_at": f"{day:%d/%m/%Y} {chance.randint(7, 11):02}:{chance.randint(0, 59):02}",
            "channel": channel,
            "commune_id": str(self.child.commune_id),
            "estimated_age": str(min(17, _age(self.child, day))),
            "sex": self.child.sex,
            "child_safe_now": "yes" if self.safe else "no",
            "abuse_form": chance.choice(_FORMS),
            "setting": setting,
            "relation_to_child": chance.choice(_RELATIONS[setting]),
            "online": "yes" if setting == "online" else "no",
        }
        if chance.random() < 8 / 10:
            answers["police_informed_at"] = f"{day:%d/%m/%Y} {chance.randint(17, 22):02}:30"
        if channel == "hotline_111":
            answers["hotline_ref"] = f"GEN-{chance.randint(1000, 9999)}"
            answers["hotline_answered_at"] = f"{day:%d/%m/%Y} 16:00"
        return Submission("sexual_abuse.intake", answers, self._on(1), name=self.name)

    def _emergency(self) -> Submission:
        answers = {
            "measures": ["safe_place", "psychological_first_aid"],
            "started_at": f"{self.day:%d/%m/%Y} {self.world.random.randint(13, 18):02}:00",
            "place": "Nơi tạm lánh (dữ liệu minh họa)",
            "responsible": _OFFICE,
        }
        return self._of_case("emergency", answers, 1)

    def _assessment(self) -> Submission:
        setting = self.world.random.choice(_SETTINGS[:5])
        answers = {
            "assessed_on": self._say(2),
            "confirmed": "yes",
            "abuse_form": self.world.random.choice(_FORMS[:4]),
            "setting": setting,
            "relation_to_child": self.world.random.choice(_RELATIONS[setting]),
            "ongoing": "no",
            "needs_care": "yes" if self._happens() else "no",
        }
        return self._of_case("assessment", answers, 2)

    def _planned(self) -> Iterator[Submission]:
        late = not self.whole and self.world.random.random() < 1 / 8
        submitted = min(
            working_days_after(self.day, 8 if late else self.world.random.randint(2, 5)),
            self.last_day,
        )
        answers: dict[str, Any] = {
            "submitted_on": _day(submitted),
            "review_on": _day(submitted + timedelta(days=60)),
            "goals": "Bảo đảm an toàn và phục hồi cho trẻ (dữ liệu minh họa)",
            "monitoring": "Thăm hằng tuần (dữ liệu minh họa)",
            "services": [
                {"kind": kind, "owner": _OFFICE, "due_on": _day(submitted + timedelta(days=30))}
                for kind in _SERVICES[:2]
            ],
        }
        if late:
            answers["delay_reason"] = "Chờ kết quả đánh giá (dữ liệu minh họa)"
        after = (submitted - self.day).days
        plan = f"{self.name}-plan"
        yield self._of_case("plan", answers, after, name=plan)
        decided = {
            "plan_id": Made(plan),
            "decided_on": self._say(after),
            "approved": "yes",
            "decision_no": f"{self.world.random.randint(10, 99)}/QĐ-UBND",
        }
        yield self._of_case("plan_decision", decided, after)

    def _placement(self) -> Submission:
        answers = {
            "kind": self.world.random.choice(("own_family", "kin", "shelter")),
            "starts_on": self._say(2),
            "review_on": _day(self.day + timedelta(days=30)),
        }
        return self._of_case("placement", answers, 2)

    def _service(self, kind: str) -> Submission:
        answers = {
            "kind": kind,
            "provider": _OFFICE,
            "referred_on": self._say(3),
            "accepted_on": self._say(4),
            "started_on": self._say(5),
            "free_of_charge": "yes",
        }
        if self._happens():
            answers["done_on"] = self._say(20)
        return self._of_case("service", answers, 20)

    def _proceeding(self, step: int, stage: str) -> Submission:
        answers = {
            "stage": stage,
            "happened_on": self._say(2 + 12 * step),
            "body": "court" if stage == "trial_first" else "police",
            "child_friendly_interview": self.world.random.choice(("yes", "yes", "no")),
            "legal_aid_present": self.world.random.choice(("yes", "no")),
        }
        return self._of_case("proceeding", answers, 2 + 12 * step)

    def _closed(self) -> Iterator[Submission]:
        review = f"{self.name}-review"
        answers = {
            "reviewed_on": self._say(60),
            "harm": "low",
            "offender_access": "low",
            "care_obstacles": "medium",
            "self_protection": "medium",
            "caregiver_ability": "high",
            "recovery": "medium",
            "conclusion": "close",
        }
        yield self._of_case("review", answers, 60, name=review)
        closing = {"review_id": Made(review), "closed_on": self._say(62)}
        yield self._of_case("closing", closing, 62)

    def _of_case(
        self, form: str, answers: dict[str, Any], after: int, *, name: str | None = None
    ) -> Submission:
        whose = {"case_id": Made(self.name), "commune_id": str(self.child.commune_id)}
        return Submission(f"sexual_abuse.{form}", whose | answers, self._on(after), name=name)

    def _on(self, after: int) -> date:
        """So many days after the case began, and not after the year."""
        return min(self.day + timedelta(days=after), self.last_day)

    def _say(self, after: int) -> str:
        return _day(self._on(after))


def _prevention(world: DemoWorld) -> Iterator[Submission]:
    """Events through the year, panels and communes that are ready."""
    chance = world.random
    for number, commune in enumerate(chance.sample(world.communes, min(12, len(world.communes)))):
        day = date(world.year, chance.randint(1, 12), chance.randint(1, 28))
        at_school = number % 2 == 1
        people = chance.randint(30, 90)
        answers = {
            "held_on": _day(day),
            "commune_id": str(commune),
            "venue": "lower_secondary" if at_school else "community",
            "curriculum": "skills" if at_school else "law",
            "n_events": "1",
            "n_schools": "1" if at_school else "0",
            "participants_total": str(people),
            "participants_female": str(people // 2),
            "participants_children": str(people if at_school else people // 5),
        }
        if at_school:
            answers["school"] = "Trường trung học cơ sở (dữ liệu minh họa)"
        yield Submission("sexual_abuse.prevention", answers, day)
    for commune in chance.sample(world.communes, min(3, len(world.communes))):
        day = date(world.year, chance.randint(3, 11), chance.randint(1, 28))
        answers = {
            "commune_id": str(commune),
            "location_type": "office",
            "installed_on": _day(day),
            "status": "in_place",
            "shows_111": "yes",
        }
        yield Submission("sexual_abuse.panel", answers, day)
    half = len(world.communes) // 2
    ready = world.communes[: half or 1] if world.year % 2 else world.communes[half:]
    for commune in ready[:8]:
        day = date(world.year, 2, 1)
        answers = {
            "commune_id": str(commune),
            "trained_on": _day(day),
            "ready_on": _day(day),
            "procedure_no": f"{world.random.randint(10, 99)}/QĐ-UBND",
        }
        yield Submission("sexual_abuse.commune_ready", answers, day)


def _silence(world: DemoWorld) -> Submission:
    day = date(world.year, world.random.randint(2, 11), world.random.randint(1, 28))
    answers = {
        "commune_id": str(world.random.choice(world.communes)),
        "party": world.random.choice(("family", "school")),
        "known_of": "signs",
        "known_on": _day(day - timedelta(days=20)),
        "action": "reminder",
        "handled_on": _day(day),
    }
    return Submission("sexual_abuse.non_reporting", answers, day)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _age(child: DemoChild, day: date) -> int:
    """Completed years; below zero before birth."""
    had_birthday = (day.month, day.day) >= (child.born.month, child.born.day)
    return day.year - child.born.year - (0 if had_birthday else 1)
