"""Telling a full disk from other faults, and files that are whole or not there."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import FileSystemStorage

_CODES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WORDS = ("database or disk is full", "No space left on device", "could not extend file")


def is_full(error: BaseException) -> bool:
    """Whether an error, or one that it was made of, says that there is no room left."""
    return any(
        (isinstance(e, OSError) and e.errno in _CODES)
        or any(word in str(e) for word in _WORDS)
        or getattr(e, "sqlite_errorname", "") == "SQLITE_FULL"
        for e in _chain(error)
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


class WholeFiles(FileSystemStorage):
    """Uploaded files get their name when all of their content is on disk: whoever is killed, or
    finds no room, leaves no half of one behind under a name."""

    def _save(self, name: str, content: Any) -> str:
        part = str(PurePosixPath(name).with_name(f".{secrets.token_hex(8)}.part"))
        try:
            part = super()._save(part, content)
            while self.exists(name):
                name = self.get_available_name(name)
            os.rename(self.path(part), self.path(name))
        except BaseException:
            self.delete(part)
            raise
        return name
