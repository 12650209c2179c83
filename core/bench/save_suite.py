"""``annhi bench save``: storing a form over HTTP beside the one INSERT it cannot do without."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from core.bench.http_part import floor, ours, request
from core.bench.measure import Ratio, alternate, ratio_of
from core.bench.scratch import conninfo, scratch_settings
from core.bench.session_part import TENANT, make_tenant
from core.bench.signed_in import communes_of_today, signed_in
from core.db.logins import Login
from core.identity.service import GivenRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.bench.core_suite import Size
    from core.bench.http_part import Asking
    from core.settings import Settings

GOAL: Final = 0.45
CONNECTIONS: Final = (1, 32)
_ROUNDS: Final[dict[Size, int]] = {"small": 2, "full": 15}
_CALLS: Final[dict[Size, int]] = {"small": 40, "full": 320}
_INSERT: Final = """
INSERT INTO core.child (
    tenant_id, id, commune_id, child_code, full_name, name_unknown, name_sort, sex,
    date_of_birth, dob_precision, ethnicity, birth_registration, relation_to_head,
    residence_status, schooling, status, registered_on, child_until, small_until, insured_until,
    source, generated)
VALUES (1, gen_random_uuid(), %(commune_id)s, %(child_code)s, %(full_name)s, false, %(name_sort)s,
    %(sex)s, %(date_of_birth)s, 'day', %(ethnicity)s, %(birth_registration)s, %(relation_to_head)s,
    %(residence_status)s, %(schooling)s, 'active', %(registered_on)s, %(child_until)s,
    %(small_until)s, %(small_until)s, %(source)s, true)
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A child's form as a commune's worker fills it in, and the row that it comes to."""

    commune: int

    def answers(self, number: int) -> dict[str, Any]:
        return {
            "full_name": f"Nguyễn Văn Mẫu {number}",
            "sex": "male",
            "date_of_birth": f"{2012 + number % 4}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "dob_precision": "day",
            "ethnicity": "kinh",
            "birth_registration": "registered",
            "commune_id": self.commune,
            "relation_to_head": "no_household",
            "residence_status": "permanent",
            "schooling": "primary",
            "source": "survey",
        }

    def row(self, number: int) -> dict[str, Any]:
        answers = self.answers(number)
        born = date.fromisoformat(answers["date_of_birth"])
        return answers | {
            "child_code": f"TE-{number:08}",
            "name_sort": f"nguye|n-va{{n-ma|u-{number} 3--4",
            "registered_on": "2018-07-01",
            "child_until": born.replace(year=born.year + 16).isoformat(),
            "small_until": born.replace(year=born.year + 6).isoformat(),
        }


def run_save(
    settings: Settings, size: Size = "full", *, say: Callable[[str], None] = lambda _line: None
) -> tuple[Ratio, ...]:
    """A child's form through the API with one connection and with many, in a scratch database.

    Ours signs the person in, checks the answers and stores the record, its entry, the words of the
    name, the audit entry, the stale marks and the job that counts them.

    Raises:
        ConfigurationError: the server is unreachable, or another bench runs on it.
    """
    with scratch_settings(settings) as (scratch, addresses):
        make_tenant(addresses)
        commune = communes_of_today(scratch)[0]
        token = signed_in(addresses, TENANT, GivenRole("commune_worker", commune))
        filled = _Filled(commune)
        ratios = []
        address = conninfo(addresses, Login.RUNTIME)
        with floor(address, {"insert": _INSERT}) as least, ours(scratch) as whole:
            for connections in CONNECTIONS:
                say(f"Saving with {connections} connections …")
                taken = alternate(
                    least.timer(_inserting(filled), connections),
                    whole.timer(_saving(filled, token), connections),
                    rounds=_ROUNDS[size],
                    calls=_CALLS[size],
                )
                name = f"save_{connections}"
                ratios.append(ratio_of(name, list(taken), goal=GOAL, at_least=True))
    return tuple(ratios)


def _inserting(filled: _Filled) -> Asking:
    return lambda number: request(
        "POST", "/write/insert", "", json.dumps(filled.row(number)).encode()
    )


def _saving(filled: _Filled, token: str) -> Asking:
    def ask(number: int) -> bytes:
        body = json.dumps(filled.answers(number)).encode()
        key = f"bench-{number:010}"
        return request("POST", "/api/v1/records/core/child", token, body, idempotency_key=key)

    return ask
