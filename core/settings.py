"""What the environment decides, read once at the edge and handed on as a value."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.kit.errors import ConfigurationError
from core.kit.hidden import Hidden

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_HOME = ".annhi"
GENERATED_MARK = "generated"
_LONGEST = 1e7
PROVIDER_SECRET = "ANNHI_PROVIDER_SECRET_"  # noqa: S105  the beginning of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginLimits:
    """How long a plugin's call may take, and when its calls of one kind are left out.

    ``seconds`` bounds a call while a person waits, ``job_seconds`` one in the worker. After
    ``failures`` failed or slow calls within ``window_seconds`` calls of that kind are left out for
    ``pause_seconds``.
    """

    seconds: float = 10.0
    job_seconds: float = 120.0
    failures: int = 5
    window_seconds: float = 600.0
    pause_seconds: float = 600.0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> PluginLimits:
        """Read ``ANNHI_PLUGIN_SECONDS``, ``…_JOB_SECONDS``, ``…_FAILURES`` and the two times.

        Raises:
            ConfigurationError: a value is no number above zero.
        """
        usual = cls()
        return cls(
            seconds=_positive(environ, "ANNHI_PLUGIN_SECONDS", usual.seconds),
            job_seconds=_positive(environ, "ANNHI_PLUGIN_JOB_SECONDS", usual.job_seconds),
            failures=max(1, int(_positive(environ, "ANNHI_PLUGIN_FAILURES", usual.failures))),
            window_seconds=_positive(environ, "ANNHI_PLUGIN_WINDOW_SECONDS", usual.window_seconds),
            pause_seconds=_positive(environ, "ANNHI_PLUGIN_PAUSE_SECONDS", usual.pause_seconds),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are and which secrets hold them; never printed with its secrets.

    ``database_url`` is the administrator's address (it may create logins); ``None`` means that
    the program runs its own PostgreSQL below ``home``. ``keys`` and ``keys_file`` say where the
    keys of the sealed columns are. ``demonstration`` lets generated accounts in without a second
    factor: the command ``annhi demo`` alone sets it, nothing in the environment or a file does.
    """

    home: Path
    secret: str = field(repr=False)
    database_url: str | None = field(default=None, repr=False)
    database_name: str = "annhi"
    login_prefix: str = "annhi"
    tenants_dir: Path = Path("tenants")
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    secure_cookies: bool = False
    trusted_plugins: frozenset[str] | None = None
    declared_dir: Path | None = None
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    generated_data: bool = False
    demonstration: bool = False
    keys: Hidden[str] | None = None
    keys_file: Path | None = None
    plugin_limits: PluginLimits = field(default_factory=PluginLimits)

    @property
    def waives_second_factor(self) -> bool:
        """Whether generated accounts may go without one: the command and the data both say so."""
        return self.demonstration and self.generated_data

    provider_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def declared_plugins(self) -> Path:
        """The folder with the files of declared plugins; it need not be there."""
        return self.declared_dir or self.home / "declared"

    @property
    def address(self) -> str:
        """Where people and other systems reach us; never taken from a request."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read ``DATABASE_URL`` and ``ANNHI_…``; a name ending in ``_FILE`` names a file to read.

        Raises:
            ConfigurationError: a value cannot be read as what it should be.
        """
        home = Path(environ.get("ANNHI_HOME", DEFAULT_HOME)).absolute()
        plugins = environ.get("ANNHI_PLUGINS")
        keys_file = environ.get("ANNHI_KEYS_FILE")
        declared = environ.get("ANNHI_DECLARED")
        return cls(
            home=home,
            secret=_value(environ, "ANNHI_SECRET") or _secret_kept_in(home),
            database_url=_value(environ, "DATABASE_URL"),
            database_name=environ.get("ANNHI_DATABASE", "annhi"),
            login_prefix=environ.get("ANNHI_LOGIN_PREFIX", "annhi"),
            tenants_dir=Path(environ.get("ANNHI_TENANTS", _tenants_default())).absolute(),
            host=environ.get("ANNHI_HOST", "127.0.0.1"),
            port=_port(environ.get("ANNHI_PORT", "8000")),
            public_url=_address(environ.get("ANNHI_PUBLIC_URL")),
            secure_cookies=environ.get("ANNHI_SECURE_COOKIES", "").lower() in {"1", "true", "yes"},
            trusted_plugins=frozenset(plugins.split(",")) if plugins else None,
            declared_dir=Path(declared).absolute() if declared else None,
            trusted_proxies=_networks(environ.get("ANNHI_TRUSTED_PROXIES", "")),
            generated_data=(home / GENERATED_MARK).exists(),
            keys=Hidden(environ["ANNHI_KEYS"]) if environ.get("ANNHI_KEYS") else None,
            keys_file=Path(keys_file).absolute() if keys_file else None,
            plugin_limits=PluginLimits.from_environment(environ),
            provider_secrets=_provider_secrets(environ),
        )


def _tenants_default() -> str:
    """The ``tenants`` folder beside the package, or the one where the program was started."""
    beside = Path(__file__).parent.parent / "tenants"
    return str(beside if beside.is_dir() else Path("tenants"))


def _value(environ: Mapping[str, str], name: str) -> str | None:
    file = environ.get(f"{name}_FILE")
    if file is None:
        return environ.get(name) or None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationError(f"{name}_FILE: cannot read {file} ({error.strerror}).") from None


def _provider_secrets(environ: Mapping[str, str]) -> Mapping[str, str]:
    """What we prove ourselves with to each identity provider, by ``TENANT_KEY``."""
    names = {n.removesuffix("_FILE") for n in environ if n.startswith(PROVIDER_SECRET)}
    values = {name.removeprefix(PROVIDER_SECRET): _value(environ, name) for name in names}
    return {name: value for name, value in values.items() if value}


def _address(text: str | None) -> str | None:
    """``https://host``, without a path; plain HTTP is for the same machine alone."""
    if not text:
        return None
    parts = urlsplit(text.rstrip("/"))
    loopback = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not parts.hostname or parts.path or not (parts.scheme == "https" or loopback):
        raise ConfigurationError(f"ANNHI_PUBLIC_URL must be like https://host, not {text!r}.")
    return text.rstrip("/")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:  # noqa: PLR2004  the range of ports
        raise ConfigurationError(f"ANNHI_PORT must be a number from 0 to 65535, not {text!r}.")
    return int(text)


def _positive(environ: Mapping[str, str], name: str, usual: float) -> float:
    text = environ.get(name)
    if not text:
        return usual
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < _LONGEST:
        raise ConfigurationError(f"{name} must be a number above 0, not {text!r}.")
    return value


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())
    except ValueError as error:
        raise ConfigurationError(f"ANNHI_TRUSTED_PROXIES: {error}.") from None


def _secret_kept_in(home: Path) -> str:
    """The secret of this installation: made once, readable by its owner alone."""
    path = home / "secret"
    try:
        home.mkdir(parents=True, exist_ok=True)
        fresh = secrets.token_urlsafe(32)
        try:
            with path.open("x", encoding="utf-8") as file:
                path.chmod(0o600)
                file.write(fresh)
        except FileExistsError:
            return _settled(path)
    except OSError as error:
        raise ConfigurationError(f"Cannot write to {home} ({error.strerror}).") from None
    else:
        return fresh


def _settled(path: Path) -> str:
    """The kept secret, waiting out the instant in which another process is still writing it."""
    import time

    for _ in range(50):
        if text := path.read_text(encoding="utf-8").strip():
            return text
        time.sleep(0.01)
    raise ConfigurationError(f"{path} is empty; remove it and start again.")
