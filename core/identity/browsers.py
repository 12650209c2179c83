"""What is known of a browser: its kind, for people, and that it has signed in here before."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# In this order: Edge, Opera and Cốc Cốc call themselves Chrome too, Chrome calls itself Safari.
_BROWSERS = (
    ("coc_coc_browser", "Cốc Cốc"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
_SYSTEMS = (
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "macOS"),
    ("linux", "Linux"),
)


def kind_of_device(user_agent: str) -> str:
    """Such as ``Chrome, Android``; no version and no model, which would tell people apart."""
    said = user_agent.lower()
    found = [
        next((name for mark, name in names if mark in said), None)
        for names in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in found if name)


def mark_of_browser(secret: str, tenant_id: int, login: str) -> str:
    """What a browser keeps after the right password, to be counted apart from strangers."""
    nonce = secrets.token_hex(16)
    return f"{nonce}.{_proof(secret, tenant_id, login, nonce)}"


def known_browser(secret: str, tenant_id: int, login: str, mark: str | None) -> str | None:
    """The browser's own number when the mark is ours and of this account."""
    nonce, _, proof = (mark or "").partition(".")
    expected = _proof(secret, tenant_id, login, nonce)
    return nonce if hmac.compare_digest(proof.encode(), expected.encode()) else None


def _proof(secret: str, tenant_id: int, login: str, nonce: str) -> str:
    message = f"known browser {tenant_id} {nonce} {login}"
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()
