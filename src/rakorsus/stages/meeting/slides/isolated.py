"""Asking the worker, with limits."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

_SECONDS: Final = 30
_MEMORY: Final = 2 * 1024**3

#: Run in the new process, so that the limits are its own; Windows has none of them.
_PROGRAM: Final = f"""
import runpy, sys
if sys.platform != "win32":
    import resource
    resource.setrlimit(resource.RLIMIT_CPU, ({_SECONDS}, {_SECONDS}))
    resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))
runpy.run_module("rakorsus.stages.meeting.slides.worker", run_name="__main__", alter_sys=True)
"""


class Unreadable(Exception):
    """The file could not be taken; the argument is one of `locked`, `broken`, `long`."""


def ask(content: bytes, *arguments: str) -> bytes:
    """What the worker answers.

    Raises:
        Unreadable: it refused the file, fell over it, or took too long.
    """
    try:
        done = subprocess.run(  # noqa: S603 (our own worker, our own words)
            [sys.executable, "-c", _PROGRAM, *arguments], input=content, capture_output=True,
            timeout=2 * _SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Unreadable("broken") from error
    if done.returncode == 0:
        return done.stdout
    raise Unreadable(done.stdout.decode() if done.returncode == 2 and done.stdout else "broken")
