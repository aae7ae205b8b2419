"""What the processes write to their standard error: one line an event, without personal data."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

_HIDDEN = "[disamarkan]"
#: e-mail addresses; NIK and NIP (16 and 18 figures); phone numbers; IPv4 and IPv6 addresses
_PERSONAL = (
    r"[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<!\d)\d{16,18}(?!\d)"
    r"|(?<![\d.])(?:\+62|0)8\d{7,11}(?!\d)"
    r"|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])"
)
#: Ids of jobs and imports (random UUIDs, and nothing longer): their last twelve figures may look
#: like a phone number, and without them nobody finds the job that a line of the log is about
_ID = r"(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![\w-])"
_ID_OR_PERSONAL = re.compile(f"(?P<id>{_ID})|{_PERSONAL}", re.I)
#: What django-axes says of a failed sign-in names the account
_ACCOUNT = re.compile(r"((?:user)?name['\"]?\s*[:=]\s*)(['\"]?)[^,'\"}\s]+\2", re.I)


def scrubbed(text: str) -> str:
    """The text with what could name a person hidden."""
    hidden = _ID_OR_PERSONAL.sub(lambda found: found["id"] or _HIDDEN, text)
    return _ACCOUNT.sub(rf"\1{_HIDDEN}", hidden)


class Line(logging.Formatter):
    """`2022-03-15 08:00:00 WARNING name: words`, scrubbed, tracebacks too."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))


class Json(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, perhaps error."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
        }
        if record.exc_info:
            entry["error"] = scrubbed(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def settings(*, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING."""
    formatter = Json if as_json else Line
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{__name__}.{formatter.__name__}"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
    }
