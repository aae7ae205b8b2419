"""What the system says of a running process (Linux)."""

from __future__ import annotations

import os
from pathlib import Path


def processor(pid: int) -> float:
    """Seconds of processor time of a process, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> int:
    """The most memory that it has had, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(x.split()[1]) // 1024 for x in lines if x.startswith("VmHWM"))
