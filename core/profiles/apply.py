"""Makes the tables say what a declaration says, and tells first what that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import select

from core.areas.models import DISTRICT
from core.areas.repository import find_province, find_unit
from core.kit.errors import ConfigurationError
from core.profiles.declaration import ProvinceFile
from core.profiles.models import ITEM_TABLES, LegalDocument, ProfileItem, TenantProfile
from core.profiles.rows import Wanted, wanted_rows
from core.profiles.wording import describe, kind_of, programme_line, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy import Connection

    from core.areas.book import AreaBook
    from core.kit.language import Text
    from core.profiles.declaration import TenantFile
    from core.profiles.registers import LegalDocumentRow
    from core.tenancy.session import TenantSession

Action = Literal["add", "change", "end", "restore", "on", "off", "wait"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between a declaration and the tables; ``text`` is a line for the operator."""

    action: Action
    kind: str
    code: str
    text: Text

    @property
    def alters(self) -> bool:
        """Whether applying does something; a programme that waits for its plugin does not."""
        return self.action != "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Programmes:
    """What the registry knows: which plugins are installed, and which the tenant has on."""

    installed: frozenset[str]
    enabled: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Step:
    change: Change
    row: Any  # the stored row, or a new one to be added
    values: dict[str, Any]


def plan_changes(
    session: TenantSession,
    declaration: TenantFile,
    *,
    areas: AreaBook,
    programmes: Programmes,
    today: date,
) -> list[Change]:
    """What ``apply`` would do, in its order; reads only."""
    steps = _steps(session, declaration, areas, today)
    return [step.change for step in steps] + _programme_changes(declaration, programmes)


def apply(
    session: TenantSession,
    declaration: TenantFile,
    *,
    areas: AreaBook,
    programmes: Programmes,
    set_programme: Callable[[str, bool, date], object],
    today: date,
) -> list[Change]:
    """Do it, in the session's transaction; a second time there is nothing left to do.

    ``set_programme(key, on, from_date)`` switches a programme. Rows that left the declaration are
    ended on ``today`` and kept. The legal documents must have been loaded before.

    Raises:
        ConfigurationError: the areas are not in the database.
    """
    steps = _steps(session, declaration, areas, today)
    for step in steps:
        for name, value in step.values.items():
            setattr(step.row, name, value)
        session.add(step.row)
        if isinstance(step.row, TenantProfile):
            session.flush()  # its items point at it
    session.flush()
    changes = _programme_changes(declaration, programmes)
    since = declaration.profile.valid_from or today
    for change in changes:
        if change.alters:
            set_programme(change.code, change.action == "on", since)
    return [step.change for step in steps] + changes


def load_legal_documents(connection: Connection, rows: Iterable[LegalDocumentRow]) -> int:
    """Bring the register of legal documents in line, as the migration login; the caller commits.

    Gives the number of documents added or changed. Documents that left the register are kept,
    because profiles may cite them.
    """
    table = LegalDocument.__table__
    stored = {row["code"]: dict(row) for row in connection.execute(select(table)).mappings()}
    done = 0
    for document in rows:
        values = {
            "code": document.code,
            "number": document.number,
            "issued_on": document.issued_on,
            "issuer": document.issuer,
            "title_vi": document.title_vi,
            "programme": document.programme,
            "source": document.source,
            "note": document.note,
            "unknown": sorted(document.unknown),
        }
        if stored.get(document.code) == values:
            continue
        if document.code in stored:
            statement = LegalDocument.__table__.update()  # type: ignore[attr-defined]
            connection.execute(statement.where(table.c.code == document.code).values(values))
        else:
            connection.execute(LegalDocument.__table__.insert(), values)  # type: ignore[attr-defined]
        done += 1
    return done


def _steps(session: TenantSession, file: TenantFile, areas: AreaBook, today: date) -> list[_Step]:
    day = file.profile.valid_from or file.profile.valid_to or today
    steps = list(_profile_steps(session, file, day))
    profile_id = _profile_id(session, file, steps)
    wanted = list(wanted_rows(file, _district_ids(session, file, areas, day)))
    for model in ITEM_TABLES:
        rows = {one.code: one for one in wanted if one.model is model}
        steps.extend(_item_steps(session, model, rows, profile_id, today))
    return steps


