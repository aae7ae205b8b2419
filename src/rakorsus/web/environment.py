"""What an installation sets from outside: a handful of environment variables, read once.

| variable | meaning | default |
|---|---|---|
| `RAKORSUS_HOME` | folder of database, files, secret key | `~/.local/share/rakorsus` |
| `DATABASE_URL` | `postgresql://user:secret@host:port/name` | SQLite in the home folder |
| `RAKORSUS_HOSTS` | host names the server answers to, comma-separated | loopback names |
| `RAKORSUS_HTTPS` | `1` when a proxy in front speaks TLS | `0` |
| `RAKORSUS_PROXIES` | how many proxies of yours stand in front | 1 with `RAKORSUS_HTTPS` |
| `RAKORSUS_LOG_JSON` | `1` writes the log as JSON lines | `0` |
| `RAKORSUS_METRICS_TOKEN` | lets Prometheus read `/metrik/` from another machine | loopback only |
| `RAKORSUS_DEMO` | `1` labels every page as a demonstration | `0` |
| `RAKORSUS_TODAY` | a fixed day for warnings and ages (`2022-03-14`), for a demonstration | today |
| `RAKORSUS_BASE` | address of the installation, for links in letters | no links |
| `RAKORSUS_LIVE` | where browsers find events: `:8001`, `/langsung/`, `https://…` | next port |
| `RAKORSUS_HALL_PORT` | port of the hall's gateway | that of the pages + 2 |
| `RAKORSUS_HALL_URL` | path or address of the gateway behind a proxy | its port on this host |
| `RAKORSUS_JANUS` | WebSocket address of Janus for voice in the hall | no voice |
| `RAKORSUS_TURN` | addresses (`turn:`, `turns:`, `stun:`) for voice, comma-separated | none |
| `RAKORSUS_TURN_SECRET` | what TURN servers share with us (coturn's `static-auth-secret`) | none |
| `RAKORSUS_HALL_SEA` | the hall's sea: a bearing in degrees, `none`, `auto` | towards the islands |
| `RAKORSUS_KEEP_CONTACTS_DAYS` | days for which contacts of past meetings are kept | 730 |
| `RAKORSUS_KEEP_SIGNINS_DAYS` | days for which sign-ins and readings are kept | 365 |
| `RAKORSUS_EMAIL` | `smtp://user:secret@host:port` | letters are written to `HOME/mail` |
"""

from __future__ import annotations

import os
import re
import secrets
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlparse

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY"
)


#: Disks without heads: reading an index in order costs little more than reading a table through.
#: Compiling a query takes longer than the queries of pages do.
POSTGRESQL_SETTINGS = "-c random_page_cost=1.1 -c jit=off"


def home() -> Path:
    """The folder of this installation's data; made when it is not there."""
    folder = Path(
        os.environ.get("RAKORSUS_HOME", Path.home() / ".local" / "share" / "rakorsus")
    ).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def flag(name: str) -> bool:
    return os.environ.get(name, "0") == "1"


def proxies() -> int:
    """How many proxies in front belong to the installation."""
    return int(os.environ.get("RAKORSUS_PROXIES", "1" if flag("RAKORSUS_HTTPS") else "0"))


def today() -> date | None:
    """The day that the installation takes for today; None for the real one."""
    fixed = os.environ.get("RAKORSUS_TODAY")
    return date.fromisoformat(fixed) if fixed else None


def base() -> str:
    """The address under which people reach the installation, without a slash at its end."""
    return os.environ.get("RAKORSUS_BASE", "").rstrip("/")


def live() -> str:
    """Where browsers find the stream of events; empty where none is started."""
    return os.environ.get("RAKORSUS_LIVE", "")


def sea() -> str:
    """Where the sea lies around the hall: `auto`, `none` or a bearing.

    Raises:
        ValueError: anything else.
    """
    wanted = os.environ.get("RAKORSUS_HALL_SEA", "auto")
    if wanted not in ("auto", "none"):
        float(wanted)
    return wanted


def hosts() -> list[str]:
    return os.environ.get("RAKORSUS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")


def hall_port() -> int:
    """Where the hall's gateway listens; `rakorsus serve` and `demo` set it."""
    return int(os.environ.get("RAKORSUS_HALL_PORT", "8002"))


def hall_url() -> str:
    """Path or address of the gateway as browsers reach it; empty: its port on the page's host."""
    return os.environ.get("RAKORSUS_HALL_URL", "")


def janus() -> str:
    """Where the gateway reaches Janus; empty: the hall has no voice."""
    return os.environ.get("RAKORSUS_JANUS", "")


def turn() -> list[str]:
    """Addresses of STUN and TURN servers for voice.

    Raises:
        ValueError: something else than such an address, or a TURN server without a secret.
    """
    found = [part.strip() for part in os.environ.get("RAKORSUS_TURN", "").split(",")]
    found = [part for part in found if part]
    for part in found:
        if not re.fullmatch(r"stuns?:[^\s?]+|turns?:[^\s?]+(\?transport=(udp|tcp))?", part):
            raise ValueError(f"RAKORSUS_TURN: {part}")
    if not turn_secret() and any(part.startswith("turn") for part in found):
        raise ValueError("RAKORSUS_TURN_SECRET is missing")
    return found


def turn_secret() -> str:
    return os.environ.get("RAKORSUS_TURN_SECRET", "")


def secret_key(folder: Path) -> str:
    """The installation's own key, made at first use and readable by its owner only."""
    path = folder / "secret.key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    key = secrets.token_urlsafe(64)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def database(folder: Path) -> dict[str, Any]:
    """Django's settings of the one database: PostgreSQL by `DATABASE_URL`, otherwise SQLite.

    Raises:
        ValueError: the address is not one of a PostgreSQL.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "rakorsus.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_PRAGMAS,
            },
        }
    parts = urlparse(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://")
    options = dict(parse_qsl(parts.query))
    options.setdefault("options", POSTGRESQL_SETTINGS)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def email(folder: Path) -> dict[str, Any]:
    """Django's e-mail settings: an SMTP server when named, otherwise files in the home folder."""
    url = os.environ.get("RAKORSUS_EMAIL", "")
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": folder / "mail",
        }
    parts = urlparse(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
