"""The key ring: how it is written, where it is kept, and that no key is ever seen."""

from __future__ import annotations

import base64
import copy
import dataclasses
import hashlib
import io
import json
import pickle
import subprocess
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
import structlog

from core.db.cluster_files import candidate_bindirs
from core.kit.errors import ConfigurationError
from core.kit.hidden import Hidden
from core.settings import Settings
from core.tenancy.door import TenantDoor
from core.vault.errors import MissingKeyError, VaultError
from core.vault.key_file import KeyFile, key_file, open_vault
from core.vault.keys import KeyRing, fresh_ring
from core.vault.sealing import SealedPlace, Vault, key_number
from tests.core.vault.notices import store

if TYPE_CHECKING:
    from core.testing.database import TestDatabase

ROOT = bytes(range(32))
TWOS = base64.b64encode(b"2" * 32).decode()
WRITTEN = f"1:{base64.b64encode(ROOT).decode()}"
PLACE = SealedPlace(1, "core.child", "note", UUID(int=1))


def signs_of(root: bytes) -> tuple[str, ...]:
    """How a key could be recognised in a text."""
    return base64.b64encode(root).decode(), root.hex(), repr(root)[2:-1], str(list(root))[1:-1]


def tells(text: str, root: bytes = ROOT) -> bool:
    return any(sign in text for sign in signs_of(root))


def test_the_first_key_of_the_list_is_the_current_one() -> None:
    ring = KeyRing.read(Hidden(f"2:{TWOS} # newer\n\n{WRITTEN}"), "a test")
    assert (ring.current.number, ring.numbers) == (2, (2, 1))
    assert KeyRing.read(Hidden(ring.written()), "a test").numbers == (2, 1)