def _profile_steps(session: TenantSession, file: TenantFile, day: date) -> Iterator[_Step]:
    """The profile itself, and the end of those before it."""
    section = file.profile
    values = {
        "valid_from": section.valid_from,
        "valid_to": section.valid_to,
        "decision": section.decision,
        "legal_basis": list(section.legal_basis),
        "area_id": _province_id(session, file, day),
        "source": section.source,
        "unknown": sorted(section.unknown),
    }
    stored = {row.code: row for row in _profiles(session)}
    for code, before in stored.items():
        if code != section.code and section.valid_from is not None:
            last = section.valid_from - timedelta(days=1)
            began = before.valid_from is None or before.valid_from <= last
            if began and (before.valid_to is None or before.valid_to > last):
                yield _step("end", before, code, {"valid_to": last}, str(last))
    row = stored.get(section.code)
    if row is None:
        new = TenantProfile(tenant_id=session.tenant_id, id=uuid4(), code=section.code)
        yield _step("add", new, section.code, values, section.source)
    elif changed := _changed(row, values):
        yield _step("change", row, section.code, changed, told(row, changed))


def _profiles(session: TenantSession) -> list[TenantProfile]:
    statement = select(TenantProfile).where(TenantProfile.tenant_id == session.tenant_id)
    return list(session.scalars(statement.order_by(TenantProfile.code)))


def _profile_id(session: TenantSession, file: TenantFile, steps: list[_Step]) -> UUID:
    for row in (*(step.row for step in steps), *_profiles(session)):
        if row.code == file.profile.code:
            return UUID(str(row.id))
    raise LookupError(file.profile.code)


def _item_steps(
    session: TenantSession,
    model: type[ProfileItem],
    wanted: dict[str, Wanted],
    profile_id: UUID,
    today: date,
) -> Iterator[_Step]:
    statement = select(model).where(
        model.tenant_id == session.tenant_id, model.profile_id == profile_id
    )
    stored = {row.code: row for row in session.scalars(statement)}
    for code, want in wanted.items():
        row = stored.get(code)
        if row is None:
            new = _new(model, session.tenant_id, profile_id, code)
            yield _step("add", new, code, want.values, describe(model, want.values))
        elif changed := _changed(row, want.values):
            action: Action = "restore" if row.ended_on is not None else "change"
            yield _step(action, row, code, changed, told(row, changed))
    for code in sorted(stored.keys() - wanted.keys()):
        row = stored[code]
        if row.ended_on is None:
            yield _step("end", row, code, {"ended_on": today}, describe(model, vars(row)))


def _new(model: type[ProfileItem], tenant_id: int, profile_id: UUID, code: str) -> ProfileItem:
    row = model()
    row.tenant_id, row.id = tenant_id, uuid4()
    row.profile_id, row.code = profile_id, code
    return row


def _step(action: Action, row: Any, code: str, values: dict[str, Any], detail: str) -> _Step:
    kind, text = kind_of(type(row), action, code, detail)
    return _Step(Change(action, kind, code, text), row, values)


def _changed(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def _province_id(session: TenantSession, file: TenantFile, day: date) -> int | None:
    if file.profile.province_code is None:
        return None
    province = find_province(session, file.profile.province_code, day)
    if province is None:
        raise ConfigurationError(
            f"Province {file.profile.province_code} is not in the database; run `annhi migrate`."
        )
    return province.id


def _district_ids(
    session: TenantSession, file: TenantFile, areas: AreaBook, day: date
) -> dict[str, int]:
    """The area of each district that the declaration names, by its code there."""
    if not isinstance(file, ProvinceFile):
        return {}
    province = areas.province(file.profile.province_code or "", day)
    found: dict[str, int] = {}
    for unit in file.structure.district_units or ():
        named = areas.named(province, DISTRICT, unit.name_vi, day) if province else []
        codes = [one.key.code for one in named if unit.area_code in {None, one.key.code}]
        area = find_unit(session, DISTRICT, codes[0], day) if len(codes) == 1 else None
        if area is None:
            raise ConfigurationError(
                f"District {unit.name_vi} is not in the database; run `annhi migrate`."
            )
        found[unit.code] = area.id
    return found


def _programme_changes(file: TenantFile, programmes: Programmes) -> list[Change]:
    """Switches in an order in which what a programme needs is on before it, and off after it."""
    if not isinstance(file, ProvinceFile):
        return []
    on: list[tuple[int, str]] = []
    off: list[tuple[int, str]] = []
    waiting: list[str] = []
    for key, row in file.programmes.items():
        rank = 0 if row.requires is None else 1
        if row.enabled and key not in programmes.installed:
            waiting.append(key)
        elif row.enabled and key not in programmes.enabled:
            on.append((rank, key))
        elif not row.enabled and key in programmes.enabled:
            off.append((-rank, key))
    return [
        *(_programme("off", key) for _, key in sorted(off)),
        *(_programme("on", key) for _, key in sorted(on)),
        *(_programme("wait", key) for key in sorted(waiting)),
    ]


def _programme(action: Action, key: str) -> Change:
    return Change(action, "programme", key, programme_line(action, key))
