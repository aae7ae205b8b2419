"""The uploaded files themselves: kept outside the web root, under names of our own making.

They go when they are read (`docs/decisions`); only their SHA-256 stays.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_CHUNK = 1024 * 1024


def safe_name(name: str) -> str:
    """The last part of a path with letters, digits, dot, dash and underscore only; never empty,
    never beginning with a dot, at most 80 characters with its extension kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    stem, dot, extension = _UNSAFE.sub("-", plain).strip("-.").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = stem.strip("-.")[:70] or "berkas"
    return f"{stem}.{extension[:8]}" if extension else stem


def display_name(name: str) -> str:
    """The file's own name for people: control characters out, at most 250 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable()).strip()
    return shown[:250] or "berkas"


def keep(batch: str, number: int, name: str, content: File) -> tuple[str, str]:
    """Store a file under a name made from the batch, its number in it, and its own plain name.

    Returns: the name in the storage, and the SHA-256 of the content.
    """
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    stored = default_storage.save(f"intake/{batch}/{number:03d}-{safe_name(name)}", content)
    return stored, digest.hexdigest()


def copy_to(stored: str, target: Path) -> None:
    """Put a stored original where the engine can read it."""
    with default_storage.open(stored, "rb") as source, target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            out.write(chunk)


def exists(stored: str) -> bool:
    return bool(stored) and default_storage.exists(stored)


def forget(names: Iterable[str]) -> None:
    """Delete originals; one that is not there any more is no error."""
    for name in names:
        if name:
            default_storage.delete(name)
