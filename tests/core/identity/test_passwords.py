"""Which passwords are taken."""

from __future__ import annotations

import threading
import time

import pytest

from core.identity import passwords
from core.identity.errors import FieldFaultError
from core.identity.passwords import hash_password, password_fits, require_acceptable

ACCOUNT = ("chuyen_vien", "Nguyễn Thị Minh Họa", "an_giang")


@pytest.mark.parametrize(
    "bad",
    [
        "123456789012",
        "password1234",
        "P@ssw0rd1234",
        "qwertyuiop12",
        "zxcvbnm,./123",
        "iloveyou1234",
        "administrator",
        "111111111111",
        "abcdefghijkl",
        "matkhau123456",
        "Matkhau@123456",
        "vietnam123456",
        "anhyeuem12345",
    ],
)
def test_a_password_that_many_have_is_refused(bad: str) -> None:
    with pytest.raises(FieldFaultError) as refused:
        require_acceptable(bad)
    assert refused.value.field == "password"
    assert "dễ đoán" in refused.value.message.vi


@pytest.mark.parametrize(
    "bad", ["chuyenvien2018", "NguyenThiMinhHoa1", "chuyen_vien123", "angiang123456"]
)
def test_a_password_of_the_accounts_own_words_is_refused(bad: str) -> None:
    with pytest.raises(FieldFaultError):
        require_acceptable(bad, ACCOUNT)


@pytest.mark.parametrize(
    "good",
    ["con mèo nhỏ ngủ trên mái nhà", "tre xanh 7 cầu khỉ", "x" * 3 + "Lúa-chín!Sông_Hậu" * 9],
)
def test_a_few_words_and_long_passwords_are_taken(good: str) -> None:
    assert password_fits(good, hash_password(good, ACCOUNT))


@pytest.mark.parametrize("length", [0, 11, 201])
def test_a_password_of_the_wrong_length_is_refused(length: int) -> None:
    with pytest.raises(FieldFaultError, match="12 to 200"):
        require_acceptable("ạ" * length)


def test_no_password_fits_an_account_without_one() -> None:
    assert not password_fits("", None)
    assert not password_fits("a password that nobody has", None)


def test_few_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most, lock = 0, 0, threading.Lock()

    class Slow:
        def verify(self, _stored: str, _password: str) -> bool:
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            time.sleep(0.02)
            with lock:
                at_once -= 1
            return True

    monkeypatch.setattr(passwords, "_hasher", Slow)
    threads = [threading.Thread(target=password_fits, args=("x", "stored")) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 4
