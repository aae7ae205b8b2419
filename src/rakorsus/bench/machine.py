"""The machine a report was made on, and the versions of the libraries that were measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Cores, processor, memory (MB), system and Python; unknown things are left out."""
    facts = {
        "cores": os.cpu_count(),
        "processor": _line("/proc/cpuinfo", "model name") or platform.machine(),
        "memory_mb": _megabytes(_line("/proc/meminfo", "MemTotal")),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }  # fmt: skip
    return {key: value for key, value in facts.items() if value}


def versions(names: Iterable[str]) -> dict[str, str]:
    """Distribution -> installed version, "" where it is not installed."""
    found = {}
    for name in sorted(set(names)):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def _line(path: str, key: str) -> str:
    try:
        with Path(path).open(encoding="utf-8") as lines:
            return next((v.strip() for k, _, v in (x.partition(":") for x in lines)
                         if k.strip() == key), "")  # fmt: skip
    except OSError:
        return ""


def _megabytes(text: str) -> int:
    return int(text.split()[0]) // 1024 if text else 0
