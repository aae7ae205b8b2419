"""A process of `rakorsus serve` that ends when those who started it are gone.

Whoever is killed cannot end its children; left behind they would keep their ports, and two job
workers would run. Each of them looks once a second, at the parent and at the supervisor itself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time

#: Number of the supervisor's process; nobody watches where it is not set
VARIABLE = "RAKORSUS_SUPERVISOR"
_PAUSE = 1.0


def hold() -> None:
    """End this process, and a server between it and the supervisor, when the supervisor is gone."""
    chief = os.environ.get(VARIABLE, "")
    if chief.isdigit() and os.name == "posix":
        watcher = threading.Thread(
            target=_watch, args=(os.getppid(), int(chief)), name="tether", daemon=True
        )
        watcher.start()


def _watch(parent: int, chief: int) -> None:
    while os.getppid() == parent and alive(chief):
        time.sleep(_PAUSE)
    if parent not in (chief, 1) and os.getppid() == parent:
        with contextlib.suppress(OSError):
            os.kill(parent, signal.SIGTERM)
    os._exit(1)


def alive(pid: int) -> bool:
    """Whether a process of this number runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
