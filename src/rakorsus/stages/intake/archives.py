"""Zip archives at the door: their members as files, without letting one fill the disk."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from rakorsus import disk
from rakorsus.engine.records import Text
from rakorsus.stages.intake.limits import Limits

_CHUNK = 1024 * 1024
#: Spreadsheets are zips too: what tells them is a member of this name.
_DOCUMENT_MARKS = frozenset({"[Content_Types].xml", "mimetype", "content.xml"})
_SKIPPED = "__MACOSX/"
#: What the readers of archives raise over bytes that are none, or of an unknown compression
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, EOFError,
    OSError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


class BadArchive(ValueError):
    """The archive cannot be used; `reason` says why in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.id)
        self.reason = reason


def is_archive(source: IO[bytes]) -> bool:
    """A zip by its content that is no spreadsheet; leaves the position at the beginning."""
    source.seek(0)
    try:
        if source.read(4) != b"PK\x03\x04":
            return False
        source.seek(0)
        with zipfile.ZipFile(source) as archive:
            return not _DOCUMENT_MARKS & set(archive.namelist())
    except _BROKEN:
        return False
    finally:
        source.seek(0)


def unpack(source: IO[bytes], folder: Path, limits: Limits) -> Iterator[tuple[str, Path]]:
    """Yield (name inside the archive, path of the unpacked member), counting real bytes.

    Members are written under numbers, so that no name of theirs can leave the folder.

    Raises:
        BadArchive: broken, encrypted, too many members, or more bytes than the limit.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            members = [m for m in archive.infolist() if _wanted(m)]
            _check(members, limits)
            left = limits.unpacked
            for number, member in enumerate(members):
                path = folder / f"{number:04d}"
                left -= _write(archive, member, path, min(left, limits.file))
                yield member.filename, path
    except BadArchive:
        raise
    except _BROKEN as error:
        if disk.is_full(error):
            raise
        raise BadArchive(
            Text("Arsip zip rusak atau tidak lengkap.", "The zip is broken or incomplete.")
        ) from error


def _wanted(member: zipfile.ZipInfo) -> bool:
    last = member.filename.rsplit("/", 1)[-1]
    return not member.is_dir() and not member.filename.startswith(_SKIPPED) and last[:1] != "."


def _check(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if not members:
        raise BadArchive(Text("Arsip zip kosong.", "The zip is empty."))
    if len(members) > limits.files:
        raise BadArchive(
            Text(
                f"Arsip zip berisi {len(members)} berkas; paling banyak {limits.files}.",
                f"The zip holds {len(members)} files; at most {limits.files}.",
            )
        )
    if any(m.flag_bits & 1 for m in members):
        raise BadArchive(
            Text(
                "Arsip zip berkata sandi; simpan tanpa kata sandi.",
                "The zip has a password; save it without one.",
            )
        )
    if sum(m.file_size for m in members) > limits.unpacked:
        raise _too_big(limits.unpacked)


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, most: int) -> int:
    size = 0
    with archive.open(member) as content, path.open("wb") as target:
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise _too_big(most)
            target.write(chunk)
    return size


def _too_big(most: int) -> BadArchive:
    size = most // (1024 * 1024)
    return BadArchive(
        Text(
            f"Isi arsip zip lebih dari {size} MB setelah dibuka; muat per bagian.",
            f"The zip unpacks to more than {size} MB; load it in parts.",
        )
    )