def test_a_new_key_is_known_before_it_is_current() -> None:
    ring = fresh_ring().with_new().with_new()
    assert (ring.current.number, ring.numbers) == (1, (1, 2, 3))
    assert ring.led_by(3).numbers == (3, 1, 2)
    assert ring.led_by(3).without(1).numbers == (3, 2)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "# nothing",
        WRITTEN.partition(":")[2],
        f"one:{WRITTEN.partition(':')[2]}",
        WRITTEN[:-8],
        f"{WRITTEN}=",
        f"0:{WRITTEN.partition(':')[2]}",
        f"4294967296:{WRITTEN.partition(':')[2]}",
        f"{WRITTEN} {WRITTEN}",
        "1:not base64 at all",
    ],
)
def test_a_list_that_cannot_be_read_is_refused_without_being_repeated(written: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        open_vault(Settings(home=Path(), secret="a secret", keys=Hidden(written)))
    assert refused.tb.tb_next is not None  # without the frame of this test
    ours = refused.value.with_traceback(refused.tb.tb_next)
    told = traceback.TracebackException.from_exception(ours, capture_locals=True)
    assert WRITTEN[8:20] not in "".join(told.format())


def test_a_value_opens_with_its_own_key_alone() -> None:
    mine, other = Vault(KeyRing.read(Hidden(WRITTEN), "a test")), Vault(fresh_ring())
    box = mine.seal(PLACE, b"told")
    with pytest.raises(VaultError, match="does not open"):
        other.open(PLACE, box)
    both = Vault(other.ring.with_new())
    with pytest.raises(VaultError, match="does not open"):  # the number says key 2
        both.open(PLACE, box[:1] + (2).to_bytes(4, "big") + box[5:])


def test_a_value_under_a_retired_key_does_not_open() -> None:
    ring = KeyRing.read(Hidden(WRITTEN), "a test").with_new()
    box = Vault(ring).seal(PLACE, b"told")
    with pytest.raises(MissingKeyError, match="Key 1 is not in the key ring"):
        Vault(ring.without(1)).open(PLACE, box)


@pytest.mark.parametrize(
    "elsewhere",
    [
        dataclasses.replace(PLACE, tenant_id=2),
        dataclasses.replace(PLACE, table="core.childn"),
        dataclasses.replace(PLACE, table="core.chil", column="dnote"),
        dataclasses.replace(PLACE, column="note2"),
        dataclasses.replace(PLACE, row_id=UUID(int=2)),
    ],
)
def test_a_value_opens_in_its_place_alone(elsewhere: SealedPlace) -> None:
    vault = Vault(fresh_ring())
    box = vault.seal(PLACE, b"told")
    assert vault.open(PLACE, box) == b"told"
    with pytest.raises(VaultError, match="does not open"):
        vault.open(elsewhere, box)


def test_what_is_no_sealed_value_is_told_so() -> None:
    for content in (b"", b"\x01" * 32, b"\x02" * 40):
        with pytest.raises(VaultError, match="not a sealed value"):
            Vault(fresh_ring()).open(PLACE, content)


def test_a_fingerprint_is_of_one_text_one_province_and_one_key() -> None:
    ring = KeyRing.read(Hidden(WRITTEN), "a test").with_new()
    vault = Vault(ring)
    mark = vault.mark(1, b"0900000000")
    assert vault.mark(1, b"0900000000") == mark
    assert vault.bears(1, b"0900000000", mark)
    assert Vault(ring.led_by(2)).bears(1, b"0900000000", mark)
    assert not vault.bears(1, b"0900000001", mark)
    assert not vault.bears(2, b"0900000000", mark)
    assert not Vault(ring.without(1)).bears(1, b"0900000000", mark)
    assert not vault.bears(1, b"0900000000", "f" * 64)
    assert hashlib.sha256(b"0900000000").hexdigest() not in mark


def test_no_nonce_comes_twice() -> None:
    vault = Vault(fresh_ring())
    assert len({vault.seal(PLACE, b"told")[5:17] for _ in range(2000)}) == 2000


def settings(tmp_path: Path, **more: Any) -> Settings:
    return Settings(home=tmp_path, secret="a secret", **more)


def test_no_dump_of_any_object_shows_a_key(tmp_path: Path) -> None:
    given = settings(tmp_path, keys=Hidden(WRITTEN))
    vault = open_vault(given)
    vault.open(PLACE, vault.seal(PLACE, b"told"))
    key = vault.ring.current
    for thing in (given, vault, vault.ring, key, key.cipher(1), given.keys):
        assert not tells(f"{thing!r} {thing} {getattr(thing, '__dict__', '')}")
    assert not tells(str(dataclasses.asdict(given)))
    assert not tells(json.dumps(dataclasses.asdict(given), default=str))
    assert not tells(str(copy.deepcopy({"ring": vault.ring, "key": key, "settings": given})))
    for thing in (given, vault, vault.ring, key, given.keys):
        with pytest.raises(TypeError):
            pickle.dumps(thing)


def test_no_log_and_no_traceback_with_its_locals_shows_a_key(tmp_path: Path) -> None:
    given = settings(tmp_path, keys=Hidden(WRITTEN))
    vault = open_vault(given)
    written = io.StringIO()
    plain = io.StringIO()
    for processors in (
        [
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(default=repr),
        ],
        [structlog.dev.ConsoleRenderer()],
    ):
        log = structlog.wrap_logger(structlog.PrintLogger(written), processors=processors)
        try:
            vault.open(PLACE, vault.seal(PLACE, b"told")[:-1] + b"x")
        except VaultError as error:
            log.exception("failed", vault=vault, ring=vault.ring, settings=given)
            traced = traceback.TracebackException.from_exception(error, capture_locals=True)
            plain.write("".join(traced.format()))
    assert "failed" in written.getvalue()
    assert "does not open" in plain.getvalue()
    assert not tells(written.getvalue() + plain.getvalue())


def test_a_dump_of_the_database_holds_no_key_and_no_value(
    notices: TestDatabase, tmp_path: Path
) -> None:
    ring = KeyRing.read(Hidden(WRITTEN), "a test")
    store(TenantDoor(notices.runtime, vault=Vault(ring)), informant="Nguyễn Thị Thử Nghiệm")
    program = next(f for f in map("{}/pg_dump".format, candidate_bindirs()) if Path(f).exists())
    url = notices.addresses.admin_url().set(drivername="postgresql")
    dump = subprocess.run(
        [program, url.render_as_string(hide_password=False)],
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert "Tỉnh Một" in dump
    assert "\\\\x01" in dump  # what is sealed
    assert not tells(dump)
    assert "Nguyễn Thị Thử" not in dump
    assert "Nguyễn Thị Thử".encode().hex() not in dump


def test_keys_are_made_once_in_the_home_of_our_own_database(tmp_path: Path) -> None:
    first = open_vault(settings(tmp_path))
    file = tmp_path / "keys"
    assert file.stat().st_mode & 0o777 == 0o600
    box = first.seal(PLACE, b"told")
    assert open_vault(settings(tmp_path)).open(PLACE, box) == b"told"


def test_processes_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.append(KeyFile(tmp_path / "keys").make().written()))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 16
    assert len(set(made)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["keys"]


def test_a_database_of_the_operators_does_not_start_without_keys(tmp_path: Path) -> None:
    given = settings(tmp_path, database_url="postgresql://somewhere")
    with pytest.raises(ConfigurationError, match="There are no keys for the sealed columns"):
        open_vault(given)
    missing = dataclasses.replace(given, keys_file=tmp_path / "not_there")
    with pytest.raises(ConfigurationError, match="is missing"):
        open_vault(missing)
    assert list(tmp_path.iterdir()) == []


def test_keys_of_the_environment_are_not_changed_by_a_command(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="ANNHI_KEYS_FILE"):
        key_file(settings(tmp_path, keys=Hidden(WRITTEN)))


def test_the_environment_names_the_keys_or_their_file(tmp_path: Path) -> None:
    home = {"ANNHI_HOME": str(tmp_path), "ANNHI_SECRET": "a secret"}
    inline = Settings.from_environment(home | {"ANNHI_KEYS": WRITTEN})
    assert open_vault(inline).ring.numbers == (1,)
    named = Settings.from_environment(home | {"ANNHI_KEYS_FILE": str(tmp_path / "ring")})
    key_file(named).write(fresh_ring().with_new())
    assert open_vault(named).ring.numbers == (1, 2)


def test_a_running_process_learns_of_a_new_current_key_and_survives_a_broken_file(
    tmp_path: Path,
) -> None:
    here, there = KeyFile(tmp_path / "keys"), KeyFile(tmp_path / "keys")
    vault = Vault(here.make(), here.read_again)
    there.write(there.read().with_new().led_by(2))
    assert key_number(vault.seal(PLACE, b"told")) == 2
    ring = there.read().with_new().led_by(3)
    there.write(ring)
    assert vault.open(PLACE, Vault(ring).seal(PLACE, b"told")) == b"told"  # unknown: looked up
    there.path.write_text("broken", encoding="utf-8")
    assert key_number(vault.seal(PLACE, b"told")) == 3
    there.path.unlink()
    assert key_number(vault.seal(PLACE, b"told")) == 3


def test_a_file_that_every_login_may_read_is_found(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys")
    file.make()
    assert not file.open_to_others()
    file.path.chmod(0o644)
    assert file.open_to_others()
